import type {LiveChange, LiveValue} from './live-state.ts';

type LiveObject = {readonly [key: string]: LiveValue};

export function keysOf(path: string): readonly string[] {
  return path === '' ? [] : path.split('.');
}

/** A path below another one. */
export function joinPath(base: string, key: string): string {
  return base === '' ? key : key === '' ? base : `${base}.${key}`;
}

export function isLiveObject(value: LiveValue | undefined): value is LiveObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path; undefined where there is none. */
export function valueAt(root: LiveValue | undefined, path: string): LiveValue | undefined {
  let value = root;
  for (const key of keysOf(path)) {
    if (!isLiveObject(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}

/** The tree with another value at a path, or none; what is not on the way keeps its identity. */
export function withValueAt(root: LiveObject, path: string, value: LiveValue | undefined): LiveObject {
  const [key, ...rest] = keysOf(path);
  if (key === undefined) return isLiveObject(value) ? value : {};
  if (rest.length > 0) {
    const child = root[key];
    if (!isLiveObject(child) && value === undefined) return root;
    return {...root, [key]: withValueAt(isLiveObject(child) ? child : {}, rest.join('.'), value)};
  }
  if (value !== undefined) return {...root, [key]: value};
  return Object.fromEntries(Object.entries(root).filter(([name]) => name !== key));
}

export function isSameValue(one: LiveValue | undefined, other: LiveValue | undefined): boolean {
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other)) return one.length === other.length && one.every((item: LiveValue, index) => isSameValue(item, other[index] as LiveValue));
  if (!isLiveObject(one) || !isLiveObject(other)) return false;
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => isSameValue(one[key], other[key]));
}

/** The next tree, with every part that says the same as before being the very same object as before. */
export function keepParts(previous: LiveValue | undefined, next: LiveValue): LiveValue {
  if (isLiveObject(previous) && isLiveObject(next)) {
    const keys = Object.keys(next);
    const kept = Object.fromEntries(keys.map((key) => [key, keepParts(previous[key], next[key] as LiveValue)]));
    const isSame = keys.length === Object.keys(previous).length && keys.every((key) => kept[key] === previous[key]);
    return isSame ? previous : kept;
  }
  return isSameValue(previous, next) ? (previous as LiveValue) : next;
}

/** The places where two trees differ: the deepest ones that tell the whole difference. */
export function differences(previous: LiveValue | undefined, value: LiveValue | undefined, origin: LiveChange['origin'], path = ''): LiveChange[] {
  if (previous === value) return [];
  if (!isLiveObject(previous) || !isLiveObject(value)) return isSameValue(previous, value) ? [] : [{path, previous, value, origin}];
  const keys = new Set([...Object.keys(previous), ...Object.keys(value)]);
  return [...keys].flatMap((key) => differences(previous[key], value[key], origin, joinPath(path, key)));
}

/** Whether a change touches what stands at a path: it is there, above it or below it. */
export function isTouching(change: Pick<LiveChange, 'path'>, path: string): boolean {
  return path === '' || change.path === path || change.path === '' || change.path.startsWith(`${path}.`) || path.startsWith(`${change.path}.`);
}

/** What a change means for what stands at a path; undefined where it means nothing. */
export function changeAt(change: LiveChange, path: string): LiveChange | undefined {
  if (!isTouching(change, path)) return undefined;
  if (keysOf(change.path).length >= keysOf(path).length) return change;
  const rest = change.path === '' ? path : path.slice(change.path.length + 1);
  const [previous, value] = [valueAt(change.previous, rest), valueAt(change.value, rest)];
  return isSameValue(previous, value) ? undefined : {...change, path, previous, value};
}
