import {readFileSync} from 'node:fs';
import {join} from 'node:path';

const root = join(import.meta.dirname, '../..');
const folder = (name: string): string => join(root, 'examples', name);

export interface Example {
  readonly name: string;
  /** The files that put the elements on the page, in its folder. */
  readonly code: readonly string[];
  /** Built files that the backend serves under a strict policy. */
  readonly site?: string;
  /** Where the page's script tag finds its file. */
  readonly script?: string;
  /** Trusted Types policies that its framework makes. */
  readonly policies?: readonly string[];
  /** Folder of an example that has a server of its own. */
  readonly server?: string;
  /** Whether its page is served under a strict policy. */
  readonly isStrict: boolean;
}

const examples: readonly Example[] = [
  {name: 'html', code: ['index.html'], site: folder('html'), script: join(folder('.package'), 'package/dist'), isStrict: true},
  {name: 'vue', code: ['src/App.vue', 'src/main.ts'], site: join(folder('vue'), 'dist'), policies: ['vue'], isStrict: true},
  {name: 'svelte', code: ['src/App.svelte', 'src/main.ts'], site: join(folder('svelte'), 'dist'), policies: ['svelte-trusted-html'], isStrict: true},
  {name: 'react', code: ['src/App.tsx', 'src/main.tsx'], site: join(folder('react'), 'dist'), isStrict: true},
  {name: 'angular', code: ['src/app.ts', 'src/main.ts'], site: join(folder('angular'), 'dist'), policies: ['angular'], isStrict: true},
  {name: 'next', code: ['app/planner.tsx'], server: folder('next'), isStrict: false},
];

/** @throws {Error} when there is none of this name. */
export function exampleNamed(name: string): Example {
  const example = examples.find((one) => one.name === name);
  if (!example) throw new Error(`There is no example '${name}'. There are: ${examples.map((one) => one.name).join(', ')}.`);
  return example;
}

/** How many lines put the elements on the page: all that is written in these files, less what a page has anyhow. */
export function linesOf({name, code}: Example): number {
  const text = code.map((file) => readFileSync(join(folder(name), file), 'utf8')).join('\n');
  const [own] = /<agent-session[^]*<\/script>/.exec(name === 'html' ? text : '') ?? [text];
  return own.split('\n').filter((line) => line.trim() !== '').length;
}
