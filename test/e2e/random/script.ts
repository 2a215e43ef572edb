import assert from 'node:assert/strict';
import type {Page} from 'playwright-core';
import type {Stage} from '../stage.ts';
import type {TokenGate} from '../token-gate.ts';
import {checkAll} from './check.ts';
import {type PageRecord, takeHand} from './in-page.ts';
import {type Action, type ActionKind, inWords, people, type PersonName, planOf} from './plan.ts';
import {readChannel} from './channel-record.ts';
import type {TerseModel} from './terse-model.ts';

/** How long everything may take to come to rest, in ms: longer than a page waits until it wakes an agent for another one. */
const restMs = 30_000;

/** What is done instead where something cannot be done. */
const instead: Readonly<Partial<Record<ActionKind, ActionKind>>> = {stop: 'interrupt', select: 'edit', edit: 'alongside', regenerate: 'steer', approve: 'steer', deny: 'steer'};

async function writeTrace(file: string, port: number, channel: string): Promise<void> {
  const {writeFile} = await import('node:fs/promises');
  await writeFile(file, (await readChannel(port, channel)).map((event) => JSON.stringify(event)).join('\n'));
}

/** A page that is busy for good is told from one that is slow. */
async function inTime<T>(work: Promise<T>, otherwise: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(otherwise)), 15_000);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

const saying: ReadonlySet<ActionKind> = new Set(['interrupt', 'steer', 'queue', 'alongside', 'edit']);

/** Plays scripts of random actions, each in a conversation of its own, with three pages. */
export class Script {
  readonly #stage: Stage;
  readonly #gate: TokenGate;
  readonly #model: TerseModel;
  readonly #pages: ReadonlyMap<PersonName, Page>;
  readonly #problems: string[] = [];
  #done: string[] = [];
  #said: string[] = [];
  #refused = new Map<number, string>();

  private constructor(stage: Stage, gate: TokenGate, model: TerseModel, pages: ReadonlyMap<PersonName, Page>) {
    this.#stage = stage;
    this.#gate = gate;
    this.#model = model;
    this.#pages = pages;
  }

  static async set(stage: Stage, gate: TokenGate, model: TerseModel): Promise<Script> {
    const pages = new Map<PersonName, Page>();
    const script = new Script(stage, gate, model, pages);
    for (const name of people) {
      const page = await (await stage.newContext()).newPage();
      page.on('pageerror', (error) => script.#problems.push(`${name}: ${error.stack ?? error.message}`));
      await page.exposeFunction('refused', (number: number, why: string) => void script.#refused.set(number, why));
      await page.addInitScript(`window.takeHand = ${takeHand.toString()}`);
      pages.set(name, page);
    }
    return script;
  }

  async play(seed: number, count: number): Promise<void> {
    const plan = planOf(seed, count);
    const session = `random-${seed}`;
    this.#done = [];
    this.#said = [];
    this.#refused = new Map();
    this.#gate.close();
    const calls = this.#model.calls.length;
    await Promise.all(people.map((name) => this.#page(name).goto(`${this.#stage.demo.url}/?as=${name}&session=${session}`)));
    try {
      for (const action of plan) await this.#carryOut(action);
      this.#gate.open();
      await this.#rest();
      const records = await Promise.all(people.map((name) => this.#record(name)));
      const events = await readChannel(this.#stage.broker.port, `conversations:${session}`);
      checkAll({said: this.#said, records, events, calls: this.#model.calls.slice(calls)});
      assert.deepEqual(this.#problems.splice(0), []);
    } catch (error) {
      if (process.env['TRACE']) await writeTrace(process.env['TRACE'], this.#stage.broker.port, `conversations:${session}`);
      console.error([`What was done, by seed ${seed}:`, ...this.#done, ...[...this.#refused].map(([number, why]) => `${number} was refused: ${why}`)].join('\n'));
      throw error;
    }
  }

  #page(name: PersonName): Page {
    const page = this.#pages.get(name);
    assert.ok(page);
    return page;
  }

  /** Has a page do something, as soon as its conversation is there. */
  async #have<T>(name: PersonName, work: (action: Action) => Promise<T> | T, action?: Action): Promise<T> {
    const page = this.#page(name);
    for (const end = Date.now() + 15_000; ; ) {
      try {
        if (await inTime(page.evaluate(() => window.takeHand?.() ?? false), `${name} is not there`)) return await inTime(page.evaluate(work, action!), `${name} does not come to an end with ${action ? inWords(action) : 'looking'}`);
      } catch (error) {
        // It was being reloaded.
        if (!/context was destroyed|navigat/i.test(String(error))) throw error;
      }
      if (Date.now() > end) assert.fail(`The conversation of ${name} is not there`);
      await page.waitForTimeout(20);
    }
  }

  async #carryOut(action: Action): Promise<void> {
    this.#gate.allow(action.tokens);
    if (action.kind === 'reload') {
      await this.#have(action.who, () => undefined);
      await this.#page(action.who).reload({waitUntil: 'commit'});
      this.#done.push(inWords(action));
    } else if (action.kind === 'cut') {
      this.#stage.faults.cut({clientId: action.who});
      this.#done.push(inWords(action));
    } else {
      let kind: ActionKind = action.kind;
      let outcome: string | undefined;
      for (;;) {
        outcome = await this.#have(action.who, (asked) => window.hand!.act(asked), {...action, kind});
        const other: ActionKind | undefined = instead[kind];
        if (outcome !== undefined || other === undefined) break;
        kind = other;
      }
      if (outcome !== undefined && saying.has(kind) && !this.#refused.has(action.number)) this.#said.push(action.text);
      this.#done.push(`${inWords({...action, kind})}: ${outcome ?? 'impossible'}`);
    }
  }

  /** Waits until nothing goes on any more in sight of anybody; what waits for a person there is approved. */
  async #rest(): Promise<void> {
    for (const end = Date.now() + restMs; ; ) {
      const unrest: string[] = [];
      for (const name of people) unrest.push(...(await this.#have(name, () => window.hand!.unrest())).map((what) => `${name}: ${what}`));
      if (unrest.length === 0) return;
      if (Date.now() > end) assert.fail(`It does not come to rest:\n${unrest.join('\n')}`);
      await this.#page('Ana').waitForTimeout(30);
    }
  }

  async #record(name: PersonName): Promise<PageRecord> {
    return this.#have(name, () => window.hand!.record());
  }
}
