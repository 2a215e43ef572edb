import assert from 'node:assert/strict';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import type {Browser} from 'playwright-core';
import {instantPace} from '../../demo/model/pace.ts';
import {startBackend} from '../../examples/server/backend.ts';
import {usualPort} from '../../examples/server/site.ts';
import {exampleNamed} from './examples.ts';
import {Visit} from './visit.ts';

const root = join(import.meta.dirname, '../..');

/** What a document tells newcomers to save as their first page. */
function firstPageOf(document: string): string {
  const [, page] = /```html\n([^]*?)```/.exec(readFileSync(join(root, document), 'utf8')) ?? [];
  assert.ok(page, `${document} begins with a page`);
  return page;
}

/** Copies the first page of a document to an empty folder, opens the file, and asks the agent something. */
export async function copyAndAsk(document: string, browser: Browser): Promise<void> {
  const page = firstPageOf(document);
  assert.ok(page.trimEnd().split('\n').length <= 12, 'it is at most 12 lines');
  const backend = await startBackend({port: 0, pace: instantPace, script: exampleNamed('html').script});
  const folder = mkdtempSync(join(tmpdir(), 'first-page-'));
  try {
    const file = join(folder, 'index.html');
    writeFileSync(file, page.replaceAll(String(usualPort), String(backend.port)));
    const visit = await Visit.at(browser, pathToFileURL(file).href);
    await visit.say('Two days in Lisbon');
    await visit.sees('the answer', async () => (await visit.texts('assistant')).join().includes('Day 2'));
    assert.deepEqual(visit.complaints, []);
    await visit.page.close();
  } finally {
    await backend.close();
    rmSync(folder, {recursive: true, force: true});
  }
}
