import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';

export const root = join(import.meta.dirname, '../..');
export const site = join(root, 'docs-dist');

const left = /^(node_modules|dist|docs-dist|coverage|test-results|\..*)$/;

/** Files of the repository with an ending, by their path from its root. */
export function filesOf(folder: string, ending: string, base = folder): string[] {
  return readdirSync(folder, {withFileTypes: true}).flatMap((entry) => {
    if (left.test(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesOf(path, ending, base);
    return entry.name.endsWith(ending) ? [path.slice(base.length + 1)] : [];
  });
}

export const read = (path: string): string => readFileSync(path, 'utf8');

/** A block of code of a Markdown file. */
export interface Sample {
  readonly file: string;
  readonly line: number;
  readonly language: string;
  /** Why it is not checked, where it says so: `ts no-check: reason`. */
  readonly reason: string | undefined;
  readonly code: string;
  /** What a comment before it adds for the check, `<!-- sample … -->`, or which file it is of, `<!-- path -->`. */
  readonly comment: string;
}

/** The blocks of code in the Markdown of the repository. */
export function samples(): Sample[] {
  return filesOf(root, '.md').flatMap((file) => {
    const text = read(join(root, file));
    const blocks = text.matchAll(/(?:<!--((?:(?!-->)[\s\S])*)-->\n)?^```(\w+)([^\n]*)\n([\s\S]*?)^```$/gm);
    return [...blocks].map(({index, 1: comment = '', 2: language = '', 3: info = '', 4: code = ''}) => ({
      file, language, code,
      comment: comment.trim(),
      line: text.slice(0, index).split('\n').length,
      reason: /no-check: *(.+)/.exec(info)?.[1],
    }));
  });
}
