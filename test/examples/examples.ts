import {join} from 'node:path';

const root = join(import.meta.dirname, '../..');
const folder = (name: string): string => join(root, 'examples', name);

export interface Example {
  readonly name: string;
  /** Built files that the backend serves under a strict policy. */
  readonly site?: string;
  /** Where the page's script tag finds its file. */
  readonly script?: string;
  /** Trusted Types policies that its framework makes. */
  readonly policies?: readonly string[];
  /** Folder of an example that has a server of its own, which says its policy itself. */
  readonly server?: string;
}

const examples: readonly Example[] = [
  {name: 'html', site: folder('html'), script: join(folder('.package'), 'package/dist')},
  {name: 'vue', site: join(folder('vue'), 'dist'), policies: ['vue']},
  {name: 'svelte', site: join(folder('svelte'), 'dist'), policies: ['svelte-trusted-html']},
  {name: 'react', site: join(folder('react'), 'dist')},
  {name: 'angular', site: join(folder('angular'), 'dist'), policies: ['angular']},
  {name: 'next', server: folder('next')},
];

/** @throws {Error} when there is none of this name. */
export function exampleNamed(name: string): Example {
  const example = examples.find((one) => one.name === name);
  if (!example) throw new Error(`There is no example '${name}'. There are: ${examples.map((one) => one.name).join(', ')}.`);
  return example;
}
