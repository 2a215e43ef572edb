import {limits} from './limits.ts';

/** What the highlighter's expressions look through from each place in it, to find that it is not what they are for. */
const calmRuns = /[\w\s.$\u0080-\uffff]+/g;
const words = /[\w$\u0080-\uffff]+/g;

/**
 * Whether the highlighter would, or might, take very long for a code: within a long run of letters it looks ahead from each
 * of them, and no budget ends that, since it finds nothing meanwhile.
 */
export function mayBeSlow(code: string): boolean {
  return (
    sum(code, calmRuns, 2) > limits.highlightCalm ||
    sum(code, words, 3) > limits.highlightWords ||
    (code.split('<').length - 1) * code.length > limits.highlightTags
  );
}

const sum = (code: string, runs: RegExp, power: number): number =>
  (code.match(runs) ?? []).reduce((total, run) => total + run.length ** power, 0);
