/**
 * Weighs what `npm run build` made: the file for the script tag and the chunks beside it, and each entry for bundlers with
 * what it needs at once of our own modules only, since the page may have Lit, Ably and the AI SDK anyway.
 */
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import {build} from 'vite';

const folder = 'agent-session-elements';

/** Gzip, in kB of 1000 bytes. Raise one only with a reason in the commit. */
const budgets = {
  'agent-session-elements.js': {kind: 'needed at once', gzip: 110},
  // With all elements: those beside the conversation, 18 kB, are chunks of the script tag only.
  'define.js': {kind: 'own, at once', gzip: 82},
  'index.js': {kind: 'own, at once', gzip: 83},
  // One element each, with what all of them share.
  'elements/agent-session/agent-session.js': {kind: 'own, at once', gzip: 19},
  'elements/agent-chat/agent-chat.js': {kind: 'own, at once', gzip: 56},
  'elements/barge-in-input/barge-in-input.js': {kind: 'own, at once', gzip: 28},
  'elements/agent-status/agent-status.js': {kind: 'own, at once', gzip: 23},
  'elements/agent-progress/agent-progress.js': {kind: 'own, at once', gzip: 26},
  'elements/shared-state/shared-state.js': {kind: 'own, at once', gzip: 29},
  'elements/approval-inbox/approval-inbox.js': {kind: 'own, at once', gzip: 29},
  'elements/agent-handover/agent-handover.js': {kind: 'own, at once', gzip: 24},
  // It plays approvals, tools of the page, branches and shared state too.
  'testing/index.js': {kind: 'own, at once', gzip: 11},
  'agent/index.js': {kind: 'own, at once', gzip: 8},
};

/** The same for the chunks that weigh most; any other may weigh `otherChunk`. */
const chunks = {
  'ai-transport.js': {kind: 'with a session', gzip: 28},
  // All that is ours behind the elements: it was in the file before.
  'make-session.js': {kind: 'with a session', gzip: 25},
  'cards.js': {kind: 'in idle time', gzip: 10},
  'extras.js': {kind: 'in idle time', gzip: 10},
  'markdown.js': {kind: 'in idle time', gzip: 31},
  'liveobjects.js': {kind: 'on first use', gzip: 16},
  // At once where the page has the tag.
  'shared-state.js': {kind: 'in idle time', gzip: 14},
  // AI Transport's codec of OpenAI's Responses, and ours around it.
  'responses-codec.js': {kind: 'on first use', gzip: 12},
  'agent-progress.js': {kind: 'in idle time', gzip: 10},
};
const otherChunk = {kind: 'on first use', gzip: 10};

/**
 * What a page with the script tag and one conversation loads without anybody's doing, with what these chunks import:
 * each is what is sent, so they are compressed one by one. A test of the package compares it with what a browser asks for.
 */
const ofConversation = ['make-session.js', 'ai-transport.js', 'markdown.js', 'cards.js', 'extras.js'];
const ofOtherElements = ['agent-progress.js', 'shared-state.js', 'approval-inbox.js', 'agent-handover.js'];
const sums = [
  {entry: 'a page with a conversation', kind: 'all by itself', gzip: 218, chunks: ofConversation},
  // Those that the page has no tags of come in idle time, so that they work wherever they come up later.
  {entry: 'the same, with the other elements', kind: 'all by itself', gzip: 239, chunks: [...ofConversation, ...ofOtherElements]},
];

/** The names of chunks, and of what they import before they run. */
function withImports(root, names) {
  const needed = new Set(names);
  for (const name of needed) {
    const code = readFileSync(join(root, 'dist', folder, name), 'utf8');
    for (const [, file] of code.matchAll(/\bimport\s*(?:\{[^}]*\}\s*from\s*)?["'`]\.\/([^"'`/]+)["'`]/g)) needed.add(file);
  }
  return [...needed];
}

/**
 * @param root folder of the repository
 * @returns the names of all chunks that a page with one conversation loads by itself, sorted
 */
export function chunksOfPage(root) {
  return withImports(root, [...ofConversation, ...ofOtherElements]).sort();
}

/** The code of an entry and of what it imports before it runs. */
async function ownModules(root, file) {
  const result = await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2022',
      lib: {entry: file, formats: ['es']},
      // What plays recordings is loaded on first use.
      rolldownOptions: {external: (id) => id.endsWith('/replay/replay.js') || !id.startsWith('.') && !id.startsWith('/') && !id.startsWith(root), output: {minify: true}},
    },
  });
  const output = new Map([result].flat()[0].output.map((chunk) => [chunk.fileName, chunk]));
  const needed = new Set([...output.values()].filter(({isEntry}) => isEntry));
  for (const {imports} of needed) for (const name of imports) if (output.has(name)) needed.add(output.get(name));
  return Buffer.from([...needed].map(({code}) => code).join('\n'));
}

const kilobytes = (bytes) => bytes / 1000;

/** Kilobytes of 1000 bytes, minified and then compressed. */
function weightOf(entry, {kind, gzip: budget}, code) {
  return {entry, kind, min: kilobytes(code.length), gzip: kilobytes(gzipSync(code, {level: 9}).length), budget};
}

/**
 * @param root folder of the repository
 * @returns what weighs how much: `{rows: [{entry, kind, min, gzip, budget}], small: {count, gzip}}`, in kB; `small` are the
 *   chunks that are not worth a row each
 * @throws {Error} where nothing has been built
 */
export async function weigh(root) {
  const dist = join(root, 'dist');
  if (!existsSync(join(dist, 'define.js'))) throw new Error('dist/ is empty. Run npm run build first.');
  const rows = [];
  for (const [entry, budget] of Object.entries(budgets)) {
    const file = join(dist, entry);
    rows.push(weightOf(entry, budget, budget.kind === 'needed at once' ? readFileSync(file) : await ownModules(root, file)));
  }
  for (const {entry, kind, gzip: budget, chunks: names} of sums) {
    const files = ['agent-session-elements.js', ...withImports(root, names).map((name) => join(folder, name))].map((name) => weightOf(name, {}, readFileSync(join(dist, name))));
    rows.push({entry, kind, budget, min: files.reduce((sum, {min}) => sum + min, 0), gzip: files.reduce((sum, {gzip}) => sum + gzip, 0)});
  }
  for (const name of Object.keys(chunks)) if (!existsSync(join(dist, folder, name))) throw new Error(`There is no chunk ${name}.`);
  const small = {count: 0, gzip: 0};
  for (const name of readdirSync(join(dist, folder))) {
    const row = weightOf(`${folder}/${name}`, chunks[name] ?? otherChunk, readFileSync(join(dist, folder, name)));
    if (chunks[name] || row.gzip > otherChunk.gzip) {
      rows.push(row);
    } else {
      small.count++;
      small.gzip += row.gzip;
    }
  }
  return {rows, small};
}
