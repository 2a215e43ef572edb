import assert from 'node:assert/strict';
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {after, afterEach, before, describe, test} from 'node:test';
import {startDemo} from '../../demo/start-demo.ts';
import {Stage, Visitor} from './stage.ts';
import {TokenGate} from './token-gate.ts';

const outageMs = 5000;

describe('a conversation over a line that fails', () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.set();
  });
  afterEach(() => stage.clear());
  after(() => stage.strike());

  test('a cut of 5 s in mid-answer is said, and the answer completes without loss', async () => {
    const watcher = await stage.visit({session: 'cut', as: 'Bo'});
    const ana = await stage.visit({session: 'cut'});
    await ana.say('Five days in Rome');
    stage.gate.allow(30);
    for (const person of [ana, watcher]) await person.sees('the beginning', async () => ((await person.texts())[1]?.length ?? 0) > 60);
    stage.faults.goDark({clientId: 'Ana', ms: outageMs});
    await ana.seesText(ana.banner, 'Connection lost');
    stage.gate.open();
    await watcher.seesRest();
    await ana.seesCount(ana.banner, 0, 20_000);
    await ana.seesRest();
    await ana.seesSame(watcher);
  });

  test('a message written while the line is down is kept, labelled, and delivered once', async () => {
    const watcher = await stage.visit({session: 'offline', as: 'Bo'});
    const ana = await stage.visit({session: 'offline'});
    await ana.seesCount(ana.banner, 0);
    await ana.seesEmpty();
    stage.faults.goDark({clientId: 'Ana'});
    await ana.seesText(ana.banner, 'Connection lost');
    await ana.say('Two days in Paris');
    await ana.seesText(ana.own, 'Will be sent when you are back online');
    stage.faults.lightUp();
    stage.gate.open();
    await watcher.seesText(watcher.answers, 'Paris', 20_000);
    await watcher.seesRest();
    await ana.seesRest(20_000);
    assert.equal((await watcher.texts()).filter((text) => text === 'Two days in Paris').length, 1);
    await ana.seesSame(watcher);
  });

  test('it is delivered once also when the page is reloaded before the line is back', async () => {
    const calls = stage.demo.modelCalls();
    const ana = await stage.visit({session: 'offline-reload'});
    await ana.seesEmpty();
    stage.faults.goDark({clientId: 'Ana'});
    await ana.seesText(ana.banner, 'Connection lost');
    await ana.say('Two days in Paris');
    await ana.seesText(ana.own, 'Will be sent when you are back online');
    await ana.page.reload();
    await ana.seesText(ana.own, 'Two days in Paris');
    stage.faults.lightUp();
    stage.gate.open();
    await ana.seesText(ana.answers, 'Paris', 20_000);
    await ana.seesRest();
    const watcher = await stage.visit({session: 'offline-reload', as: 'Bo'});
    await watcher.seesCount(watcher.answers, 1);
    assert.equal((await watcher.texts()).filter((text) => text === 'Two days in Paris').length, 1);
    assert.equal(stage.demo.modelCalls() - calls, 1);
  });

  test('two tabs of one browser do not both send what one of them kept', async () => {
    const context = await stage.newContext();
    const first = await stage.visit({session: 'two-tabs', context});
    const second = await stage.visit({session: 'two-tabs', context});
    for (const tab of [first, second]) await tab.seesEmpty();
    stage.faults.goDark({clientId: 'Ana'});
    await first.seesText(first.banner, 'Connection lost');
    await first.say('Two days in Paris');
    await first.seesText(first.own, 'Will be sent');
    await second.page.reload();
    stage.faults.lightUp();
    stage.gate.open();
    await second.seesText(second.answers, 'Paris', 20_000);
    await first.seesText(first.answers, 'Paris', 20_000);
    await first.seesRest();
    assert.equal(await second.own.count(), 1);
    assert.equal(await first.own.count(), 1);
  });
});

test('the broker killed and started again on its file: the conversation is still there and goes on', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'broker-'));
  const file = join(folder, 'sessions.sqlite');
  let broker = await BrokerProcess.start(0, file);
  const gate = new TokenGate();
  const demo = await startDemo({port: 0, brokerPort: broker.port, isTest: true, pace: gate.pace});
  const {chromium} = await import('playwright-core');
  const {browserArguments, findBrowser} = await import('../../scripts/find-browser.mjs');
  const browser = await chromium.launch({executablePath: findBrowser(), args: browserArguments});
  try {
    const page = await browser.newPage();
    await page.goto(`${demo.url}/?as=Ana&session=killed`);
    const ana = new Visitor(page);
    await ana.say('Three days in Vienna');
    gate.open();
    await ana.seesText(ana.answers, 'Vienna');
    await ana.seesRest();
    const before = await ana.texts();
    await broker.kill();
    await ana.seesText(ana.banner, 'Connection lost');
    broker = await BrokerProcess.start(broker.port, file);
    await ana.seesCount(ana.banner, 0, 30_000);
    assert.deepEqual(await ana.texts(), before);
    await ana.say('And two days in Prague');
    await ana.seesText(ana.answers.last(), 'Prague', 30_000);
    await ana.seesRest();
    await page.reload();
    await ana.seesText(ana.answers.last(), 'Prague');
    assert.deepEqual((await ana.texts()).slice(0, 2), before);
  } finally {
    await browser.close();
    await demo.close();
    await broker.kill();
    await rm(folder, {recursive: true, force: true});
  }
});

/** The broker's command line, as a process of its own that can be killed. */
class BrokerProcess {
  readonly port: number;
  readonly #process: ChildProcess;

  private constructor(port: number, process: ChildProcess) {
    this.port = port;
    this.#process = process;
  }

  static async start(port: number, file: string): Promise<BrokerProcess> {
    const child = spawn(process.execPath, [join(import.meta.dirname, '../../broker/cli.ts'), '--port', String(port), '--data', file], {stdio: ['ignore', 'pipe', 'inherit']});
    for await (const line of createInterface({input: child.stdout})) {
      const listening = /listening on http:\/\/localhost:(\d+)/.exec(line);
      if (listening) return new BrokerProcess(Number(listening[1]), child);
    }
    throw new Error('The broker ended before it listened.');
  }

  async kill(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    this.#process.kill('SIGKILL');
    await once(this.#process, 'exit');
  }
}
