/**
 * Writes what describes the modules in `dist/` to tools: the custom elements manifest, editors' data, and the typings of
 * frameworks. All of it comes from the JSDoc and the types in `src/`.
 */
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {cssData, htmlData, sharedTokens, webTypes} from './editors.mjs';
import {frameworkTypes} from './framework-types.mjs';
import {createManifest} from './manifest.mjs';

/** @param root folder of the repository */
export function describePackage(root) {
  const {name, version} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const manifest = createManifest(root);
  const tokens = sharedTokens(readFileSync(join(root, 'src/elements/shared/base.styles.ts'), 'utf8'));
  const files = {
    'custom-elements.json': json(manifest),
    'vscode.html-custom-data.json': json(htmlData(manifest)),
    'vscode.css-custom-data.json': json(cssData(manifest, tokens)),
    'web-types.json': json(webTypes(manifest, tokens, {name, version})),
    ...Object.fromEntries(Object.entries(frameworkTypes(manifest)).map(([file, text]) => [`types/${file}`, text])),
  };
  mkdirSync(join(root, 'dist/types'), {recursive: true});
  for (const [file, text] of Object.entries(files)) writeFileSync(join(root, 'dist', file), text);
}

const json = (value) => `${JSON.stringify(value, null, 2)}\n`;
