import {warnOnce} from '../../internal/warn.ts';

/** The value of an attribute that takes one of several words; the first of them, with a warning, where it is another. */
export function choice<T extends string>(host: {readonly localName: string}, attribute: string, value: string, [usual, ...others]: readonly [T, ...T[]]): T {
  const known = [usual, ...others].find((candidate) => candidate === value);
  if (known !== undefined) return known;
  warnOnce(`<${host.localName} ${attribute}="${value}"> is not known; "${usual}" is used. Known: ${[usual, ...others].join(', ')}.`);
  return usual;
}
