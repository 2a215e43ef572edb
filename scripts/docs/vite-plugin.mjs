/** Adds the pages of the site to a build of its code. */
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {elementsOf, sharedTokens} from '../package/editors.mjs';
import {createManifest} from '../package/manifest.mjs';
import {weigh} from '../weights.mjs';
import {renderSite} from './render-site.mjs';

const dataId = 'virtual:elements';

/** @param root folder of the repository */
export function docsPages(root) {
  const manifest = createManifest(root);
  return {
    name: 'docs-pages',
    resolveId: (id) => (id === dataId ? `\0${dataId}` : undefined),
    load: (id) => (id === `\0${dataId}` ? `export default ${JSON.stringify(playgroundData(root, manifest))}` : undefined),
    async generateBundle(_, bundle) {
      const outputs = Object.values(bundle);
      const entry = outputs.find((output) => output.type === 'chunk' && output.isEntry);
      const styles = outputs.filter(({fileName}) => fileName.endsWith('.css')).map(({fileName}) => fileName);
      const files = renderSite(root, manifest, {script: entry.fileName, styles}, await weigh(root));
      for (const name of ['icon.svg', 'theme.js']) files.set(name, readFileSync(join(root, 'docs/site/static', name)));
      for (const name of readdirSync(join(root, 'docs/site/recordings'))) files.set(`recordings/${name}`, readFileSync(join(root, 'docs/site/recordings', name)));
      for (const [fileName, source] of files) this.emitFile({type: 'asset', fileName, source});
    },
  };
}

/** What the playground needs to know of each element. */
function playgroundData(root, manifest) {
  return {
    elements: elementsOf(manifest).map(({tagName, description, attributes}) => ({
      tag: tagName, description,
      attributes: attributes.map(({name, type, default: value, description: words}) => ({name, type: type.text, default: value, description: words})),
    })),
    tokens: sharedTokens(readFileSync(join(root, 'src/elements/shared/base.styles.ts'), 'utf8')),
  };
}
