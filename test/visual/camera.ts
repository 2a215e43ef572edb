import {readFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import {join} from 'node:path';
import type {AxeResults} from 'axe-core';
import {type Browser, chromium, type Page} from 'playwright-core';
import {build} from 'vite';
import {browserArguments, findBrowser} from '../../scripts/find-browser.mjs';
import {moment} from './moment.ts';
import type {Shot} from './shots.ts';

/** The same pixels on every machine, as far as a browser can be told. */
const sameEverywhere = ['--font-render-hinting=none', '--disable-lcd-text', '--force-color-profile=srgb', '--hide-scrollbars'];
const tallest = 1600;

interface StageWindow extends Window {
  show(shot: Shot): Promise<void>;
  axe: {run(context: Document, options: object): Promise<AxeResults>};
}

/** A page without a network that shows scenes, and takes pictures of them. */
export class Camera {
  readonly #browser: Browser;
  readonly #page: Page;

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.#page = page;
  }

  static async open(): Promise<Camera> {
    const script = await bundle();
    const browser = await chromium.launch({executablePath: findBrowser(), args: [...browserArguments, ...sameEverywhere]});
    const context = await browser.newContext({locale: 'en-GB', timezoneId: 'UTC', reducedMotion: 'reduce', deviceScaleFactor: 1});
    const page = await context.newPage();
    await page.clock.setFixedTime(moment);
    await page.route('**/*', (route) => route.request().url().endsWith('stage.js')
      ? route.fulfill({contentType: 'text/javascript', body: script})
      : route.fulfill({contentType: 'text/html', body: '<!doctype html><html lang="en"><meta charset="utf-8"><title>Scenes</title><body><script type="module" src="/stage.js"></script>'}));
    await page.goto('http://scenes.test/');
    await page.waitForFunction(() => 'show' in window);
    await page.addScriptTag({content: await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')});
    // What colours code, and what reads Markdown, come on first use: before any picture.
    await page.evaluate((options) => (window as unknown as StageWindow).show(options), {name: '', scene: 'conversation', width: 0} satisfies Shot);
    await page.locator('.tok-keyword').first().waitFor({state: 'attached'});
    return new Camera(browser, page);
  }

  /** Shows a scene as a shot says. */
  async show(shot: Shot): Promise<void> {
    const {width, scheme = 'light', forcedColors = false} = shot;
    await this.#page.setViewportSize({width, height: shot.scene.startsWith('launch') ? 820 : 1000});
    await this.#page.emulateMedia({colorScheme: scheme, forcedColors: forcedColors ? 'active' : 'none', reducedMotion: 'reduce'});
    await this.#page.evaluate((options) => (window as unknown as StageWindow).show(options), shot);
  }

  /** A picture of what is shown, as a PNG. */
  async take({scene, width}: Shot): Promise<Buffer> {
    const isWindow = scene.startsWith('launch');
    const box = await this.#page.locator('main').boundingBox();
    const height = isWindow ? 820 : Math.min(Math.ceil(box?.height ?? tallest), tallest);
    await this.#page.mouse.move(0, 0);
    return this.#page.screenshot({animations: 'disabled', caret: 'hide', fullPage: !isWindow, clip: {x: 0, y: 0, width, height}});
  }

  /** What has too little contrast in what is shown: one line for each. */
  async faint(): Promise<string[]> {
    const results = await this.#page.evaluate(() => (window as unknown as StageWindow).axe.run(document, {runOnly: ['color-contrast']}));
    return results.violations.flatMap(({nodes}) => nodes.map(({target, any}) => `${target.flat().join(' ')}: ${any[0]?.message ?? ''}`));
  }

  close(): Promise<void> {
    return this.#browser.close();
  }
}

/** The elements, the scenes and the fonts in one file. */
async function bundle(): Promise<string> {
  const result = await build({
    root: join(import.meta.dirname, '../..'),
    configFile: false,
    logLevel: 'error',
    resolve: {conditions: ['agent-session-source', 'module', 'browser', 'production']},
    build: {
      write: false,
      minify: false,
      target: 'esnext',
      assetsInlineLimit: Number.MAX_SAFE_INTEGER,
      lib: {entry: join(import.meta.dirname, 'stage.ts'), formats: ['es'], fileName: () => 'stage.js'},
      rolldownOptions: {output: {codeSplitting: false}},
    },
  });
  const [output] = Array.isArray(result) ? result : [result];
  if (!('output' in output)) throw new Error('The scenes could not be built.');
  return output.output[0].code;
}
