import {getCodecHeaders} from '@ably/ai-transport';
import type {ChannelLog} from './channel-log.ts';

/** What a person has decided about a tool call. */
export interface Decision {
  readonly approved: boolean;
  readonly reason: string | undefined;
  /** What the tool is to be called with, where the person has changed it. */
  readonly input: unknown;
  /** Who decided, as the channel vouches: nobody can set it for another. */
  readonly clientId: string | undefined;
}

/** The decisions on a tool call, in the order of the channel. */
export function decisionsOn(log: ChannelLog, toolCallId: string): readonly Decision[] {
  return log.inputs().flatMap(({kind, clientId, message}) => {
    const headers = getCodecHeaders(message);
    if (kind !== 'tool-approval-response' || headers['toolCallId'] !== toolCallId) return [];
    const data = message.data as {input?: unknown} | undefined;
    return [{approved: headers['approved'] === 'true', reason: headers['reason'], input: data?.input, clientId}];
  });
}
