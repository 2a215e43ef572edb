/** Pages that show a file or a folder of the repository, for links from the guides into the code. */
import {existsSync, readdirSync, readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {codeBlock} from './markdown.mjs';
import {escape} from './text.mjs';

const infoOf = (path) => /\.(\w+)$/.exec(path)?.[1]?.replace(/^(cjs|mjs)$/, 'js') ?? 'text';

/** Where the page of a file or folder is; undefined where there is none of that name. */
export function sourcePage(root, path) {
  if (!path || !existsSync(join(root, path))) return undefined;
  return statSync(join(root, path)).isDirectory() ? `source/${path}/index.html` : `source/${path}.html`;
}

/** @returns `{title, html}` for a path of the repository */
export function renderSource(root, path) {
  const full = join(root, path);
  if (!statSync(full).isDirectory()) return {title: path, html: codeBlock(readFileSync(full, 'utf8'), infoOf(path), path)};
  const names = readdirSync(full).filter((name) => !/^(\.|node_modules$|dist$)/.test(name));
  const items = names.map((name) => {
    const isFolder = statSync(join(full, name)).isDirectory();
    return `<li><code>${escape(name)}${isFolder ? '/' : ''}</code></li>`;
  });
  return {title: `${path}/`, html: `<ul class="files">${items.join('')}</ul>`};
}
