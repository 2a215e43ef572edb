/**
 * Weighs what `npm run build` made: the file for the script tag and the chunks beside it, and each entry for bundlers with
 * what it needs at once of our own modules only, since the page may have Lit, Ably and the AI SDK anyway. Fails when one
 * is over its budget.
 */
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {gzipSync} from 'node:zlib';
import {build} from 'vite';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
const folder = 'agent-session-elements';

/** Gzip, in kB of 1000 bytes. Raise one only with a reason in the commit. */
const budgets = {
  'agent-session-elements.js': {kind: 'needed at once', gzip: 110},
  // With all elements: those beside the conversation, 18 kB, are chunks of the script tag only.
  'define.js': {kind: 'own, at once', gzip: 80},
  'index.js': {kind: 'own, at once', gzip: 80},
  // It plays approvals, tools of the page, branches and shared state too.
  'testing/index.js': {kind: 'own, at once', gzip: 10},
  'agent/index.js': {kind: 'own, at once', gzip: 8},
};

/** The same for the chunks that a conversation loads; any other may weigh `otherChunk`. */
const chunks = {
  'ai-transport.js': {kind: 'with a session', gzip: 28},
  // All that is ours behind the elements: it was in the file before.
  'make-session.js': {kind: 'with a session', gzip: 22},
  'cards.js': {kind: 'in idle time', gzip: 10},
  'extras.js': {kind: 'in idle time', gzip: 10},
  'markdown.js': {kind: 'in idle time', gzip: 30},
  'liveobjects.js': {kind: 'on first use', gzip: 16},
  'shared-state.js': {kind: 'on first use', gzip: 14},
  // AI Transport's codec of OpenAI's Responses, and ours around it.
  'responses-codec.js': {kind: 'on first use', gzip: 12},
  'agent-progress.js': {kind: 'on first use', gzip: 10},
};
const otherChunk = {kind: 'on first use', gzip: 10};

/** The code of an entry and of what it imports before it runs. */
async function ownModules(file) {
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
const rows = [];
function weigh(entry, {kind, gzip: budget}, code) {
  rows.push({entry, kind, min: kilobytes(code.length), gzip: kilobytes(gzipSync(code, {level: 9}).length), budget});
}
if (!existsSync(join(dist, 'define.js'))) {
  console.error('size: dist/ is empty. Run npm run build first.');
  process.exit(1);
}
for (const [entry, budget] of Object.entries(budgets)) {
  const file = join(dist, entry);
  weigh(entry, budget, budget.kind === 'needed at once' ? readFileSync(file) : await ownModules(file));
}
for (const name of Object.keys(chunks)) if (!existsSync(join(dist, folder, name))) throw new Error(`There is no chunk ${name}.`);
const small = {count: 0, gzip: 0};
for (const name of readdirSync(join(dist, folder))) {
  const code = readFileSync(join(dist, folder, name));
  const gzip = kilobytes(gzipSync(code, {level: 9}).length);
  if (chunks[name] || gzip > otherChunk.gzip) {
    weigh(`${folder}/${name}`, chunks[name] ?? otherChunk, code);
  } else {
    small.count++;
    small.gzip += gzip;
  }
}

const line = (...cells) => cells.map((cell, index) => (index < 2 ? String(cell).padEnd(44 - index * 28) : String(cell).padStart(9))).join(' ');
console.log(line('entry', 'counted', 'min kB', 'gzip kB', 'budget'));
for (const {entry, kind, min, gzip, budget} of rows) console.log(line(entry, kind, min.toFixed(1), gzip.toFixed(1), budget), gzip > budget ? ' over budget' : '');
console.log(`and ${small.count} smaller chunks, ${small.gzip.toFixed(1)} kB together: languages of code, and what those above share`);
if (rows.some(({gzip, budget}) => gzip > budget)) process.exitCode = 1;
