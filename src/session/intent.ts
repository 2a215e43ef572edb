import type {BargeInPolicy} from './barge-in.ts';
import type {FilePart} from './message.ts';

/** What a person asks of the session. Intents are the only way to change it. */
export type Intent =
  | SendIntent
  | CancelIntent
  | RetryIntent
  | DiscardIntent
  | LoadOlderIntent;

/** Say something. Resolves when the message is safely kept here; its way to the channel shows in `delivery`. */
export interface SendIntent {
  readonly type: 'send';
  readonly text: string;
  readonly files?: readonly FilePart[];
  /** What to do with runs that are active; `interrupt` when absent. */
  readonly policy?: BargeInPolicy;
}

/** Stop one run, by its {@link RunSnapshot.key}, or all that are running. Resolves when the request is on the channel. */
export interface CancelIntent {
  readonly type: 'cancel';
  readonly run?: string;
}

/** Send a message that failed again, or ask again for an answer to one that got none or a failed one. */
export interface RetryIntent {
  readonly type: 'retry';
  readonly messageId: string;
}

/** Give up a message that was not sent. */
export interface DiscardIntent {
  readonly type: 'discard';
  readonly messageId: string;
}

/** Reveal older messages. Resolves when they are in the snapshot. */
export interface LoadOlderIntent {
  readonly type: 'load-older';
  /** How many at most; the session's page size when absent. */
  readonly limit?: number;
}
