import type {SessionMessage} from '../session/message.ts';
import type {RunSnapshot, SessionSnapshot} from '../session/snapshot.ts';
import type {LoadedMessage} from './memory-options.ts';

/** What the parts of a {@link MemorySession} need of it. */
export interface MemoryRoom {
  readonly clientId: string;
  /** What is true now. */
  snapshot(): SessionSnapshot;
  /** The message before the oldest one that is revealed. */
  olderId(): string | undefined;
  newMessageId(): string;
  /** The time, in ms since the epoch. */
  now(): number;
  update(slices: Partial<SessionSnapshot>): void;
  /** Marks a message whose parts changed in place, and what is derived of it. */
  touch(messageId: string): void;
  message(message: LoadedMessage): SessionMessage;
  cancel(runs: readonly RunSnapshot[]): void;
  /** Says a message of this person; it waits where the line is down. */
  say(parts: SessionMessage['parts']): void;
  /** This person asks for an answer: a stop is over. */
  askAgain(inputId: string): void;
}
