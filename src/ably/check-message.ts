import {SessionError} from '../session/errors.ts';
import type {OutboxEntry} from '../session/outbox.ts';
import type {CodecName} from '../session/settings.ts';

/** Room for what the transport adds to a message, of the channel's limit on its size, in bytes. */
const envelopeBytes = 4096;

/** What the channel takes. */
export interface MessageLimits {
  readonly maxMessageBytes: number;
  readonly codec: CodecName;
}

/** @throws {SessionError} of kind `input` where a message is larger than the channel takes, or has what its codec cannot carry. */
export function checkMessage(parts: OutboxEntry['parts'], {maxMessageBytes, codec}: MessageLimits): void {
  if (codec === 'openai' && parts.some(({type}) => type !== 'text')) {
    throw new SessionError('This agent takes text alone, so the message was not sent.', {kind: 'input', hint: 'Remove the files, or put what they say into the text.'});
  }
  const limit = maxMessageBytes - envelopeBytes;
  const size = new TextEncoder().encode(JSON.stringify(parts)).length;
  if (size <= limit) return;
  throw new SessionError(`The message is too long: ${Math.ceil(size / 1024)} kB, and the channel takes ${Math.floor(limit / 1024)} kB.`, {
    kind: 'input',
    hint: 'Shorten it, or send it in parts.',
  });
}
