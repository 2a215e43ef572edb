import assert from 'node:assert/strict';
import {globSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, it} from 'node:test';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const sources = globSync('src/{elements,render}/**/*.ts', {cwd: root}).map((path) => ({path, text: read(path)}));
const guide = read('docs/guides/theming.md');

/** All that a pattern's first group finds in a text, each once. */
function found(text: string, pattern: RegExp): Set<string> {
  return new Set([...text.matchAll(pattern)].flatMap(([, name]) => name ?? []));
}

const all = sources.map(({text}) => text).join('\n');
const used = found(all, /var\((--(?!_)[\w-]+)/g);
const described = new Set([...found(all, /@cssprop (?:\[)?(--[\w-]+)/g)]);
const shared = [...used].filter((name) => /^--agent-(?:color|code|font|radius|space)/.test(name));

describe('what can be styled', () => {
  it('is documented: every custom property, at its element or in the guide', () => {
    const missing = [...used].filter((name) => !described.has(name) && !guide.includes(`\`${name}\``));
    assert.deepEqual(missing, []);
  });

  it('is in the guide: every custom property, shared or not', () => {
    assert.deepEqual([...used].filter((name) => !guide.includes(`\`${name}\``)), []);
  });

  it('exists: every custom property that is documented', () => {
    const claimed = new Set([...described, ...found(guide, /`(--(?:agent|barge)[\w-]*\w)`/g)]);
    assert.deepEqual([...claimed].filter((name) => !used.has(name)), []);
  });

  it('is documented: every part', () => {
    // A line that names a part names its kinds too, in backticks.
    const lines = all.split('\n').filter((line) => line.includes('@csspart'));
    const documented = new Set(lines.flatMap((line) => [...found(line, /@csspart ([\w-]+)/g), ...found(line, /`([\w-]+)`/g)]));
    const kinds = [...documented];
    const missing = sources.flatMap(({path, text}) => [...found(text, /\spart="([^"]+)"/g)].flatMap((value) => value.replaceAll(/\$\{[^}]*\}/g, '*').split(/\s+/))
      .filter((name) => name !== '*' && (name.includes('*') ? !kinds.some((kind) => kind.startsWith(name.slice(0, name.indexOf('*')))) : !documented.has(name)))
      .map((name) => `${name} (${path})`));
    assert.deepEqual([...new Set(missing)], []);
  });

  it('has one default each, which the default theme writes out', () => {
    const theme = new Map([...read('src/themes/default.css').matchAll(/^\s*(--[\w-]+): (.*);$/gm)].map(([, name, value]) => [name, value]));
    assert.deepEqual([...theme.keys()].sort(), shared.sort());
    const defaults = [...all.matchAll(/var\((--[\w-]+), ((?:light-dark\([^)]*\))|[^;()]*?)\)(?:;| \* )/g)].filter(([, name]) => shared.includes(name ?? ''));
    assert.ok(defaults.length >= shared.length);
    for (const [, name, value] of defaults) assert.equal(value, theme.get(name), name);
  });
});
