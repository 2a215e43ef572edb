import type {BargeInPolicy} from './barge-in.ts';
import type {FilePart} from './message.ts';

/** What a person asks of the session. Intents are the only way to change it. */
export type Intent =
  | SendIntent
  | CancelIntent
  | RetryIntent
  | DiscardIntent
  | LoadOlderIntent
  | ChangeQueuedIntent
  | MoveQueuedIntent
  | ReleaseQueueIntent
  | EditIntent
  | RegenerateIntent
  | SelectBranchIntent
  | RespondIntent;

/**
 * Say something. Resolves when the message is safely kept here; its way to the channel shows in `delivery`, a steer's
 * fate in `steer`, and a queued one is in `queue` until its turn comes.
 */
export interface SendIntent {
  readonly type: 'send';
  readonly text: string;
  readonly files?: readonly FilePart[];
  /** What to do with runs that are active; `interrupt` when absent. */
  readonly policy?: BargeInPolicy;
}

/**
 * Stop one run, by its {@link RunSnapshot.key}, also one that waits for somebody; or all that are running. Resolves when the request is on the channel. What
 * waits in the queue, here and on other devices, is then held (see {@link QueueHold}): a stop never makes the next message go
 * out by surprise.
 */
export interface CancelIntent {
  readonly type: 'cancel';
  readonly run?: string;
}

/**
 * Send a message that failed again, say anew what a missed steer said (as a message of its own), or ask again for an
 * answer to a message that got none or a failed one; or tell the agent once more of what was answered to it, where its
 * run waits and it has not gone on.
 */
export interface RetryIntent {
  readonly type: 'retry';
  readonly messageId: string;
}

/** Give up a message that was not sent, take one out of the queue, or let the queue go on past a missed steer. */
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

/** Change what a queued message says. Rejects where its turn has come meanwhile. */
export interface ChangeQueuedIntent {
  readonly type: 'change-queued';
  readonly messageId: string;
  readonly text: string;
}

/** Give a queued message another place in the queue. */
export interface MoveQueuedIntent {
  readonly type: 'move-queued';
  readonly messageId: string;
  /** The place it shall have, from 0; held within the queue. */
  readonly index: number;
}

/** Let a queue that is held (see {@link QueueHold}) go on, also beside runs that wait for somebody. */
export interface ReleaseQueueIntent {
  readonly type: 'release-queue';
}

/** Say something else in place of an own message: both stay, as branches. Runs that are active, or wait in what is left, are cancelled first. */
export interface EditIntent {
  readonly type: 'edit';
  readonly messageId: string;
  readonly text: string;
  readonly files?: readonly FilePart[];
}

/** Ask for another answer in place of this one: both stay, as branches. Runs that are active, or wait in what is left, are cancelled first. */
export interface RegenerateIntent {
  readonly type: 'regenerate';
  /** The agent's message. */
  readonly messageId: string;
}

/** Show another branch, here only. Where an answer is running in the one that is left, it goes on. */
export interface SelectBranchIntent {
  readonly type: 'select-branch';
  readonly messageId: string;
  /** Which of the {@link SessionMessage.branch}, from 0; held within them. */
  readonly index: number;
}

/** Decide on what an agent asked for. Resolves when the decision is on the channel; the first one there counts. */
export interface RespondIntent {
  readonly type: 'respond';
  readonly toolCallId: string;
  readonly approved: boolean;
  /** Why, in the person's words. */
  readonly reason?: string;
  /** What the tool shall be called with in place of what the agent proposed. */
  readonly input?: unknown;
}
