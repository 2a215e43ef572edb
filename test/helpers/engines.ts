import puppeteer from 'puppeteer-core';
import {browserArguments, findBrowser} from '../../scripts/find-browser.mjs';
import {findFirefox, findWebKit} from '../../scripts/find-engines.mjs';
import {WebKitDriver} from './webkit-driver.ts';

const engineNames = ['chromium', 'firefox', 'webkit'] as const;

export type EngineName = (typeof engineNames)[number];

/** A page in one of the engines, with the little that all three can do alike. */
export interface EnginePage {
  go(url: string): Promise<void>;
  /** Runs the body of a function in the page; resolves to what it returns. */
  evaluate<Value>(body: string): Promise<Value>;
  /** Types into what has the focus. */
  type(text: string): Promise<void>;
  press(key: string): Promise<void>;
  close(): Promise<void>;
}

/** The engines to test in: those named in `ENGINES`, separated by commas; all three when it is absent. */
export function wantedEngines(): EngineName[] {
  return (process.env['ENGINES'] ?? engineNames.join()).split(',').map((name) => {
    const known = engineNames.find((engine) => engine === name.trim());
    if (!known) throw new Error(`There is no engine "${name}". Known: ${engineNames.join(', ')}.`);
    return known;
  });
}

/** @throws {Error} where the engine is not on this machine; it says how to get it. */
export function missing(name: EngineName): never {
  throw new Error(`There is no ${name} on this machine. "node scripts/setup.mjs --engines" installs it on Debian; ENGINES=chromium,… leaves it out.`);
}

export async function openPage(name: EngineName): Promise<EnginePage> {
  if (name === 'webkit') return openWebKit();
  const executablePath = (name === 'firefox' ? findFirefox() : findBrowser()) ?? missing(name);
  const browser = await puppeteer.launch({
    browser: name === 'firefox' ? 'firefox' : 'chrome', executablePath, headless: true, args: name === 'firefox' ? [] : browserArguments,
  });
  const page = await browser.newPage();
  return {
    go: async (url) => {
      await page.goto(url);
    },
    evaluate: <Value>(body: string) => page.evaluate(`(() => {${body}})()`) as Promise<Value>,
    type: (text) => page.keyboard.type(text),
    press: (key) => page.keyboard.press(key as 'Enter'),
    close: () => browser.close(),
  };
}

async function openWebKit(): Promise<EnginePage> {
  const driver = await WebKitDriver.open(findWebKit() ?? missing('webkit'));
  return {
    go: (url) => driver.go(url),
    evaluate: (body) => driver.evaluate(body),
    type: (text) => driver.keys({type: text}),
    press: (key) => driver.keys({press: key}),
    close: () => driver.close(),
  };
}
