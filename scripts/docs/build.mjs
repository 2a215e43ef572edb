/**
 * `npm run docs`: builds the documentation, of sources and of what `npm run build` made, to `docs-dist/`, a folder of static files that runs at any address without a
 * server of its own. `npm run docs -- --serve` then serves it on http://localhost:4173 (`--port`).
 */
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {build, defaultClientConditions, preview} from 'vite';
import {docsPages} from './vite-plugin.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const {values} = parseArgs({options: {serve: {type: 'boolean', default: false}, port: {type: 'string', default: '4173'}, out: {type: 'string', default: 'docs-dist'}}});
const outDir = join(root, values.out);
const started = performance.now();

await build({
  root: join(root, 'docs/site'),
  base: './',
  configFile: false,
  publicDir: false,
  logLevel: 'warn',
  resolve: {conditions: ['agent-session-source', ...defaultClientConditions]},
  plugins: [docsPages(root)],
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 1000,
    modulePreload: {polyfill: false},
    rolldownOptions: {input: {site: join(root, 'docs/site/client/main.ts')}},
  },
});
console.log(`built docs to ${values.out}/ in ${((performance.now() - started) / 1000).toFixed(1)} s`);

if (values.serve) {
  const server = await preview({root: join(root, 'docs/site'), base: './', configFile: false, logLevel: 'warn', build: {outDir}, preview: {port: Number(values.port), strictPort: true}});
  console.log(`on ${server.resolvedUrls?.local[0] ?? `http://localhost:${values.port}/`}; Ctrl-C ends it`);
}
