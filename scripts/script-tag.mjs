/** Builds `agent-session-elements.js`, for a script tag, and the folder of chunks beside it. */
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build, defaultClientConditions} from 'vite';
import {replayApart} from './replay-chunk.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const singleFile = 'agent-session-elements.js';

/** Writes the file and its folder to `outDir`. */
export async function bundleScriptTag(outDir) {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    plugins: [replayApart, trimTemplates(), shareEntry()],
    resolve: {
      conditions: ['agent-session-source', ...defaultClientConditions],
      // The whole client, in its UMD form, cannot be tree-shaken: it is 11 kB gzip more.
      alias: [{find: /^ably$/, replacement: join(root, 'scripts/ably-for-script-tag.mjs')}],
    },
    build: {
      outDir,
      emptyOutDir: false,
      copyPublicDir: false,
      target: 'es2022',
      lib: {entry: join(root, 'src/script.ts'), formats: ['es'], fileName: () => singleFile},
      // What the file and a chunk both need is in the file: of many chunks the bundler would gather it in files of its own.
      rolldownOptions: {
        preserveEntrySignatures: 'allow-extension',
        output: {minify: true, chunkFileNames: 'agent-session-elements/[name].js', codeSplitting: {groups: [{name: 'script', tags: ['$initial']}]}},
      },
    },
  });
  const needed = /(?:^|[;}\s])import\s*(?:[\w$*{][^;'"()]*\bfrom\s*)?['"][^'"]+['"]/.exec(readFileSync(join(outDir, singleFile), 'utf8'));
  if (needed) throw new Error(`${singleFile} must stand alone but begins with ${needed[0].trim()}`);
}

/**
 * Takes comments out of style sheets, and indentation out of templates. It has no meaning there: what keeps its white
 * space is written on one line.
 */
function trimTemplates() {
  return {
    name: 'trim-templates',
    enforce: 'pre',
    transform(code, id) {
      if (!/\/src\/(?:elements|render)\/.*\.ts$/.test(id)) return null;
      const trimmed = code
        .replaceAll(/\bcss`[^`]*`/g, (sheet) => sheet.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/\s*\n\s*/g, '\n').replaceAll(/([{};,])\n/g, '$1'))
        .replaceAll(/\n\s+/g, '\n');
      return {code: trimmed, map: null};
    },
  };
}

/**
 * Lets chunks find what they share with the entry without importing it by name: a page may have loaded the entry by
 * another address (`?v=2`, a redirect, another file name), and an import would run all of it a second time.
 */
function shareEntry() {
  return {
    name: 'share-entry',
    generateBundle(_options, bundle) {
      const entry = bundle[singleFile];
      const exports = /\bexport\s*\{([^}]*)\};?\s*$/.exec(entry.code);
      if (!exports) throw new Error(`${singleFile} exports nothing at its end.`);
      const key = JSON.stringify(`agent-session-elements ${createHash('sha256').update(entry.code).digest('hex').slice(0, 12)}`);
      const shared = namesIn(exports[1]).map(([local, name]) => `${name}:${local}`).join(',');
      entry.code = `${entry.code.slice(0, exports.index)}globalThis[Symbol.for(${key})]??={${shared}};${exports[0]}`;
      for (const chunk of Object.values(bundle)) {
        if (chunk === entry || chunk.type !== 'chunk') continue;
        chunk.code = chunk.code.replaceAll(/\bimport\s*(?:\{([^}]*)\}\s*from\s*)?["']([^"']+)["'];?/g, (whole, names, from) => {
          if (from !== `../${singleFile}`) return whole;
          return names === undefined ? '' : `const{${namesIn(names).map(([name, local]) => `${name}:${local}`).join(',')}}=globalThis[Symbol.for(${key})];`;
        });
        if (chunk.code.includes(singleFile)) throw new Error(`${chunk.fileName} names ${singleFile}`);
      }
    },
  };
}

/** The pairs of `a as b, c`. */
function namesIn(list) {
  return list.split(',').filter((entry) => entry.trim() !== '').map((entry) => {
    const [name, other = name] = entry.trim().split(/\s+as\s+/);
    return [name, other];
  });
}
