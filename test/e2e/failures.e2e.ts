import assert from 'node:assert/strict';
import {after, afterEach, before, describe, test} from 'node:test';
import type {Page, Route} from 'playwright-core';
import {Stage} from './stage.ts';

const token = '**/api/auth/token*';

/** Answers the token endpoint in its place. */
function answerToken(answer: Parameters<Route['fulfill']>[0]): (page: Page) => Promise<unknown> {
  return (page) => page.route(token, (route) => route.fulfill(answer));
}

/** Asks for a token with these rights only. */
function grant(...capability: string[]): (page: Page) => Promise<unknown> {
  return (page) => page.route(token, (route) => route.continue({url: `${route.request().url()}&capability=${capability.join(',')}`}));
}

describe('what goes wrong says so, and loses nothing that was typed', () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.set({namespaces: {fixed: {mutableMessages: false}}});
  });
  afterEach(() => stage.clear());
  after(() => stage.strike());

  for (const [name, answer, said] of [
    ['404', {status: 404, body: 'Not found'}, /\/api\/auth\/token\S* answered 404/],
    ['500', {status: 500, body: 'boom'}, /\/api\/auth\/token\S* answered 500/],
    ['an HTML page', {contentType: 'text/html', body: '<!doctype html><title>Sign in</title>'}, /answered with an HTML page instead of a token/],
    ['garbage', {contentType: 'application/json', body: '{"tok'}, /answered with unreadable text instead of a token/],
    ['403', {status: 403, body: ''}, /\/api\/auth\/token\S* answered 403/],
  ] as const) {
    test(`a token endpoint that answers ${name}`, async () => {
      const ana = await stage.visit({session: 'token', prepare: answerToken(answer)});
      await ana.seesText(ana.banner, said);
      await ana.box.fill('Do not lose this');
      await ana.box.press('Enter');
      const kept = async (): Promise<boolean> => (await ana.box.inputValue()) === 'Do not lose this' || (await ana.own.count()) === 1;
      await ana.sees('the text, in the box or waiting', kept);
    });
  }

  test('a token endpoint that works again is used again, and what waited goes out', async () => {
    let isBroken = true;
    const ana = await stage.visit({
      session: 'token-mends',
      prepare: (page) => page.route(token, (route) => (isBroken ? route.fulfill({status: 500, body: ''}) : route.continue())),
    });
    await ana.seesText(ana.banner, 'answered 500');
    await ana.say('Two days in Paris');
    await ana.seesText(ana.own, 'Will be sent');
    isBroken = false;
    stage.gate.open();
    await ana.seesText(ana.answers, 'Paris', 20_000);
  });

  test('a token without publish: the conversation shows, and what is typed stays, in the box or as a message that was not sent', async () => {
    const ana = await stage.visit({session: 'no-publish', prepare: grant('subscribe', 'history')});
    await ana.seesEmpty();
    await ana.say('Do not lose this');
    // Which of the two depends on whether the channel has told its rights by then.
    await ana.sees('the reason', async () => /lacks the capability "publish"/.test(`${await ana.input.innerText()} ${await ana.chat.innerText()}`));
    await ana.sees('the text', async () => (await ana.box.inputValue()) === 'Do not lose this' || (await ana.own.innerText()).includes('Do not lose this'));
  });

  test('a token without subscribe', async () => {
    const ana = await stage.visit({session: 'no-subscribe', prepare: grant('publish', 'history')});
    await ana.seesText(ana.chat, /lacks the capability "subscribe"/);
    await ana.say('Do not lose this');
    assert.equal(await ana.box.inputValue(), 'Do not lose this');
  });

  test('a token without history: earlier messages are missed, and the conversation goes on', async () => {
    const ana = await stage.visit({session: 'no-history', prepare: grant('publish', 'subscribe')});
    await ana.seesText(ana.chat, /lacks the capability "history"/);
    stage.gate.open();
    await ana.say('Two days in Paris');
    await ana.seesText(ana.answers, 'Paris');
  });

  test('a namespace without mutable messages names the rule to enable', async () => {
    const plain = await Stage.set({namespaces: {conversations: {mutableMessages: false}}});
    try {
      const ana = await plain.visit({session: 'fixed'});
      plain.gate.open();
      await ana.say('Hello');
      await ana.seesText(ana.chat, /does not allow messages to be updated/);
      await ana.seesText(ana.chat, /channel rule/);
      await ana.seesText(ana.own, 'Hello');
    } finally {
      await plain.clear();
      await plain.strike();
    }
  });

  test('an agent that cannot be reached: the message stays, and Retry is answered', async () => {
    let isDown = true;
    const ana = await stage.visit({
      session: 'agent-down',
      prepare: (page) => page.route('**/api/chat', (route) => (isDown ? route.fulfill({status: 503, body: ''}) : route.continue())),
    });
    await ana.say('Two days in Paris');
    await ana.seesText(ana.runs, /\/api\/chat answered 503/);
    assert.deepEqual(await ana.texts(), ['Two days in Paris']);
    isDown = false;
    stage.gate.open();
    await ana.page.getByRole('button', {name: 'Retry'}).click();
    await ana.seesText(ana.answers, 'Paris');
    await ana.seesRest();
    assert.equal((await ana.texts()).length, 2);
  });

  test('an agent that never answers is said to be silent, with Retry', async () => {
    const ana = await stage.visit({
      session: 'agent-silent',
      prepare: async (page) => {
        await page.clock.install();
        await page.route('**/api/chat', (route) => route.fulfill({status: 202, body: '{}'}));
      },
    });
    await ana.say('Two days in Paris');
    await ana.seesText(ana.runs, 'Waiting for the agent');
    await ana.page.clock.fastForward(20_500);
    await ana.seesText(ana.runs, 'No agent has answered yet');
    await ana.page.unroute('**/api/chat');
    stage.gate.open();
    await ana.page.getByRole('button', {name: 'Retry'}).click();
    await ana.sees('the answer', async () => {
      await ana.page.clock.runFor(50);
      return (await ana.answers.count()) === 1;
    });
  });

  test('a model that fails: the run says why, keeps what was written, and Retry asks again', async () => {
    const calls = stage.demo.modelCalls();
    const ana = await stage.visit({session: 'model-fails'});
    stage.gate.open();
    await ana.say('/fail');
    await ana.seesText(ana.runs, 'The answer failed');
    await ana.seesText(ana.runs, /model/);
    assert.ok(((await ana.texts())[1] ?? '').length > 0);
    const failedCalls = stage.demo.modelCalls();
    await ana.page.getByRole('button', {name: 'Retry'}).click();
    await ana.sees('another call of the model', () => Promise.resolve(stage.demo.modelCalls() > failedCalls));
    assert.ok(failedCalls > calls);
    await ana.seesText(ana.own, '/fail');
  });

  test('a message that is too long is refused with the limit, and stays in the box', async () => {
    const ana = await stage.visit({session: 'too-long'});
    await ana.seesEmpty();
    const text = 'word '.repeat(20_000);
    await ana.say(text);
    await ana.seesText(ana.input, /too long/);
    assert.equal(await ana.box.inputValue(), text);
  });

  test('no channel: the page says what to set', async () => {
    const ana = await stage.visit({session: 'no-channel'});
    await ana.page.evaluate(() => {
      const alone = document.createElement('agent-chat');
      alone.setAttribute('auth-url', '/api/auth/token');
      document.body.replaceChildren(alone);
    });
    await ana.seesText(ana.chat, /channel/);
  });

  test('an API key in any attribute is refused, connects to nothing, and says what to do instead', async () => {
    const ana = await stage.visit({session: 'key'});
    await ana.seesEmpty();
    const sockets: string[] = [];
    ana.page.on('websocket', (socket) => sockets.push(socket.url()));
    for (const [name, value] of [['api-key', 'abc'], ['auth-url', '/token?key=local.demo:local-secret'], ['client-id', 'xVLyHw.AbCdEf:Zx9-Kq2_LmN8pQrStUvWxYz0123456789AbCdEfGh']]) {
      await ana.page.evaluate(([attribute = '', content = '']) => {
        const chat = document.createElement('agent-chat');
        chat.setAttribute('channel', 'conversations:key');
        chat.setAttribute(attribute, content);
        document.body.replaceChildren(chat);
      }, [name, value]);
      await ana.seesText(ana.chat, /key/i);
    }
    assert.deepEqual(sockets, []);
  });
});
