import assert from 'node:assert/strict';
import {after, afterEach, before, describe, test} from 'node:test';
import {Stage} from './stage.ts';

/** Counts what a page holds on to: timers that are set, and listeners on what outlives the elements. */
function countHeld(): void {
  const held = {timers: new Set<unknown>(), listeners: 0};
  const {setTimeout: set, clearTimeout: clear, setInterval: setEvery, clearInterval: clearEvery} = window;
  window.setTimeout = ((run: () => void, ...rest: number[]) => {
    const timer = set(() => {
      held.timers.delete(timer);
      run();
    }, ...rest);
    held.timers.add(timer);
    return timer;
  }) as typeof window.setTimeout;
  window.clearTimeout = (timer) => {
    held.timers.delete(timer);
    clear(timer);
  };
  window.setInterval = ((run: () => void, ...rest: number[]) => {
    const timer = setEvery(run, ...rest);
    held.timers.add(timer);
    return timer;
  }) as typeof window.setInterval;
  window.clearInterval = (timer) => {
    held.timers.delete(timer);
    clearEvery(timer);
  };
  for (const target of [window, document]) {
    const names = new Map<string, Set<unknown>>();
    const add = target.addEventListener.bind(target) as EventTarget['addEventListener'];
    const remove = target.removeEventListener.bind(target) as EventTarget['removeEventListener'];
    target.addEventListener = (name: string, listener: EventListenerOrEventListenerObject | null, options?: AddEventListenerOptions | boolean) => {
      const known = names.get(name) ?? new Set();
      names.set(name, known.add(listener));
      add(name, listener, options);
      held.listeners = [...names.values()].reduce((sum, {size}) => sum + size, 0);
      if (typeof options === 'object') options.signal?.addEventListener('abort', () => target.removeEventListener(name, listener ?? (() => undefined)));
    };
    target.removeEventListener = (name: string, listener: EventListenerOrEventListenerObject | null, options?: EventListenerOptions | boolean) => {
      names.get(name)?.delete(listener);
      remove(name, listener, options);
      held.listeners = [...names.values()].reduce((sum, {size}) => sum + size, 0);
    };
  }
  Object.assign(window, {held});
}

describe('elements that share a session', () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.set();
  });
  afterEach(() => stage.clear());
  after(() => stage.strike());

  test('ten on a page open one socket; removing them closes it and leaves nothing; another one resumes', async () => {
    const sockets: {isClosed: () => boolean}[] = [];
    const ana = await stage.visit({
      session: 'sharing',
      prepare: async (page) => {
        await page.addInitScript(countHeld);
        page.on('websocket', (socket) => sockets.push(socket));
      },
    });
    const {page} = ana;
    stage.gate.open();
    await ana.say('Two days in Paris');
    await ana.seesText(ana.answers, 'Paris');
    await ana.seesRest();
    const held = (): Promise<{timers: number; listeners: number}> =>
      page.evaluate(() => {
        const {held: {timers, listeners}} = window as unknown as {held: {timers: Set<unknown>; listeners: number}};
        return {timers: timers.size, listeners};
      });
    const addChats = (count: number): Promise<void> =>
      page.evaluate((wanted) => {
        const {settings} = window as unknown as {settings: [string, string][]};
        for (let n = 0; n < wanted; n++) {
          const chat = document.createElement('agent-chat');
          for (const [name, value] of settings) chat.setAttribute(name, value);
          document.body.append(chat);
        }
      }, count);

    await page.evaluate(() => {
      const names = ['channel', 'auth-url', 'agent-url', 'endpoint', 'port', 'insecure'];
      const session = document.querySelector('agent-session');
      Object.assign(window, {settings: names.flatMap((name) => (session?.hasAttribute(name) ? [[name, session.getAttribute(name)]] : []))});
      document.body.replaceChildren();
    });
    await ana.sees('the first socket closed', () => Promise.resolve(sockets[0]?.isClosed() === true));
    await ana.sees('nothing left', async () => (await held()).timers === 0);
    const before = await held();

    await addChats(10);
    await ana.seesCount(ana.answers, 10);
    assert.equal(sockets.length, 2, 'one socket for all ten');
    await page.evaluate(() => document.body.replaceChildren());
    await ana.sees('the second socket closed', () => Promise.resolve(sockets[1]?.isClosed() === true));
    await ana.sees('nothing left', async () => (await held()).timers === 0);
    assert.deepEqual(await held(), before);

    await addChats(1);
    await ana.seesText(ana.answers, 'Paris');
    await ana.say('And three days in Rome');
    await ana.seesText(ana.answers.last(), 'Rome');
    assert.equal(sockets.length, 3);
  });

  test('an element that is moved in the page keeps its connection', async () => {
    const sockets: unknown[] = [];
    const ana = await stage.visit({session: 'moved', prepare: (page) => Promise.resolve(page.on('websocket', (socket) => sockets.push(socket)))});
    await ana.seesEmpty();
    await ana.page.evaluate(() => {
      const session = document.querySelector('agent-session');
      const frame = document.createElement('section');
      document.body.append(frame);
      if (session) frame.append(session);
    });
    stage.gate.open();
    await ana.say('Two days in Paris');
    await ana.seesText(ana.answers, 'Paris');
    assert.equal(sockets.length, 1);
  });
});
