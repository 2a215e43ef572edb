import assert from 'node:assert/strict';
import {existsSync} from 'node:fs';
import {dirname, join, normalize} from 'node:path';
import {describe, test} from 'node:test';
import {slugger} from '../../scripts/docs/text.mjs';
import {filesOf, read, root, site} from './files.ts';

const isRemote = (href: string): boolean => /^[a-z][a-z+.-]*:/i.test(href);

describe('Links', () => {
  test('of the built site lead to a page of it, and to a place that is there', () => {
    const pages = new Map(filesOf(site, '.html').map((path) => [path, read(join(site, path))]));
    const ids = new Map([...pages].map(([path, html]) => [path, new Set([...html.matchAll(/\sid="([^"]*)"/g)].map(([, id = '']) => id))]));
    const broken = [...pages].flatMap(([path, html]) => [...html.matchAll(/\s(?:href|src)="([^"]*)"/g)].flatMap(([, href = '']) => {
      if (isRemote(href)) return [];
      const [target = '', fragment = ''] = decodeURI(href).split('#');
      const file = target === '' ? path : normalize(join(dirname(path), target));
      if (!existsSync(join(site, file))) return [`${path}: ${href} does not exist`];
      // The playground's fragment is the name of an element.
      return fragment === '' || !file.endsWith('.html') || file === 'playground.html' || ids.get(file)?.has(fragment) ? [] : [`${path}: ${href} names no place there`];
    }));
    assert.ok(pages.size > 25, 'the site is built');
    assert.deepEqual(broken, []);
  });

  test('of the built site fetch nothing from elsewhere', () => {
    const remote = filesOf(site, '.html').flatMap((path) => [...read(join(site, path)).matchAll(/<(?:script|link|img|iframe|source)\b[^>]*\b(?:src|href)="(https?:)?\/\/[^"]*"/g)].map(([tag]) => `${path}: ${tag}`));
    assert.deepEqual(remote, []);
  });

  test('of the Markdown in the repository lead to a file, and to a heading of it', () => {
    const broken = filesOf(root, '.md').flatMap((path) => {
      const text = withoutCode(read(join(root, path)));
      return [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, href = '']) => {
        if (isRemote(href)) return [];
        const [target = '', fragment = ''] = href.split('#');
        const file = target === '' ? path : normalize(join(dirname(path), target));
        if (!existsSync(join(root, file))) return [`${path}: ${href} does not exist`];
        return fragment === '' || !file.endsWith('.md') || headingsOf(file).has(fragment) ? [] : [`${path}: ${href} names no heading`];
      });
    });
    assert.deepEqual(broken, []);
  });
});

const withoutCode = (text: string): string => text.replaceAll(/^```[\s\S]*?^```$/gm, '').replaceAll(/`[^`\n]*`/g, '');

function headingsOf(path: string): Set<string> {
  const slug = slugger();
  const text = read(join(root, path)).replaceAll(/^```[\s\S]*?^```$/gm, '');
  return new Set([...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => slug(heading.replaceAll(/[`*]|\[([^\]]*)\]\([^)]*\)/g, '$1'))));
}
