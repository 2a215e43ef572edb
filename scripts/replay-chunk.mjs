/** Builds what plays recordings, a chunk of the script tag with copies of its own of the small modules that it shares. */
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'vite';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = 'agent-session-elements';

/** Keeps it out of another bundle, which then loads it from the folder beside its file. */
export const replayApart = {
  name: 'replay-apart',
  enforce: 'pre',
  resolveId: (id) => (id.endsWith('/replay/replay.ts') ? {id: `./${folder}/replay.js`, external: true} : undefined),
};

/** Writes it to the folder in `outDir`. */
export async function bundleReplay(outDir) {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: {
      outDir: join(outDir, folder),
      emptyOutDir: false,
      copyPublicDir: false,
      target: 'es2022',
      lib: {entry: join(root, 'src/replay/replay.ts'), formats: ['es'], fileName: () => 'replay.js'},
      rolldownOptions: {output: {codeSplitting: false, minify: true}},
    },
  });
}
