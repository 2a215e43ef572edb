import type {LanguageFn} from 'highlight.js';

type Load = () => Promise<{default: LanguageFn}>;

/** The languages that can be coloured. Each is a chunk of its own, loaded when a block in it is finished. */
const grammars: Readonly<Record<string, Load>> = {
  bash: () => import('highlight.js/lib/languages/bash'),
  c: () => import('highlight.js/lib/languages/c'),
  cpp: () => import('highlight.js/lib/languages/cpp'),
  csharp: () => import('highlight.js/lib/languages/csharp'),
  css: () => import('highlight.js/lib/languages/css'),
  diff: () => import('highlight.js/lib/languages/diff'),
  dockerfile: () => import('highlight.js/lib/languages/dockerfile'),
  go: () => import('highlight.js/lib/languages/go'),
  graphql: () => import('highlight.js/lib/languages/graphql'),
  ini: () => import('highlight.js/lib/languages/ini'),
  java: () => import('highlight.js/lib/languages/java'),
  javascript: () => import('highlight.js/lib/languages/javascript'),
  json: () => import('highlight.js/lib/languages/json'),
  kotlin: () => import('highlight.js/lib/languages/kotlin'),
  lua: () => import('highlight.js/lib/languages/lua'),
  php: () => import('highlight.js/lib/languages/php'),
  powershell: () => import('highlight.js/lib/languages/powershell'),
  python: () => import('highlight.js/lib/languages/python'),
  r: () => import('highlight.js/lib/languages/r'),
  ruby: () => import('highlight.js/lib/languages/ruby'),
  rust: () => import('highlight.js/lib/languages/rust'),
  scss: () => import('highlight.js/lib/languages/scss'),
  sql: () => import('highlight.js/lib/languages/sql'),
  swift: () => import('highlight.js/lib/languages/swift'),
  typescript: () => import('highlight.js/lib/languages/typescript'),
  xml: () => import('highlight.js/lib/languages/xml'),
  yaml: () => import('highlight.js/lib/languages/yaml'),
};

const aliases: Readonly<Record<string, string>> = {
  'c++': 'cpp', cs: 'csharp', docker: 'dockerfile', golang: 'go', html: 'xml', js: 'javascript', jsonc: 'json',
  jsx: 'javascript', kt: 'kotlin', patch: 'diff', ps1: 'powershell', py: 'python', rb: 'ruby', rs: 'rust', sh: 'bash',
  shell: 'bash', svelte: 'xml', svg: 'xml', toml: 'ini', ts: 'typescript', tsx: 'typescript', vue: 'xml', yml: 'yaml',
  zsh: 'bash',
};

/** The grammar a fence's language stands for; undefined for a language that cannot be coloured. */
export function grammarOf(language: string): {name: string; load: Load} | undefined {
  const key = language.toLowerCase();
  const name = Object.hasOwn(aliases, key) ? (aliases[key] ?? key) : key;
  const load = Object.hasOwn(grammars, name) ? grammars[name] : undefined;
  return load && {name, load};
}
