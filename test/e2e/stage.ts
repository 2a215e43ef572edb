import assert from 'node:assert/strict';
import {isDeepStrictEqual} from 'node:util';
import {type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Locator, type Page} from 'playwright-core';
import {type BrokerServerOptions, type FaultSwitches, type RunningBroker, startBroker} from '../../broker/index.ts';
import {type DemoOptions, type RunningDemo, startDemo} from '../../demo/start-demo.ts';
import {browserArguments, findBrowser} from '../../scripts/find-browser.mjs';
import {TokenGate} from './token-gate.ts';

export interface VisitOptions {
  /** Who opens the page. */
  as?: string;
  session?: string;
  agentUrl?: string;
  context?: BrowserContext;
  /** Called before the page loads. */
  prepare?: (page: Page) => Promise<unknown>;
}

/** The whole thing as a person has it: broker, agent and page, each the real one, with a model whose tokens the test hands out. */
export class Stage {
  readonly gate = new TokenGate();
  readonly broker: RunningBroker;
  readonly demo: RunningDemo;
  readonly #browser: Browser;
  readonly #problems: string[] = [];

  private constructor(broker: RunningBroker, demo: RunningDemo, browser: Browser, gate: TokenGate) {
    this.broker = broker;
    this.demo = demo;
    this.#browser = browser;
    this.gate = gate;
  }

  static async set(options: BrokerServerOptions = {}, demoOptions: Partial<DemoOptions> = {}): Promise<Stage> {
    const broker = await startBroker({port: 0, faults: true, ...options});
    const gate = new TokenGate();
    const demo = await startDemo({port: 0, brokerPort: broker.port, isTest: true, pace: gate.pace, ...demoOptions});
    const browser = await chromium.launch({executablePath: findBrowser(), args: browserArguments});
    return new Stage(broker, demo, browser, gate);
  }

  /** What can be made to fail. */
  get faults(): FaultSwitches {
    const {faults} = this.broker.server;
    assert.ok(faults, 'the broker was started with faults');
    return faults;
  }

  newContext(options?: BrowserContextOptions): Promise<BrowserContext> {
    return this.#browser.newContext(options);
  }

  /** Opens the demo in a tab of its own. What a page reports as an error, or as against its policy, fails the test at the end. */
  async visit({as = 'Ana', session = 'trip', agentUrl, context, prepare}: VisitOptions = {}): Promise<Visitor> {
    const page = await (context ?? (await this.newContext())).newPage();
    page.on('pageerror', (error) => this.#problems.push(error.stack ?? error.message));
    page.on('console', (message) => {
      if (/Content Security Policy|TrustedHTML|TrustedScript/.test(message.text())) this.#problems.push(message.text());
    });
    await prepare?.(page);
    const query = new URLSearchParams({as, session, ...(agentUrl === undefined ? {} : {'agent-url': agentUrl})});
    await page.goto(`${this.demo.url}/?${query.toString()}`);
    return new Visitor(page);
  }

  /** Says something that is to be heard in mid-answer, and waits until the model has been called anew with it. */
  async heard(visitor: Visitor, say: () => Promise<void>): Promise<void> {
    const calls = this.demo.modelCalls();
    await say();
    await visitor.sees('another call of the model', () => Promise.resolve(this.demo.modelCalls() === calls + 1));
  }

  /** Closes the pages of one test, and checks that none of them reported a problem. */
  async clear(): Promise<void> {
    this.faults.reset();
    this.gate.open();
    for (const context of this.#browser.contexts()) await context.close();
    this.gate.renew();
    assert.deepEqual(this.#problems.splice(0), []);
  }

  async strike(): Promise<void> {
    this.gate.open();
    await this.#browser.close();
    await this.demo.close();
    await this.broker.close();
  }
}

/** A person at a page of the demo: what they see, and what they do. */
export class Visitor {
  readonly page: Page;
  /** All that the conversation shows, the input apart. */
  readonly chat: Locator;
  readonly input: Locator;
  readonly box: Locator;
  readonly messages: Locator;
  readonly answers: Locator;
  readonly own: Locator;
  readonly runs: Locator;
  readonly banner: Locator;
  readonly stopButton: Locator;

  constructor(page: Page) {
    this.page = page;
    this.chat = page.locator('agent-chat .chat');
    this.input = page.locator('barge-in-input .frame');
    this.box = page.getByRole('textbox', {name: 'Message'});
    this.messages = page.locator('agent-chat article');
    this.answers = page.locator('agent-chat article.assistant');
    this.own = page.locator('agent-chat article.mine');
    this.runs = page.locator('agent-chat .run');
    this.banner = page.locator('agent-chat .banner');
    this.stopButton = page.getByRole('button', {name: 'Stop', exact: true});
  }

  async say(text: string): Promise<void> {
    await this.box.fill(text);
    await this.box.press('Enter');
  }

  /** The text of all messages, oldest first. */
  async texts(): Promise<string[]> {
    return this.messages.locator('.content').allInnerTexts();
  }

  /** Waits for a condition on what is shown. */
  async sees(what: string, condition: () => Promise<boolean>, timeoutMs = 10_000): Promise<void> {
    const end = Date.now() + timeoutMs;
    while (!(await condition())) {
      if (Date.now() > end) assert.fail(`It was not seen in time: ${what}. Seen: ${JSON.stringify(await this.chat.allInnerTexts())}`);
      // From here, not by a frame of the page: a tab in the background has none.
      await this.page.waitForTimeout(30);
    }
  }

  async seesText(locator: Locator, text: string | RegExp, timeoutMs?: number): Promise<void> {
    const matches = async (): Promise<boolean> => {
      const seen = (await locator.allInnerTexts()).join('\n');
      return typeof text === 'string' ? seen.includes(text) : text.test(seen);
    };
    await this.sees(String(text), matches, timeoutMs);
  }

  async seesCount(locator: Locator, count: number, timeoutMs?: number): Promise<void> {
    await this.sees(`${count} of ${String(locator)}`, async () => (await locator.count()) === count, timeoutMs);
  }

  /** Waits until the conversation is there, with nothing in it: the page's own words for that stand in it before. */
  async seesEmpty(): Promise<void> {
    await this.seesCount(this.chat.locator('[part=empty]'), 1);
  }

  /** Waits until the same messages are shown as to somebody else. */
  async seesSame(other: Visitor): Promise<void> {
    let [own, theirs]: string[][] = [[], []];
    const areSame = async (): Promise<boolean> => {
      [own, theirs] = await Promise.all([this.texts(), other.texts()]);
      return isDeepStrictEqual(own, theirs);
    };
    await this.sees('the same as somebody else sees', areSame).catch(() => assert.deepEqual(own, theirs));
  }

  /** Waits until the last answer is done: nothing works any more, and nothing shows as it is written until it can be formatted. */
  async seesRest(timeoutMs?: number): Promise<void> {
    const unrest = this.page.locator('agent-chat .run.working, agent-chat .run.stopping, agent-chat .streaming, agent-chat p.raw');
    await this.sees('no run at work', async () => (await unrest.count()) === 0, timeoutMs);
  }
}
