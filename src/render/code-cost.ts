import {limits} from './limits.ts';

/** What the highlighter's expressions may look through from each place in it, for nothing; the costs grow as a power of its length. */
const runs = [
  {pattern: /.+/g, power: 2, limit: limits.highlightLines},
  {pattern: /[\w\s.$\u0080-\uffff-]+/g, power: 2, limit: limits.highlightCalm},
  {pattern: /[\w$\u0080-\uffff]+/g, power: 3, limit: limits.highlightWords},
] as const;

/** From where it looks through all the rest: from a tag for its end, from a quote for the next. */
const starts: Readonly<Record<string, RegExp>> = {ini: /\\"/g, javascript: /<(?!\/)/g, typescript: /<(?!\/)/g};

/**
 * Whether the highlighter might take very long for a code. It finds nothing while it looks ahead, so that no budget could
 * end it there. Code as it is written stays far below these limits.
 */
export function mayBeSlow(code: string, language: string): boolean {
  const start = starts[language];
  if (start && (code.match(start) ?? []).length * code.length > limits.highlightStarts) return true;
  return runs.some(({pattern, power, limit}) => (code.match(pattern) ?? []).reduce((sum, run) => sum + run.length ** power, 0) > limit);
}
