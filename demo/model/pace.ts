import {setTimeout as delay} from 'node:timers/promises';

/** One token about to be written. */
export interface Beat {
  readonly token: string;
  /** Its place in the answer, from 0. */
  readonly index: number;
  /** How many times slower than usual the answer is to come. */
  readonly slowdown: number;
  readonly signal: AbortSignal | undefined;
}

/** Resolves when the token may go out; rejects with the signal's reason when the answer is no longer wanted. */
export type Pace = (beat: Beat) => Promise<void>;

export interface NaturalPaceOptions {
  /** Tokens per second; 45 when absent, about what a hosted model gives. */
  tokensPerSecond?: number;
  /** How long the model "reads" before its first token, in ms. */
  firstTokenMs?: number;
}

/** The rhythm of a hosted model: a moment of reading, then tokens with a small jitter and a breath after sentences. */
export function naturalPace({tokensPerSecond = 45, firstTokenMs = 450}: NaturalPaceOptions = {}): Pace {
  const usual = 1000 / tokensPerSecond;
  return async ({token, index, slowdown, signal}) => {
    const pause = index === 0 ? firstTokenMs : usual * jitter(token, index);
    await delay(pause * slowdown, undefined, {signal});
  };
}

/** As fast as the reader takes it. Still lets others run between two tokens, so that an answer can be stopped. */
export const instantPace: Pace = async ({signal}) => {
  signal?.throwIfAborted();
  await new Promise<void>((resolve) => void setImmediate(resolve));
  signal?.throwIfAborted();
};

/** Between 0.6 and 1.4, twice that after a sentence; from the token alone, so that the same answer has the same rhythm. */
function jitter(token: string, index: number): number {
  let hash = index * 31;
  for (const character of token) hash = (hash * 33 + (character.codePointAt(0) ?? 0)) % 1009;
  const wobble = 0.6 + (hash / 1009) * 0.8;
  return /[.!?:]$/.test(token) ? wobble * 2 : wobble;
}
