/**
 * Makes the recording on the home page: runs the demo, has it plan a holiday in a browser, and exports the session. Run it when
 * the demo says something else: `node --conditions=agent-session-source scripts/docs/record-demo.ts`.
 */
import {mkdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {chromium} from 'playwright-core';
import {startDemo} from '../../demo/start-demo.ts';
import {browserArguments, findBrowser} from '../find-browser.mjs';

const file = join(import.meta.dirname, '../../docs/site/recordings/lisbon.json');
const wish = 'Plan four days in Lisbon for two people from 14 May, €1500';

const demo = await startDemo({port: 0, specialists: {stepMs: 350}});
const browser = await chromium.launch({executablePath: findBrowser(), args: browserArguments});
try {
  const page = await browser.newPage();
  await page.goto(`http://localhost:${demo.port}/?session=recorded&as=Ana`);
  await page.getByRole('textbox', {name: 'Message'}).waitFor();
  await page.evaluate(() => document.querySelector('agent-session')?.toggleAttribute('record', true));
  const box = page.getByRole('textbox', {name: 'Message'});
  await box.fill(wish);
  await box.press('Enter');
  await page.locator('agent-chat article.assistant').getByRole('button', {name: 'Copy answer'}).last().waitFor({state: 'attached', timeout: 90_000});
  const recording = await page.evaluate(() => document.querySelector('agent-session')?.exportRecording());
  mkdirSync(dirname(file), {recursive: true});
  writeFileSync(file, `${JSON.stringify(recording)}\n`);
  console.log(`${String(recording?.events.length)} events, ${String(recording?.duration)} ms`);
} finally {
  await browser.close();
  await demo.close();
}
process.exit();
