/** Reads values that came from outside. Every reader returns a value of the type it names or throws an `AblyError`. */
import {AblyError, Code} from './errors.ts';

export type UnknownRecord = Record<string, unknown>;

/** Nesting allowed in `data`, `extras` and their like: enough for real use, too little to exhaust a stack. */
export const maxDepth = 64;

function refuse(what: string, expected: string): never {
  throw new AblyError(Code.InvalidParameter, `Invalid ${what}: expected ${expected}`);
}

export function isRecord(value: unknown): value is UnknownRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}

export function readRecord(value: unknown, what: string): UnknownRecord {
  return isRecord(value) ? value : refuse(what, 'an object');
}

export function readArray(value: unknown, what: string): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : refuse(what, 'an array');
}

/** Absent and null are the same on this wire: msgpack clients may send nil for an empty field. */
export function optionalString(record: UnknownRecord, field: string): string | undefined {
  const value = record[field];
  if (value == null) return undefined;
  return typeof value === 'string' ? value : refuse(`'${field}'`, 'a string');
}

export function requiredString(record: UnknownRecord, field: string): string {
  return optionalString(record, field) ?? refuse(`'${field}'`, 'a string');
}

export function optionalNumber(record: UnknownRecord, field: string): number | undefined {
  const value = record[field];
  if (value == null) return undefined;
  return typeof value === 'number' && Number.isFinite(value) ? value : refuse(`'${field}'`, 'a finite number');
}

/** A whole number from 0 to `max`. */
export function optionalCount(record: UnknownRecord, field: string, max = Number.MAX_SAFE_INTEGER): number | undefined {
  const value = optionalNumber(record, field);
  if (value === undefined) return undefined;
  return Number.isInteger(value) && value >= 0 && value <= max ? value : refuse(`'${field}'`, `a whole number up to ${max}`);
}

export function optionalBoolean(record: UnknownRecord, field: string): boolean | undefined {
  const value = record[field];
  if (value == null) return undefined;
  return typeof value === 'boolean' ? value : refuse(`'${field}'`, 'true or false');
}

export function optionalRecord(record: UnknownRecord, field: string): UnknownRecord | undefined {
  const value = record[field];
  if (value == null) return undefined;
  const found = readRecord(value, `'${field}'`);
  checkDepth(found, field);
  return found;
}

/** A record of strings, such as `params`; numbers and booleans are taken by their text. */
export function optionalStrings(record: UnknownRecord, field: string): Record<string, string> | undefined {
  const value = record[field];
  if (value == null) return undefined;
  return Object.fromEntries(
    Object.entries(readRecord(value, `'${field}'`)).map(([name, item]) => {
      if (typeof item !== 'string' && typeof item !== 'number' && typeof item !== 'boolean') return refuse(`'${field}.${name}'`, 'a string');
      return [name, String(item)];
    }),
  );
}

/** Refuses nesting beyond `maxDepth`; looks no deeper itself. */
export function checkDepth(value: unknown, what: string): void {
  if (!isWithin(value, maxDepth)) refuse(`'${what}'`, `at most ${maxDepth} levels of nesting`);
}

function isWithin(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return true;
  return levels > 0 && Object.values(value).every((item) => isWithin(item, levels - 1));
}

/** Whether two values as they come out of JSON are the same. */
export function isDeepEqual(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right) || left instanceof Uint8Array || right instanceof Uint8Array) return false;
  const [mine, theirs] = [left as UnknownRecord, right as UnknownRecord];
  const keys = Object.keys(mine);
  return keys.length === Object.keys(theirs).length && keys.every((key) => Object.hasOwn(theirs, key) && isDeepEqual(mine[key], theirs[key]));
}
