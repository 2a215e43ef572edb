import assert from 'node:assert/strict';
import {after, afterEach, before, describe, test} from 'node:test';
import {Stage, type Visitor} from './stage.ts';

describe('the input in the browser', () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.set();
  });
  afterEach(() => stage.clear());
  after(() => stage.strike());

  const waiting = ({input}: Visitor): Promise<string[]> => input.locator('.queued-text').allInnerTexts();
  const said = ({own}: Visitor): Promise<string[]> => own.locator('.content').allInnerTexts();

  test('a starter that is chosen before the elements are loaded is said once they are', async () => {
    const load = Promise.withResolvers<undefined>();
    const ana = await stage.visit({session: 'starter', prepare: (page) => page.route('**/assets/define-*.js', (route) => load.promise.then(() => route.continue()))});
    await ana.page.getByRole('button', {name: 'A weekend in Rome as a table'}).click();
    load.resolve(undefined);
    await ana.sees('the message', async () => (await said(ana)).join() === 'A weekend in Rome as a table');
  });

  test('messages are queued, changed and moved by keys alone, survive a reload, and go out one by one', async () => {
    const ana = await stage.visit({session: 'queue'});
    await ana.say('Three days in Lisbon, about 600 euros');
    stage.gate.allow(10);
    await ana.seesCount(ana.answers, 1);
    for (const text of ['Is it warm in May?', 'Which tram is the nicest?']) {
      await ana.box.fill(text);
      await ana.box.press('Control+Shift+Enter');
      await ana.seesText(ana.input, text);
    }
    await ana.page.getByRole('button', {name: 'Edit: Which tram'}).focus();
    await ana.page.keyboard.press('Alt+ArrowUp');
    await ana.sees('the other order', async () => (await waiting(ana))[0] === 'Which tram is the nicest?');
    await ana.page.keyboard.press('Enter');
    await ana.page.keyboard.type(' And the oldest?');
    await ana.page.keyboard.press('Enter');
    const expected = ['Which tram is the nicest? And the oldest?', 'Is it warm in May?'];
    await ana.sees('what was changed', async () => (await waiting(ana))[0] === expected[0]);
    await ana.page.reload();
    await ana.sees('the queue after a reload', async () => JSON.stringify(await waiting(ana)) === JSON.stringify(expected));
    stage.gate.open();
    await ana.seesCount(ana.own, 3);
    await ana.seesCount(ana.answers, 3, 20_000);
    await ana.seesRest();
    assert.deepEqual((await said(ana)).slice(1), expected);
    await ana.seesCount(ana.input.locator('.queued-text'), 0);
  });

  test('a stop holds what waits until the person lets it go on', async () => {
    const ana = await stage.visit({session: 'held'});
    await ana.say('Three days in Lisbon, about 600 euros');
    stage.gate.allow(10);
    await ana.seesCount(ana.answers, 1);
    await ana.box.fill('And in June?');
    await ana.box.press('Control+Shift+Enter');
    await ana.seesText(ana.input, '1 message waits');
    await ana.box.press('Escape');
    await ana.seesText(ana.input, 'Paused, since the agent was stopped');
    await ana.seesRest();
    assert.deepEqual(await waiting(ana), ['And in June?']);
    stage.gate.open();
    await ana.page.getByRole('button', {name: 'Go on'}).press('Enter');
    await ana.seesCount(ana.own, 2);
    await ana.seesCount(ana.answers, 2);
    await ana.seesRest();
  });

  test('a small file travels in the message to everybody, and a large one is refused by its size', async () => {
    const [ana, bo] = [await stage.visit({session: 'files'}), await stage.visit({session: 'files', as: 'Bo'})];
    await ana.page.locator('agent-chat').evaluate((chat) => chat.setAttribute('accept', '.txt'));
    const picker = ana.input.locator('input[type=file]');
    await picker.setInputFiles([
      {name: 'wishes.txt', mimeType: 'text/plain', buffer: Buffer.from('A view of the river')},
      {name: 'diary.txt', mimeType: 'text/plain', buffer: Buffer.alloc(100_000, 'x')},
    ]);
    await ana.seesText(ana.input, 'diary.txt is too large to travel in the message');
    stage.gate.open();
    await ana.say('Three days in Lisbon, about 600 euros');
    for (const person of [ana, bo]) {
      const file = person.page.locator('agent-chat a[href^="data:text/plain"]');
      await person.seesCount(file, 1);
      assert.equal(await file.getAttribute('href'), `data:text/plain;base64,${btoa('A view of the river')}`);
    }
    await ana.seesRest();
    await bo.page.reload();
    for (const person of [ana, bo]) {
      const file = person.page.locator('agent-chat a[href^="data:text/plain"]');
      await person.seesText(file, 'wishes.txt');
      assert.equal(await file.getAttribute('download'), 'wishes.txt');
    }
  });
});
