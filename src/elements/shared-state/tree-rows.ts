import {isLiveObject, joinPath, keysOf, type LiveKind, type LiveValue} from '../../session/index.ts';
import {textOf} from './field.ts';

/** One place of the state, as a row of the tree. */
export interface TreeRow {
  /** Below the element's path. */
  readonly path: string;
  readonly key: string;
  readonly value: LiveValue;
  readonly kind: LiveKind;
  /** From 1 on. */
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
  readonly isOpen: boolean;
}

export interface TreeRowsOptions {
  /** What the single row is called where the value is no map. */
  readonly name: string;
  readonly kindOf: (path: string) => LiveKind;
  readonly isOpen: (path: string) => boolean;
}

/** The rows that are to be seen: what is folded up has none. */
export function treeRows(value: LiveValue | undefined, {name, kindOf, isOpen}: TreeRowsOptions): readonly TreeRow[] {
  if (value === undefined) return [];
  const rowsIn = (map: {readonly [key: string]: LiveValue}, base: string, level: number): TreeRow[] => {
    const entries = Object.entries(map);
    return entries.flatMap(([key, entry], index): TreeRow[] => {
      const path = joinPath(base, key);
      const row = {path, key, value: entry, kind: kindOf(path), level, position: index + 1, siblings: entries.length, isOpen: isOpen(path)};
      return isLiveObject(entry) && row.isOpen ? [row, ...rowsIn(entry, path, level + 1)] : [row];
    });
  };
  if (isLiveObject(value)) return rowsIn(value, '', 1);
  return [{path: '', key: keysOf(name).at(-1) ?? name, value, kind: kindOf(''), level: 1, position: 1, siblings: 1, isOpen: false}];
}

/** What a person typed, as the value that it looks like. A text that is there already stays a text. */
export function valueOfText(text: string, before: LiveValue | undefined): LiveValue {
  if (typeof before === 'string') return text;
  const looksLikeValue = /^\s*(?:-?\d|true\s*$|false\s*$|[[{"])/.test(text);
  if (!looksLikeValue) return text;
  try {
    return JSON.parse(text) as LiveValue;
  } catch {
    return text;
  }
}

/** A value as it is edited; what {@link valueOfText} reads back. */
export function editableText(value: LiveValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A value on one line. */
export function preview(value: LiveValue): string {
  return typeof value === 'string' ? value : Array.isArray(value) ? `[${textOf(value)}]` : JSON.stringify(value);
}

export function parentOf(path: string): string {
  return keysOf(path).slice(0, -1).join('.');
}
