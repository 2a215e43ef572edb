import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, describe, test} from 'node:test';
import type {Page} from 'playwright-core';
import {seesQueue, typist, type Typist} from './keyboard.ts';
import {Stage} from './stage.ts';

describe('all of it without a mouse', () => {
  let stage: Stage;
  let sessions = 0;
  before(async () => {
    stage = await Stage.set();
  });
  beforeEach(() => (sessions += 1));
  afterEach(() => stage.clear());
  after(() => stage.strike());

  const begin = (prepare?: (page: Page) => Promise<unknown>): Promise<Typist> => typist(stage, {session: `keys-${sessions}`, prepare});

  /** An answer that is there. */
  async function answered(): Promise<Typist> {
    stage.gate.open();
    const person = await begin();
    await person.keys.say('Two days in Rome');
    await person.ana.seesText(person.ana.answers, '2 days in Rome');
    await person.ana.seesRest();
    return person;
  }

  /** An answer that is being written. */
  async function busy(): Promise<Typist> {
    const person = await begin();
    await person.keys.say('Two days in Rome');
    stage.gate.allow(12);
    await person.ana.seesText(person.ana.answers, '2 days in');
    return person;
  }

  test('a message is sent by Enter, and the focus stays where one writes', async () => {
    const {ana, keys} = await answered();
    await keys.isAt('Message');
    await keys.say('Thanks');
    await ana.seesCount(ana.answers, 2);
    await ana.seesRest();
    await keys.isAt('Message');
  });

  test('how a message goes is chosen in the menu, and by keys', async () => {
    const {ana, keys} = await busy();
    await keys.type('And in June?');
    await keys.goTo('How to send: Interrupt');
    await keys.press('Enter');
    await keys.isAt(/^Interrupt/);
    await keys.press('Escape');
    await keys.isAt('How to send: Interrupt');
    await keys.press('ArrowDown', 'ArrowDown', 'ArrowDown');
    await keys.isAt(/^Queue/);
    await keys.press('Enter');
    await keys.isAt('Message');
    await keys.press('Enter');
    await seesQueue(ana, 'And in June?');
    await keys.isAt('Message');
    await keys.type('And in May?');
    await keys.press('Control+Shift+Enter');
    await seesQueue(ana, 'And in June?', 'And in May?');
    await keys.type('make it 3 days');
    await stage.heard(ana, () => keys.press('Control+Enter'));
    await keys.isAt('Message');
    stage.gate.open();
    await ana.seesText(ana.own, 'The agent has seen this');
    await seesQueue(ana);
    await ana.seesRest();
    await keys.isAt('Message');
  });

  test('what waits is changed, moved and taken out', async () => {
    const {ana, keys} = await busy();
    const texts = ['One', 'Two', 'Three'];
    for (const [index, text] of texts.entries()) {
      await keys.type(text);
      await keys.press('Control+Shift+Enter');
      await seesQueue(ana, ...texts.slice(0, index + 1));
      await keys.isAt('Message');
    }
    await keys.goTo('Edit: Three', {isBackwards: true});
    await keys.press('ArrowUp');
    await keys.isAt('Edit: Two');
    await keys.press('Enter');
    await keys.isAt('Change the waiting message');
    await keys.type(' and a half');
    await keys.press('Enter');
    await keys.isAt('Edit: Two and a half');
    await keys.press('F2');
    await keys.isAt('Change the waiting message');
    await keys.type(', no');
    await keys.press('Escape');
    await keys.isAt('Edit: Two and a half');
    await keys.press('Alt+ArrowUp');
    await seesQueue(ana, 'Two and a half', 'One', 'Three');
    await keys.isAt('Edit: Two and a half');
    await keys.goTo('Move down: Two and a half');
    await keys.press('Enter');
    await seesQueue(ana, 'One', 'Two and a half', 'Three');
    await keys.isAt('Move down: Two and a half');
    await keys.goTo('Remove: Two and a half');
    await keys.press('Enter');
    await seesQueue(ana, 'One', 'Three');
    await keys.isAt('Remove: Three');
    await keys.goTo('Edit: Three', {isBackwards: true});
    await keys.press('Delete');
    await keys.isAt('Edit: One');
    await keys.press('Delete');
    await seesQueue(ana);
    await keys.isAt('Message');
  });

  test('the agent is stopped by Esc, and by the button; what was held goes on', async () => {
    const {ana, keys} = await busy();
    await keys.press('Escape');
    await ana.seesText(ana.runs, 'Stopped');
    await keys.isAt('Message');
    await keys.say('Two days in Porto');
    stage.gate.allow(12);
    await ana.seesText(ana.answers.last(), '2 days in Porto');
    await keys.type('And in June?');
    await keys.press('Control+Shift+Enter');
    await seesQueue(ana, 'And in June?');
    await keys.goTo('Stop');
    await keys.press('Enter');
    await ana.seesCount(ana.page.locator('agent-chat .run.cancelled'), 2);
    await keys.isAt('Send');
    await keys.goTo('Go on', {isBackwards: true});
    stage.gate.open();
    await keys.press('Enter');
    await seesQueue(ana);
    await keys.isAt('Message');
    await ana.seesCount(ana.answers, 3);
    await ana.seesRest();
    await keys.isAt('Message');
  });

  /** The agent asks whether it may book. */
  async function asked(): Promise<Typist> {
    stage.gate.open();
    const person = await begin();
    await person.ana.page.evaluate(async () => {
      await customElements.whenDefined('shared-state');
      const selection = document.querySelector('shared-state')!;
      await selection.set('trip.people', 2);
      await selection.set('flight', {id: 'f1', title: 'Aurora Air 214', detail: 'direct', price: 300});
    });
    await person.keys.say('Book it');
    await person.ana.seesText(person.ana.chat, /asks for approval/);
    await person.keys.isAt('Message');
    return person;
  }

  test('a person approves, with changes', async () => {
    const {ana, keys} = await asked();
    await keys.goTo('Edit', {isBackwards: true});
    await keys.press('Enter');
    await keys.isAt(/what|people|class/i);
    await keys.press('Escape');
    await keys.isAt(/^Approval: /);
    await keys.goTo('Edit');
    await keys.press('Space');
    await keys.goTo('people');
    await keys.press('Control+A');
    await keys.type('1');
    await keys.goTo('Approve with changes');
    await keys.press('Enter');
    await ana.seesText(ana.chat, /Approved by you[^]*Booked, as Ana approved, for one person[^]*Together 150 €/);
    await ana.seesRest();
    await keys.isAt(/^Book/);
    await keys.goTo('Message');
  });

  test('a person denies, with a reason', async () => {
    const {ana, keys} = await asked();
    await keys.goTo('Deny', {isBackwards: true});
    await keys.press('Space');
    await keys.isAt('Reason (optional)');
    await keys.press('Escape');
    await keys.isAt(/^Approval: /);
    await keys.goTo('Deny');
    await keys.press('Enter');
    await keys.isAt('Reason (optional)');
    await keys.type('too early');
    await keys.press('Enter');
    await ana.seesText(ana.chat, /Denied by you[^]*too early/);
    await ana.seesRest();
    await keys.isAt(/^Book/);
    await keys.goTo('Message');
  });

  test('a message is said differently, and its versions are gone through', async () => {
    const {ana, keys} = await answered();
    await keys.goTo('Edit message', {isBackwards: true});
    await keys.press('Enter');
    await keys.isAt('Edit your message');
    await keys.press('Escape');
    await keys.isAt('Edit message');
    await keys.press('Space');
    await keys.isAt('Edit your message');
    await keys.press('Control+A');
    await keys.type('Four days in Porto');
    await keys.press('Enter');
    await ana.seesText(ana.answers, '4 days in Porto');
    await ana.seesRest();
    await keys.isAt(/^You, /);
    await keys.goTo('Previous version');
    await keys.press('Enter');
    await ana.seesText(ana.answers, '2 days in Rome');
    await keys.isAt('Previous version');
    await keys.press('ArrowRight');
    await ana.seesText(ana.answers, '4 days in Porto');
    await keys.isAt('Next version');
    await keys.press('Enter');
    await keys.isAt('Next version');
  });

  test('an answer is given again, and the one before is still to be had', async () => {
    const {ana, keys} = await answered();
    const [, before] = await ana.answers.evaluateAll((answers) => ['', ...answers.map((answer) => answer.getAttribute('data-message-id') ?? '')]);
    await keys.goTo('Answer again', {isBackwards: true});
    await keys.press('Enter');
    await ana.sees('another answer', async () => (await ana.answers.getAttribute('data-message-id')) !== before);
    await ana.seesText(ana.answers, '2 of 2');
    await ana.seesRest();
    await keys.isAt('Conversation');
    await keys.goTo('Previous version');
    await keys.press('Enter');
    await ana.seesText(ana.answers, '1 of 2');
    await keys.isAt('Previous version');
  });

  test('an answer is copied, as it stands and as text', async () => {
    const {ana, keys} = await answered();
    const copied = (): Promise<string> => ana.page.evaluate(() => navigator.clipboard.readText());
    await keys.goTo('Copy answer', {isBackwards: true});
    await keys.press('Enter');
    await ana.sees('Markdown', async () => (await copied()).startsWith('## 2 days in Rome'));
    await keys.isAt('Copied');
    await keys.goTo('Copy as…');
    await keys.press('Enter');
    await keys.isAt('Copy as text');
    await keys.press('ArrowDown');
    await keys.isAt('Copy as Markdown');
    await keys.press('Escape');
    await keys.isAt('Copy as…');
    await keys.press('Space');
    await keys.isAt('Copy as text');
    await keys.press('Enter');
    await ana.sees('text', async () => (await copied()).startsWith('2 days in Rome'));
    await keys.isAt('Copy as…');
  });

  test('an answer is judged, with and without a word', async () => {
    const {ana, keys} = await answered();
    await ana.page.evaluate(() => {
      const chat = document.querySelector('agent-chat')!;
      chat.addEventListener('agent-feedback', ({rating, text}) => (document.body.dataset['judged'] = `${rating} ${text ?? ''}`));
      chat.feedback = true;
    });
    const judged = (words: string): Promise<void> => ana.sees(`judged: ${words}`, () => ana.page.evaluate((said) => document.body.dataset['judged'] === said, words));
    await keys.goTo('Bad answer', {isBackwards: true});
    await keys.press('Enter');
    await judged('down ');
    await keys.isAt('Bad answer');
    await keys.goTo('Tell us more (optional)');
    await keys.type('too short');
    await keys.press('Enter');
    await judged('down too short');
    await ana.seesText(ana.chat, 'Thank you');
    await keys.isAt('Bad answer');
    await keys.goTo('Good answer', {isBackwards: true});
    await keys.press('Space');
    await judged('up ');
    await keys.goTo('Tell us more (optional)');
    await keys.press('Escape');
    await ana.seesText(ana.chat, 'Thank you');
    await keys.isAt('Good answer');
  });

  test('files are attached and taken out', async () => {
    const {ana, keys} = await begin((page) =>
      page.addInitScript(() => addEventListener('DOMContentLoaded', () => document.querySelector('agent-chat')?.setAttribute('accept', '.txt'))));
    const chosen = ana.page.waitForEvent('filechooser');
    await keys.goTo('Attach files', {isBackwards: true});
    await keys.press('Enter');
    await (await chosen).setFiles(['one', 'two'].map((name) => ({name: `${name}.txt`, mimeType: 'text/plain', buffer: Buffer.from(name)})));
    await ana.seesText(ana.input, /one\.txt[^]*two\.txt/);
    await keys.isAt('Attach files');
    await keys.goTo('Remove two.txt', {isBackwards: true});
    await keys.press('Enter');
    await keys.isAt('Remove one.txt');
    await keys.press('Space');
    await keys.isAt('Message');
    assert.equal(await ana.page.getByText('one.txt').count(), 0);
  });
});
