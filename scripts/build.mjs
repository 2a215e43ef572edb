/**
 * Builds what is published to `dist/`: one module a source file with its types, for bundlers, and
 * `agent-session-elements.js`, the whole library in one file, for a script tag. Only the colouring of code is apart from
 * it: grammars, loaded when a block of code needs one.
 */
import {spawnSync} from 'node:child_process';
import {cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {gzipSync} from 'node:zlib';
import {build, defaultClientConditions} from 'vite';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
const singleFile = 'agent-session-elements.js';

function compileModules() {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const result = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], {cwd: root, stdio: 'inherit'});
  if (result.status !== 0) throw new Error('TypeScript found errors; they are listed above.');
}

/**
 * The compiler writes `./x.js` into the modules but leaves `./x.ts` in their types, which would make every user's
 * compiler look for our sources. Both are equally long, so the maps stay true.
 */
function pointTypesToModules() {
  for (const file of readdirSync(dist, {recursive: true, encoding: 'utf8'})) {
    if (!file.endsWith('.d.ts')) continue;
    const path = join(dist, file);
    const types = readFileSync(path, 'utf8').replaceAll(/(\bfrom\s*|\bimport\s*\(?\s*|\bmodule\s+)(['"])(\.{1,2}\/[^'"]+)\.ts\2/g, '$1$2$3.js$2');
    const left = /['"]\.{1,2}\/[^'"]+(?<!\.d)\.ts['"]/.exec(types);
    if (left) throw new Error(`${file} still names ${left[0]}`);
    writeFileSync(path, types);
  }
}

async function bundleSingleFile() {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    resolve: {
      conditions: ['agent-session-source', ...defaultClientConditions],
      // The whole client, in its UMD form, cannot be tree-shaken: it is 11 kB gzip more.
      alias: [{find: /^ably$/, replacement: join(root, 'scripts/ably-for-script-tag.mjs')}],
    },
    build: {
      outDir: dist,
      emptyOutDir: false,
      copyPublicDir: false,
      target: 'es2022',
      lib: {entry: join(root, 'src/define.ts'), formats: ['es'], fileName: () => singleFile},
      // What is loaded on first use, and does without when it is missing, lies in a folder beside the file.
      rolldownOptions: {output: {minify: true, chunkFileNames: 'agent-session-elements/[name].js'}},
    },
  });
  const needed = /(?:^|[;}\s])(?:import|export)\s*(?:[\w$*{][^;'"()]*\bfrom\s*)?['"][^'"]+['"]/.exec(readFileSync(join(dist, singleFile), 'utf8'));
  if (needed) throw new Error(`${singleFile} must stand alone but begins with ${needed[0].trim()}`);
}

const started = performance.now();
try {
  rmSync(dist, {recursive: true, force: true});
  compileModules();
  pointTypesToModules();
  cpSync(join(root, 'src/themes'), join(dist, 'themes'), {recursive: true});
  await bundleSingleFile();
} catch (error) {
  console.error(`build: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
const file = join(dist, singleFile);
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
console.log(`built in ${((performance.now() - started) / 1000).toFixed(1)} s; ${singleFile}: ${kilobytes(statSync(file).size)}, gzip ${kilobytes(gzipSync(readFileSync(file)).length)}`);
