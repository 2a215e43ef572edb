import {SessionError} from '../session/errors.ts';
import type {OutboxEntry} from '../session/outbox.ts';

/** Room for what the transport adds to a message, of the channel's limit on its size, in bytes. */
const envelopeBytes = 4096;

/** @throws {SessionError} of kind `input` where a message is larger than the channel takes. */
export function checkSize(parts: OutboxEntry['parts'], maxMessageBytes: number): void {
  const limit = maxMessageBytes - envelopeBytes;
  const size = new TextEncoder().encode(JSON.stringify(parts)).length;
  if (size <= limit) return;
  throw new SessionError(`The message is too long: ${Math.ceil(size / 1024)} kB, and the channel takes ${Math.floor(limit / 1024)} kB.`, {
    kind: 'input',
    hint: 'Shorten it, or send it in parts.',
  });
}
