import type {Session} from 'agent-session-elements';
import type {Page} from 'playwright-core';
import type {Stage} from '../stage.ts';
import {type Hand, type PageRecord, takeInHand} from './hand.ts';
import type {Person, PersonOptions} from './person.ts';

declare global {
  interface Window {
    hand?: Hand;
    takeInHand?: typeof takeInHand;
    takeHand?: () => Promise<Hand>;
    refused?: (number: number, why: string) => void;
  }
}

/** How long a page may take for anything, in ms. */
const patienceMs = 20_000;

/** Runs in the page: gets hold of its session by the context protocol, as any element in it would, once its history is there. */
async function takeHand(): Promise<Hand> {
  while (!window.hand) {
    const inside = document.querySelector('agent-session > *');
    let session: Session | undefined;
    inside?.dispatchEvent(Object.assign(new Event('context-request', {bubbles: true, composed: true}), {
      context: Symbol.for('agent-session-elements.session'), contextTarget: inside, subscribe: false,
      callback: (state: {status: string; session?: Session}) => (session = state.session),
    }));
    const isThere = session?.snapshot.history.state === 'ready' && session.snapshot.clientId !== undefined;
    if (session && isThere) window.hand = window.takeInHand?.(session, (number, why) => window.refused?.(number, why));
    else await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return window.hand;
}

/** Somebody at the demo's page, in a browser of their own. */
export class PagePerson implements Person {
  readonly problems: string[] = [];
  readonly #page: Page;
  readonly #name: string;

  private constructor(page: Page, name: string) {
    this.#page = page;
    this.#name = name;
  }

  static async sit(stage: Stage, {name, session, onRefused}: PersonOptions): Promise<PagePerson> {
    // Three pages at once on a small machine: what moves for the eye alone would take as long as all the rest.
    const page = await (await stage.newContext({reducedMotion: 'reduce', viewport: {width: 640, height: 480}})).newPage();
    const person = new PagePerson(page, name);
    page.on('pageerror', (error) => person.problems.push(`${name}: ${error.stack ?? error.message}`));
    await page.exposeFunction('refused', onRefused);
    await page.addInitScript(`window.takeInHand = ${takeInHand.toString()}; window.takeHand = ${takeHand.toString()}`);
    await page.goto(`${stage.demo.url}/?${new URLSearchParams({as: name, session}).toString()}`);
    return person;
  }

  act(action: Parameters<Hand['act']>[0]): Promise<string | undefined> {
    return this.#have(async (given) => (await window.takeHand!()).act(given), action);
  }

  rest(ms: number): Promise<readonly string[]> {
    return this.#have(async (given) => (await window.takeHand!()).rest(given), ms, ms);
  }

  record(): Promise<PageRecord> {
    return this.#have(async () => (await window.takeHand!()).record(), undefined);
  }

  async reload(): Promise<void> {
    await this.#have(async () => {
      await window.takeHand!();
    }, undefined);
    await this.#page.reload({waitUntil: 'commit'});
  }

  async leave(): Promise<void> {
    await this.#page.context().close();
  }

  /** Has the page do something; a page that is busy for good is told from one that is slow. */
  async #have<A, R>(work: (given: A) => Promise<R>, given: A, ms = 0): Promise<R> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`The page of ${this.#name} does not come to an end with ${JSON.stringify(given)}`)), patienceMs + ms);
    });
    try {
      return await Promise.race([late, this.#evaluate(work, given)]);
    } finally {
      clearTimeout(timer);
    }
  }

  async #evaluate<A, R>(work: (given: A) => Promise<R>, given: A): Promise<R> {
    for (;;) {
      try {
        // Playwright's type of what may be passed to a page is narrower than what may.
        return await this.#page.evaluate(work as (given: unknown) => Promise<R>, given);
      } catch (error) {
        // It was being reloaded.
        if (!/context was destroyed|navigat/i.test(String(error))) throw error;
        await this.#page.waitForLoadState('domcontentloaded');
      }
    }
  }
}
