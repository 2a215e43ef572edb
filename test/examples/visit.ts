import {type Browser, chromium, type Page, type WebSocket} from 'playwright-core';
import {browserArguments, findBrowser} from '../../scripts/find-browser.mjs';

/** Counts, in the page, the listeners on `window` and `document` that are there now. */
function countListeners(): void {
  const present = new Set<string>();
  // Held weakly: whoever listens may hold an element.
  const ids = new WeakMap<object, number>();
  let count = 0;
  const idOf = (listener: object): number => {
    const id = ids.get(listener) ?? (count += 1);
    ids.set(listener, id);
    return id;
  };
  for (const [name, target] of [['window', window], ['document', document]] as const) {
    const {addEventListener, removeEventListener} = target;
    const keyOf = (type: string, listener: object, options?: EventListenerOptions | boolean): string => {
      const isCapturing = typeof options === 'object' ? options.capture === true : options === true;
      return `${name} ${type} ${idOf(listener)} ${isCapturing}`;
    };
    target.addEventListener = (type: string, listener: EventListenerOrEventListenerObject, options?: AddEventListenerOptions | boolean) => {
      const {once = false, signal} = typeof options === 'object' ? options : {};
      const key = keyOf(type, listener, options);
      if (!once && !signal?.aborted) present.add(key);
      signal?.addEventListener('abort', () => present.delete(key));
      addEventListener.call(target, type, listener, options);
    };
    target.removeEventListener = (type: string, listener: EventListenerOrEventListenerObject, options?: EventListenerOptions | boolean) => {
      present.delete(keyOf(type, listener, options));
      removeEventListener.call(target, type, listener, options);
    };
  }
  Object.assign(window, {presentListeners: () => [...present].map((key) => key.split(' ').slice(0, 2).join(' ')).sort()});
}

/** Somebody who looks at an example's page. */
export class Visit {
  readonly page: Page;
  /** Errors, warnings, and what the page's policy refused. */
  readonly complaints: string[] = [];
  /** The page's content security policy. */
  policy = '';
  readonly #sockets = new Set<WebSocket>();

  private constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.complaints.push(error.stack ?? error.message));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type()) && !message.location().url.endsWith('favicon.ico')) this.complaints.push(message.text());
    });
    page.on('websocket', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    // A document takes its sockets with it; whether they were closed is not always told.
    page.on('framenavigated', (frame) => {
      if (frame === page.mainFrame()) this.#sockets.clear();
    });
  }

  static async at(browser: Browser, url: string): Promise<Visit> {
    // Where nobody's server is.
    const page = await browser.newPage({timezoneId: 'Asia/Tokyo'});
    await page.addInitScript(countListeners);
    const visit = new Visit(page);
    // A server in development builds the page when it is asked for it.
    const response = await page.goto(url, {timeout: 90_000});
    visit.policy = response?.headers()['content-security-policy'] ?? '';
    return visit;
  }

  /** How many sockets of the page are open. */
  get sockets(): number {
    return this.#sockets.size;
  }

  /** What listens on `window` and `document` now, by target and type. */
  listeners(): Promise<string[]> {
    return this.page.evaluate(() => (window as unknown as {presentListeners: () => string[]}).presentListeners());
  }

  /** Remembers the conversation's element of this moment, without holding it. */
  async noteChat(): Promise<void> {
    await this.page.evaluate(() => {
      const page = window as unknown as {chats?: WeakRef<Element>[]};
      const chat = document.querySelector('agent-chat');
      if (chat) (page.chats ??= []).push(new WeakRef(chat));
    });
  }

  /** How many of the elements that were noted are held by anything. */
  async heldChats(): Promise<number> {
    await this.page.requestGC();
    return this.page.evaluate(() => {
      const {chats = []} = window as unknown as {chats?: WeakRef<Element>[]};
      return new Set(chats.map((chat) => chat.deref()).filter((chat) => chat !== undefined)).size;
    });
  }

  async say(text: string): Promise<void> {
    const box = this.page.getByRole('textbox', {name: 'Message'});
    await box.fill(text);
    await box.press('Enter');
  }

  /** The texts of the messages of one kind, oldest first. */
  texts(kind: 'mine' | 'assistant'): Promise<string[]> {
    return this.page.locator(`agent-chat article.${kind} .content`).allInnerTexts();
  }

  /** Waits for a condition on what is shown. */
  async sees(what: string, condition: () => Promise<boolean> | boolean, timeoutMs = 15_000): Promise<void> {
    const end = Date.now() + timeoutMs;
    while (!(await condition())) {
      if (Date.now() > end) throw new Error(`It was not seen in time: ${what}. Seen: ${await this.page.locator('body').innerText()}; ${this.complaints.join('\n')}`);
      await this.page.waitForTimeout(30);
    }
  }
}

export const launch = (): Promise<Browser> => chromium.launch({executablePath: findBrowser(), args: browserArguments});
