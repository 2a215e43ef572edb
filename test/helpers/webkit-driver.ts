import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {createConnection, createServer} from 'node:net';
import type {KeyCommand} from './keys-plugin.ts';
import type {MouseCommand} from './mouse-plugin.ts';
import {webDriverKeys} from './webdriver-keys.ts';

export interface WebKitPlace {
  /** WebKitGTK's driver. */
  driver: string;
  /** WebKitGTK's small browser, which comes with the library. */
  browser: string;
  /** A display without a screen; undefined where the machine has one. */
  xvfb: string | undefined;
}

const timeoutMs = 600_000;

/**
 * One WebKitGTK, driven by WebDriver (https://www.w3.org/TR/webdriver2/). WebdriverIO would do the same with two hundred
 * packages and download scripts; six requests are needed.
 */
export class WebKitDriver {
  readonly #place: WebKitPlace;
  readonly #processes: ChildProcess[] = [];
  #base = '';

  private constructor(place: WebKitPlace) {
    this.#place = place;
  }

  static async open(place: WebKitPlace): Promise<WebKitDriver> {
    const driver = new WebKitDriver(place);
    try {
      await driver.#open();
      return driver;
    } catch (error) {
      driver.#end();
      throw error;
    }
  }

  async go(url: string): Promise<void> {
    await this.#request('url', {url});
  }

  /** Runs the body of a function in the page; resolves to what it returns. */
  evaluate<Value>(body: string): Promise<Value> {
    return this.#request<Value>('execute/sync', {script: body, args: []});
  }

  async keys(command: KeyCommand): Promise<void> {
    await this.#request('actions', {actions: [{type: 'key', id: 'keyboard', actions: webDriverKeys(command)}]});
  }

  async mouse(command: MouseCommand): Promise<void> {
    await this.#request('actions', {actions: [{type: 'pointer', id: 'mouse', parameters: {pointerType: 'mouse'}, actions: [command]}]});
  }

  /** Makes the page's inside as large as this, in CSS pixels, but not less than the browser's window allows. */
  async resize({width, height}: {width: number; height: number}): Promise<void> {
    const frame = await this.evaluate<{width: number; height: number}>(
      'return {width: outerWidth - innerWidth, height: outerHeight - innerHeight}',
    );
    await this.#request('window/rect', {width: width + frame.width, height: height + frame.height});
  }

  async close(): Promise<void> {
    // It may have ended already.
    await fetch(this.#base, {method: 'DELETE'}).catch(() => undefined);
    this.#end();
  }

  async #open(): Promise<void> {
    const {driver, browser, xvfb} = this.#place;
    const port = await freePort();
    // One display each, so that two at once do not meet.
    const display = `:${100 + (port % 10_000)}`;
    if (xvfb !== undefined) this.#start(xvfb, [display, '-screen', '0', '1400x1100x24', '-nolisten', 'tcp']);
    this.#start(driver, [`--port=${port}`, '--host=127.0.0.1'], xvfb === undefined ? {} : {DISPLAY: display});
    await listening(port);
    const {sessionId} = await post<{sessionId: string}>(`http://127.0.0.1:${port}/session`, {
      capabilities: {alwaysMatch: {browserName: 'MiniBrowser', 'webkitgtk:browserOptions': {binary: browser, args: ['--automation']}}},
    });
    this.#base = `http://127.0.0.1:${port}/session/${sessionId}`;
    await this.#request('timeouts', {pageLoad: timeoutMs, script: timeoutMs});
  }

  #request<Value = unknown>(path: string, body: object): Promise<Value> {
    return post<Value>(`${this.#base}/${path}`, body);
  }

  #start(command: string, args: string[], env: Record<string, string> = {}): void {
    const child = spawn(command, args, {env: {...process.env, ...env}, stdio: 'ignore'});
    this.#processes.push(child);
    process.once('exit', () => child.kill());
  }

  #end(): void {
    for (const child of this.#processes.reverse()) child.kill();
  }
}

async function post<Value>(url: string, body: object): Promise<Value> {
  const response = await fetch(url, {method: 'POST', body: JSON.stringify(body)});
  const {value} = (await response.json()) as {value: Value & {error?: string; message?: string}};
  if (!response.ok) throw new Error(`WebKit's driver refused ${new URL(url).pathname}: ${value.error}, ${value.message}`);
  return value;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}

/** Resolves once something listens on the port; rejects after twenty seconds. */
async function listening(port: number): Promise<void> {
  for (const until = Date.now() + 20_000; Date.now() < until; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const socket = createConnection({port, host: '127.0.0.1'});
    const isOpen = await once(socket, 'connect').then(() => true, () => false);
    socket.destroy();
    if (isOpen) return;
  }
  throw new Error(`WebKit's driver did not begin to listen on port ${port}.`);
}
