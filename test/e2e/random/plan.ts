import {randomNumbers} from './random.ts';

export const people = ['Ana', 'Bo', 'Cleo'] as const;
export type PersonName = (typeof people)[number];

export type ActionKind = 'interrupt' | 'steer' | 'queue' | 'alongside' | 'stop' | 'edit' | 'regenerate' | 'select' | 'approve' | 'deny' | 'reload' | 'cut';

/** One thing that somebody does. */
export interface Action {
  readonly number: number;
  readonly who: PersonName;
  readonly kind: ActionKind;
  /** From 0 to 1: which of the things that it can be done to. */
  readonly pick: number;
  /** What is said, where something is said: no two say the same. */
  readonly text: string;
  /** How many tokens the model may write before it. */
  readonly tokens: number;
}

/** How often each is done, of 100. */
const weights: Readonly<Record<ActionKind, number>> = {
  interrupt: 12, steer: 17, queue: 10, alongside: 9, stop: 7, edit: 9, regenerate: 8, select: 9, approve: 7, deny: 4, reload: 4, cut: 4,
};

/** What the scripted model does with a message is in its words: `book` asks a person, `look` uses a tool of the agent's. */
const words = ['say', 'say', 'say', 'look', 'book'] as const;

/** What three people do, the same for the same seed. */
export function planOf(seed: number, count: number): Action[] {
  const random = randomNumbers(seed);
  const oneOf = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!; // random() is below 1
  const kinds = Object.entries(weights).flatMap(([kind, weight]) => Array.from({length: weight}, () => kind as ActionKind));
  return Array.from({length: count}, (_, number) => ({
    number,
    who: oneOf(people),
    kind: oneOf(kinds),
    pick: random(),
    text: `${oneOf(words)} ${seed}.${number}`,
    tokens: Math.floor(random() * 6),
  }));
}

export function inWords({number, who, kind, pick, text, tokens}: Action): string {
  return `${number}. ${who} ${kind} “${text}” pick ${pick.toFixed(3)} after ${tokens} tokens`;
}
