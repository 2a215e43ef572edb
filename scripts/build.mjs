/**
 * Builds what is published to `dist/`: one module a source file with its types, for bundlers; what describes them to
 * editors and frameworks; and `agent-session-elements.js` for a script tag: in one file all that a conversation needs at
 * once. What is loaded on first use or in idle time lies in a folder of the same name beside it.
 */
import {spawnSync} from 'node:child_process';
import {cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {gzipSync} from 'node:zlib';
import {describePackage} from './package/describe.mjs';
import {bundleReplay} from './replay-chunk.mjs';
import {bundleScriptTag, singleFile} from './script-tag.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');

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

const started = performance.now();
try {
  rmSync(dist, {recursive: true, force: true});
  compileModules();
  pointTypesToModules();
  cpSync(join(root, 'src/themes'), join(dist, 'themes'), {recursive: true});
  describePackage(root);
  await bundleScriptTag(dist);
  await bundleReplay(dist);
} catch (error) {
  console.error(`build: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
const file = join(dist, singleFile);
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
console.log(`built in ${((performance.now() - started) / 1000).toFixed(1)} s; ${singleFile}: ${kilobytes(statSync(file).size)}, gzip ${kilobytes(gzipSync(readFileSync(file)).length)}`);
