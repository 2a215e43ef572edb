import type {UIMessage} from 'ai';
import type {Scheduler} from '../session/change-feed.ts';

export interface MemorySessionOptions {
  channel?: string;
  /** This person's identity; `me` when absent. */
  clientId?: string;
  /** The agents' identity where a run names none; `agent` when absent. */
  agentId?: string;
  /** How many messages are revealed at first, and by each load of older ones; 30 when absent. */
  pageSize?: number;
  /** Whether a cancelled run ends by itself, as a good agent's does; `true` when absent. */
  confirmsStops?: boolean;
  /** When changes are announced; the next animation frame when absent. */
  schedule?: Scheduler;
  /** The time, in ms since the epoch; the clock of the machine when absent. */
  now?: () => number;
}

/** What the test, story or page that drives the session may say of a run. */
export interface StartRunOptions {
  id?: string;
  /** The agent's identity. */
  clientId?: string;
  /** The message that asked for it; the oldest unanswered one when absent. */
  inputId?: string;
}

/** A message as {@link MemorySession.load} takes it: of the AI SDK, with who said it and when where that matters. */
export type LoadedMessage = Pick<UIMessage, 'id' | 'role' | 'parts'> & {clientId?: string; createdAt?: number};
