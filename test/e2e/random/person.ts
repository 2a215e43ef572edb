import type {Hand} from './hand.ts';

/** Somebody who does what the script says. */
export interface Person extends Hand {
  /** What went wrong without anybody's being told. */
  readonly problems: readonly string[];
  /** Leaves and comes back, with what the browser keeps. */
  reload(): Promise<void>;
  leave(): Promise<void>;
}

export interface PersonOptions {
  readonly name: string;
  /** The conversation. */
  readonly session: string;
  /** Told of actions that were refused later. */
  readonly onRefused: (number: number, why: string) => void;
}
