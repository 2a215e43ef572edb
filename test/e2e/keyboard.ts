import assert from 'node:assert/strict';
import {isDeepStrictEqual} from 'node:util';
import type {Page} from 'playwright-core';
import type {Stage, VisitOptions, Visitor} from './stage.ts';

/** What can have the focus, as somebody without a mouse has it before them. */
interface Stop {
  /** Its accessible name, or its text. */
  readonly name: string;
  readonly isInSight: boolean;
}

declare global {
  interface Window {
    /** What has the focus, also in shadow trees. */
    focusedStop?: () => Stop;
    /** The names of all that Tab may come to. */
    stopNames?: () => string[];
    /** In how many frames nothing had the focus, after something had had it. */
    framesWithoutFocus?: number;
  }
}

/** How many stops a page may have before what is looked for. */
const maxStops = 80;

/** A person who has no mouse: they see where the focus is, and go on from there. */
export class Keyboard {
  readonly #visitor: Visitor;
  readonly #page: Page;

  constructor(visitor: Visitor) {
    this.#visitor = visitor;
    this.#page = visitor.page;
  }

  /** To be called before the page loads: looks where the focus is, and in each frame whether it has been lost to the body. */
  static async watch(page: Page): Promise<void> {
    await page.addInitScript(nameStops);
    await page.addInitScript(() => {
      let hadFocus = false;
      window.framesWithoutFocus = 0;
      const look = (): void => {
        const isBody = document.activeElement === document.body || document.activeElement === null;
        if (isBody && hadFocus) window.framesWithoutFocus = (window.framesWithoutFocus ?? 0) + 1;
        hadFocus ||= !isBody;
        requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
  }

  /** Presses keys, one after the other. */
  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.#page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    await this.#page.keyboard.type(text);
  }

  /** Sends by Enter, from the message box. */
  async say(text: string): Promise<void> {
    await this.type(text);
    await this.press('Enter');
    await this.isAt('Message');
  }

  /** Goes by Tab, or backwards by Shift+Tab, to what is called so; each stop on the way has to be in sight. */
  async goTo(name: string | RegExp, {isBackwards = false} = {}): Promise<void> {
    const isThere = async (): Promise<boolean> => (await this.#page.evaluate(() => window.stopNames!())).some((found) => isCalled(found, name));
    await this.#visitor.sees(`“${String(name)}”, which Tab may come to`, isThere);
    const stops: string[] = [];
    while (stops.length < maxStops) {
      await this.press(isBackwards ? 'Shift+Tab' : 'Tab');
      const {name: stop} = await this.#focused();
      // Some fade in when they get the focus.
      await this.#visitor.sees(`“${stop}”, which has the focus`, async () => stop === '' || (await this.#focused()).isInSight);
      if (isCalled(stop, name)) return;
      stops.push(stop);
    }
    assert.fail(`“${String(name)}” cannot be reached by Tab. Stops: ${stops.join(' | ')}`);
  }

  /** Waits until what is called so has the focus, and checks that nothing was ever without it. */
  async isAt(name: string | RegExp): Promise<void> {
    let found = '';
    const isThere = async (): Promise<boolean> => {
      const focused = await this.#focused();
      found = focused.name;
      return isCalled(found, name) && focused.isInSight;
    };
    await this.#visitor.sees(`the focus at ${String(name)}`, isThere).catch((error: unknown) => {
      throw new Error(`The focus is at “${found}”, not at ${String(name)}`, {cause: error});
    });
    assert.equal(await this.#page.evaluate(() => window.framesWithoutFocus), 0, `the focus was lost for a while before ${String(name)}`);
  }

  #focused(): Promise<Stop> {
    return this.#page.evaluate(() => window.focusedStop!());
  }
}

/** Runs in the page. */
function nameStops(): void {
  const nameOf = (element: Element): string => {
    const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])].map(({innerText}) => innerText).join(' ') : '';
    const name = element.getAttribute('aria-label') ?? (labels || (element instanceof HTMLElement ? element.innerText : ''));
    return name.trim();
  };
  window.focusedStop = () => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    if (!element || element === document.body) return {name: 'nothing', isInSight: false};
    const {top, bottom, left, right} = element.getBoundingClientRect();
    const isInView = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
    return {name: nameOf(element), isInSight: isInView && element.checkVisibility({opacityProperty: true, visibilityProperty: true})};
  };
  const stopsIn = (root: ParentNode): Element[] => [...root.querySelectorAll<HTMLElement>('*')].flatMap((element) => [
    // What fades in when it gets the focus is one as well.
    ...(element.tabIndex >= 0 && !element.matches(':disabled') && element.checkVisibility({visibilityProperty: true}) ? [element] : []),
    ...(element.shadowRoot ? stopsIn(element.shadowRoot) : []),
  ]);
  window.stopNames = () => stopsIn(document).map(nameOf);
}

/** Somebody at a page, with nothing but a keyboard. */
export interface Typist {
  readonly ana: Visitor;
  readonly keys: Keyboard;
}

/** A person in a new conversation, in the message box, which they have reached by keys. */
export async function typist(stage: Stage, {session, prepare}: Pick<VisitOptions, 'session' | 'prepare'>): Promise<Typist> {
  const context = await stage.newContext();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const ana = await stage.visit({
    session, context,
    prepare: async (page) => {
      await Keyboard.watch(page);
      await prepare?.(page);
    },
  });
  const keys = new Keyboard(ana);
  await ana.seesEmpty();
  await keys.goTo('Message');
  return {ana, keys};
}

/** Waits until these messages, and no others, wait for their turn. */
export async function seesQueue(ana: Visitor, ...texts: string[]): Promise<void> {
  const waiting = (): Promise<string[]> => ana.input.locator('.queued-text').allInnerTexts();
  await ana.sees(`waiting: ${texts.join()}`, async () => isDeepStrictEqual(await waiting(), texts));
}

function isCalled(found: string, name: string | RegExp): boolean {
  return typeof name === 'string' ? found === name : name.test(found);
}
