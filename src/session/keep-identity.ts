/** The previous value where it says the same as the next one, so that `===` tells whether anything changed. */
export function keepIfEqual<T extends object>(previous: T | undefined, next: T): T {
  if (previous === undefined) return next;
  const keys = Object.keys(next) as (keyof T)[];
  return keys.every((key) => previous[key] === next[key]) ? previous : next;
}

/** The previous list where the next one has the very same items. */
export function keepListIfEqual<T>(previous: readonly T[], next: readonly T[]): readonly T[] {
  return previous.length === next.length && next.every((item, index) => item === previous[index]) ? previous : next;
}

/** The previous list where the next one says the same, and else the next one with every item that says the same kept. */
export function keepItems<T extends object>(previous: readonly T[], next: readonly T[], keyOf: (item: T) => string): readonly T[] {
  const known = new Map(previous.map((item) => [keyOf(item), item]));
  return keepListIfEqual(previous, next.map((item) => keepIfEqual(known.get(keyOf(item)), item)));
}
