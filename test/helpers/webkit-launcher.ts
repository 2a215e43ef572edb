import type {BrowserLauncher} from '@web/test-runner-core';
import type {KeyCommand} from './keys-plugin.ts';
import type {MouseCommand} from './mouse-plugin.ts';
import {WebKitDriver, type WebKitPlace} from './webkit-driver.ts';

type SessionResult = Awaited<ReturnType<BrowserLauncher['stopSession']>>;

/** Lets the test runner run tests in WebKitGTK, one file at a time. */
export class WebKitLauncher implements BrowserLauncher {
  readonly name = 'WebKit';
  readonly type = 'webkit';
  readonly concurrency = 1;
  readonly #place: WebKitPlace;
  #opening: Promise<WebKitDriver> | undefined;
  #active: {id: string; url: string} | undefined;

  constructor(place: WebKitPlace) {
    this.#place = place;
  }

  async startSession(id: string, url: string): Promise<void> {
    this.#active = {id, url};
    await (await this.#driver).go(url);
  }

  startDebugSession(): Promise<void> {
    return Promise.reject(new Error('The runner cannot debug in WebKit: open the page in it by hand.'));
  }

  isActive(id: string): boolean {
    return this.#active?.id === id;
  }

  getBrowserUrl(id: string): string | undefined {
    return this.isActive(id) ? this.#active?.url : undefined;
  }

  async stopSession(id: string): Promise<SessionResult> {
    if (this.isActive(id)) {
      this.#active = undefined;
      await (await this.#driver).go('about:blank');
    }
    return {};
  }

  async stop(): Promise<void> {
    await (await this.#opening?.catch(() => undefined))?.close();
  }

  async keys(command: KeyCommand): Promise<void> {
    await (await this.#driver).keys(command);
  }

  async mouse(command: MouseCommand): Promise<void> {
    await (await this.#driver).mouse(command);
  }

  async resize(size: {width: number; height: number}): Promise<void> {
    await (await this.#driver).resize(size);
  }

  get #driver(): Promise<WebKitDriver> {
    return (this.#opening ??= WebKitDriver.open(this.#place));
  }
}
