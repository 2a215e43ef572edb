/**
 * Weighs what `npm run build` made: the single file as it is, and each entry for bundlers with our own modules only,
 * since the page may have Lit, Ably and the AI SDK anyway. Fails when one is over its budget.
 */
import {existsSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {gzipSync} from 'node:zlib';
import {build} from 'vite';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Gzip, in kB of 1000 bytes. Raise one only with a reason in the commit. The goal for the single file is 110: the Markdown
 * renderer with its parser (28 kB) is to be loaded with the first answer.
 */
const budgets = {
  'agent-session-elements.js': {kind: 'all in one file', gzip: 160},
  'define.js': {kind: 'own modules', gzip: 70},
  'index.js': {kind: 'own modules', gzip: 70},
  'testing/index.js': {kind: 'own modules', gzip: 8},
  'agent/index.js': {kind: 'own modules', gzip: 8},
};

async function ownModules(file) {
  const result = await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2022',
      lib: {entry: file, formats: ['es']},
      rolldownOptions: {external: (id) => !id.startsWith('.') && !id.startsWith('/') && !id.startsWith(root), output: {codeSplitting: false, minify: true}},
    },
  });
  const [output] = [result].flat();
  return Buffer.from(output.output[0].code);
}

const kilobytes = (bytes) => bytes / 1000;
const rows = [];
for (const [entry, {kind, gzip: budget}] of Object.entries(budgets)) {
  const file = join(root, 'dist', entry);
  if (!existsSync(file)) continue;
  const code = kind === 'own modules' ? await ownModules(file) : readFileSync(file);
  rows.push({entry, kind, min: kilobytes(code.length), gzip: kilobytes(gzipSync(code, {level: 9}).length), budget});
}
if (rows.length === 0) {
  console.error('size: dist/ is empty. Run npm run build first.');
  process.exit(1);
}

const line = (...cells) => cells.map((cell, index) => (index < 2 ? String(cell).padEnd(28 - index * 10) : String(cell).padStart(9))).join(' ');
console.log(line('entry', 'counted', 'min kB', 'gzip kB', 'budget'));
for (const {entry, kind, min, gzip, budget} of rows) console.log(line(entry, kind, min.toFixed(1), gzip.toFixed(1), budget), gzip > budget ? ' over budget' : '');
if (rows.some(({gzip, budget}) => gzip > budget)) process.exitCode = 1;
