import assert from 'node:assert/strict';
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {createServer} from 'node:net';
import {join} from 'node:path';
import {after, afterEach, before, describe, test} from 'node:test';
import type {Page} from 'playwright-core';
import {operatorClientId} from '../../demo/channels.ts';
import {Stage, Visitor} from './stage.ts';

/** What is used of the page's own elements. */
interface SharedState extends HTMLElement {
  set(path: string, value: unknown): Promise<void>;
}

describe('people who are asked', () => {
  let stage: Stage;
  let conversations = 0;

  before(async () => {
    stage = await Stage.set();
  });
  afterEach(() => stage.clear());
  after(() => stage.strike());

  const newSession = (): string => `asked-${++conversations}`;
  /** In the conversation; a supervisor has it in the inbox as well. */
  const approve = (page: Page) => page.locator('agent-chat').getByRole('button', {name: 'Approve', exact: true});
  const choose = (page: Page, budget = 1500) => page.evaluate(async (limit) => {
    await customElements.whenDefined('shared-state');
    const selection = document.querySelector<SharedState>('shared-state#selection')!;
    await selection.set('trip.budget', limit);
    await selection.set('trip.people', 2);
    await selection.set('flight', {id: 'f1', title: 'Aurora Air 214', detail: 'direct', price: 300});
    await selection.set('hotel', {id: 'h1', title: 'Casa Aurora', detail: 'Graça', price: 420});
  }, budget);
  const operatorOf = async (session: string): Promise<Visitor> => {
    const page = await (await stage.newContext()).newPage();
    await page.goto(`${stage.demo.url}/operator?session=${session}`);
    return new Visitor(page);
  };
  /** Lets the agent ask to book; gives the session. */
  const asked = async (budget?: number, session = newSession()): Promise<{ana: Visitor; session: string}> => {
    stage.gate.open();
    const ana = await stage.visit({session});
    await choose(ana.page, budget);
    await ana.say('Book it');
    await ana.seesText(ana.chat, /asks for approval/);
    return {ana, session};
  };

  test('approve from two tabs at the same moment, and it is booked once', async () => {
    const {ana, session} = await asked();
    const bruno = await stage.visit({as: 'Bruno', session});
    await bruno.seesCount(approve(bruno.page), 1);
    const before = stage.demo.modelCalls();
    await Promise.all([ana, bruno].map(({page}) => approve(page).evaluate((button: HTMLButtonElement) => button.click())));
    for (const person of [ana, bruno]) {
      await person.seesText(person.chat, 'The reference is');
      await person.seesRest();
      await person.seesText(person.chat, /Approved by/);
    }
    assert.equal(stage.demo.modelCalls(), before + 1);
    const texts = (await ana.texts()).filter((text) => text.includes('The reference is'));
    assert.equal(texts.length, 1);
    const [, decider = ''] = /as (Ana|Bruno) approved/.exec(texts[0] ?? '') ?? [];
    await ana.seesText(ana.chat, `Approved by ${decider === 'Ana' ? 'you' : decider}`);
    await bruno.seesText(bruno.chat, `Approved by ${decider === 'Bruno' ? 'you' : decider}`);
  });

  test('change what is booked', async () => {
    const {ana} = await asked();
    await ana.page.getByRole('button', {name: 'Edit', exact: true}).last().click();
    await ana.page.locator('agent-chat').getByRole('textbox', {name: 'people'}).fill('1');
    await ana.page.getByRole('button', {name: 'Approve with changes'}).click();
    await ana.seesText(ana.chat, /Booked, as Ana approved, for one person/);
    await ana.seesText(ana.chat, /Together 360 €/);
  });

  test('see that the agent refuses who may not decide, and that the supervisor decides on another device', async () => {
    const {ana, session} = await asked(500);
    await ana.seesText(ana.chat, `Only ${operatorClientId} may decide this.`);
    await ana.page.evaluate(() => document.querySelector<HTMLButtonElement>('#forge')!.click());
    await ana.seesText(ana.chat, /does not count: Ana may not decide this/);
    await ana.seesText(ana.chat, 'Waiting for a person');

    const supervisor = await operatorOf(session);
    await supervisor.seesText(supervisor.chat, 'Book it');
    await supervisor.seesText(supervisor.chat, /220 € over the budget/);
    await approve(supervisor.page).click();
    await ana.seesText(ana.chat, new RegExp(`Booked, as ${operatorClientId} approved`));
    await ana.seesText(ana.chat, `Approved by ${operatorClientId}`);
    assert.ok((await ana.texts()).every((text) => text.trim() !== ''), 'the refusal is shown in the card, not in a message of its own');
  });

  test('see that the agent could not be told what they decided, and tell it again', async () => {
    const {ana} = await asked();
    let isDown = true;
    const errors = await ana.page.evaluateHandle(() => {
      const seen: string[] = [];
      document.addEventListener('agent-error', ({error}) => seen.push(error.message));
      return seen;
    });
    await ana.page.route('**/api/chat', (route) => (isDown ? route.fulfill({status: 503, body: ''}) : route.continue()));
    await approve(ana.page).click();
    await ana.seesText(ana.chat, 'Approved by you');
    await ana.seesText(ana.runs, /The agent has not gone on[^]*answered 503/);
    assert.equal((await errors.jsonValue()).filter((message) => message.includes('503')).length, 1);
    isDown = false;
    await ana.runs.getByRole('button', {name: 'Retry'}).click();
    await ana.seesText(ana.chat, 'Booked, as Ana approved');
    await ana.seesCount(ana.runs, 0);
    assert.equal((await ana.texts()).filter((text) => text === 'Book it').length, 1);
  });

  test('stop what waits for a decision, and nobody is asked any more', async () => {
    const {ana, session} = await asked(500);
    const supervisor = await operatorOf(session);
    const inbox = supervisor.page.locator('approval-inbox');
    await supervisor.seesCount(inbox.getByRole('button', {name: 'Approve', exact: true}), 1);
    await ana.runs.getByRole('button', {name: 'Stop'}).click();
    await ana.seesText(ana.runs, 'Stopped');
    await supervisor.seesCount(inbox.getByRole('button', {name: 'Approve', exact: true}), 0);
    await supervisor.seesCount(approve(supervisor.page), 0);
    await ana.say('Two days in Rome');
    await ana.seesText(ana.answers, 'Rome');
  });

  test('are answered by a person who takes over, and by the agent when it is handed back', async () => {
    const session = newSession();
    const ana = await stage.visit({session});
    await ana.say('Two days in Rome');
    stage.gate.allow(12);
    await ana.seesText(ana.answers, '2 days in');
    const supervisor = await operatorOf(session);
    await supervisor.page.getByRole('button', {name: 'Take over'}).click();
    await ana.seesText(ana.page.locator('agent-handover .frame'), `${operatorClientId} has taken over`);
    await ana.seesText(ana.answers, `${operatorClientId} takes over from here`);
    await ana.seesRest();

    const calls = stage.demo.modelCalls();
    await supervisor.say('Hello Ana, what would you like?');
    await ana.seesText(ana.messages, 'Hello Ana, what would you like?');
    await ana.say('make it 3 days');
    await supervisor.seesText(supervisor.messages, 'make it 3 days');
    await ana.seesCount(ana.runs, 0);
    assert.equal(stage.demo.modelCalls(), calls);

    stage.gate.open();
    await supervisor.page.getByRole('button', {name: 'Hand back'}).click();
    await ana.seesText(ana.answers, '3 days in Rome');
    await ana.seesCount(ana.page.locator('agent-handover .taken'), 0);
  });

  test('are found by one of their tabs, once', async () => {
    stage.gate.open();
    const session = newSession();
    const context = await stage.newContext();
    await context.grantPermissions(['geolocation']);
    await context.setGeolocation({latitude: 41.15, longitude: -8.61});
    const looks: string[] = [];
    await context.exposeFunction('looked', (name: string) => void looks.push(name));
    const prepare = (name: string) => (page: Page) => page.addInitScript((tab) => {
      const original = navigator.geolocation.getCurrentPosition.bind(navigator.geolocation);
      navigator.geolocation.getCurrentPosition = (...given: Parameters<Geolocation['getCurrentPosition']>) => {
        (window as unknown as {looked: (name: string) => void}).looked(tab);
        original(...given);
      };
    }, name);
    const one = await stage.visit({session, context, prepare: prepare('one')});
    const other = await stage.visit({session, context, prepare: prepare('other')});
    await one.say('What is near me?');
    await one.seesText(one.answers, 'You are in Porto');
    await other.seesText(other.answers, 'You are in Porto');
    assert.equal(looks.length, 1, looks.join());
  });

  test('do not want to say where they are, and the agent goes on', async () => {
    stage.gate.open();
    // Nothing is allowed here, where elsewhere the person would be asked.
    const context = await stage.newContext({permissions: []});
    const ana = await stage.visit({session: newSession(), context});
    assert.equal(await ana.page.evaluate(async () => (await navigator.permissions.query({name: 'geolocation'})).state), 'denied');
    await ana.say('What is near me?');
    await ana.seesText(ana.answers, 'I cannot see where you are, and that is fine');
    await ana.seesText(ana.answers, 'Failed');
  });

  test('decide when the agent was killed after it asked and started again hours later, and the same run goes on', async (t) => {
    const children: ChildProcess[] = [];
    t.after(() => children.map((child) => child.kill('SIGKILL')));
    const port = await freePort();
    const url = `http://localhost:${port}`;
    const first = await serve(port, stage.broker.port);
    children.push(first);
    const context = await stage.newContext();
    const page = await context.newPage();
    await page.goto(`${url}/?as=Ana&session=${newSession()}`);
    const ana = new Visitor(page);
    await choose(page);
    await ana.say('Book it');
    await ana.seesText(ana.chat, /asks for approval/, 20_000);
    await ana.seesText(ana.runs, 'Waiting for a person');
    const runOf = () => page.evaluate(() => document.querySelector('agent-session')!.runs.map(({runId, status}) => `${runId} ${status}`));
    // It asks a moment before it waits.
    await ana.sees('that it waits', async () => / suspended$/.test((await runOf())[0] ?? ''));
    const [waiting = ''] = await runOf();

    first.kill('SIGKILL');
    await once(first, 'exit');
    const second = await serve(port, stage.broker.port, ['--ahead', String(3_600_000)]);
    children.push(second);
    await page.reload();
    await approve(page).click();
    await ana.seesText(ana.chat, 'Booked, as Ana approved', 20_000);
    await ana.seesRest();
    assert.deepEqual(await runOf(), [waiting.replace('suspended', 'complete')]);
    second.kill('SIGTERM');
    await once(second, 'exit');
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  assert.ok(address !== null && typeof address === 'object');
  return address.port;
}

/** The demo in a process of its own, without a broker. */
async function serve(port: number, brokerPort: number, more: readonly string[] = []): Promise<ChildProcess> {
  const program = join(import.meta.dirname, '../../demo/server.ts');
  const child = spawn(process.execPath, ['--conditions=agent-session-source', program, '--port', String(port), '--broker-port', String(brokerPort), '--test', '--tokens-per-second', '2000', ...more], {stdio: ['ignore', 'pipe', 'inherit']});
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the demo ended with ${code}`)));
    child.stdout.on('data', (data: Buffer) => {
      if (data.toString().includes('ready at')) resolve();
    });
  });
  return child;
}
