import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, test} from 'node:test';
import {textOf} from '../../src/session/message.ts';
import type {Session} from '../../src/session/session.ts';
import {AskTable, KeptBranches, type Page} from '../helpers/ask-table.ts';
import type {AskingAgent} from '../helpers/asking-agent.ts';
import {CuttableLine} from '../helpers/cuttable-line.ts';
import {until} from '../helpers/until.ts';
import {type AskingRun, flight} from './ask-stage.ts';
import {shown} from './branch-contract.ts';

const idOf = ({snapshot}: Session, text: string): string => snapshot.messages.find((message) => textOf(message) === text)?.id ?? `no ${text}`;
const reads = (session: Session, ...lines: string[]): Promise<unknown> => until(session, (snapshot) => shown(snapshot).join('\n') === lines.join('\n'));

describe('branches, as several people see them', () => {
  let table: AskTable;
  let agent: AskingAgent;
  let ana: Page;
  let ben: Page;

  beforeEach(async () => {
    table = await AskTable.set();
    ({agent} = table);
    ana = await table.visit('ana');
    ben = await table.visit('ben');
  });
  afterEach(() => table.close());

  async function begin(text: string): Promise<AskingRun> {
    const run = await agent.answerNext();
    await run.say(text);
    return run;
  }

  async function answer(text: string): Promise<void> {
    await (await begin(text)).end();
  }

  async function say({session}: Page, text: string, reply: string): Promise<void> {
    await session.dispatch({type: 'send', text});
    await answer(reply);
    for (const page of [ana, ben]) await until(page.session, ({messages, runs}) => messages.some((message) => textOf(message) === reply) && runs.at(-1)?.status === 'complete');
  }

  const edit = ({session}: Page, from: string, to: string): Promise<void> => session.dispatch({type: 'edit', messageId: idOf(session, from), text: to});
  const show = ({session}: Page, text: string, index: number): Promise<void> => session.dispatch({type: 'select-branch', messageId: idOf(session, text), index});

  test('who has chosen nothing follows an edit of somebody else', async () => {
    await say(ana, 'To Porto', 'Porto is fine');
    await edit(ana, 'To Porto', 'To Faro');
    await answer('Faro is fine');
    await reads(ben.session, 'To Faro 2/2', 'Faro is fine');
    await ana.session.dispatch({type: 'regenerate', messageId: idOf(ana.session, 'Faro is fine')});
    await answer('Faro is lovely');
    await reads(ben.session, 'To Faro 2/2', 'Faro is lovely 2/2');
  });

  test('who has chosen an older version stays with it, and sees that there is another', async () => {
    await say(ana, 'To Porto', 'Porto is fine');
    await edit(ana, 'To Porto', 'To Faro');
    await answer('Faro is fine');
    await reads(ben.session, 'To Faro 2/2', 'Faro is fine');
    await show(ben, 'To Faro', 0);
    await reads(ben.session, 'To Porto 1/2', 'Porto is fine');
    await edit(ana, 'To Faro', 'To Braga');
    await answer('Braga is fine');
    await reads(ana.session, 'To Braga 3/3', 'Braga is fine');
    await reads(ben.session, 'To Porto 1/3', 'Porto is fine');
    await show(ben, 'To Porto', 2);
    await reads(ben.session, 'To Braga 3/3', 'Braga is fine');
    await edit(ana, 'To Braga', 'To Beja');
    await reads(ben.session, 'To Beja 4/4');
  });

  test('an answer that one watches is not taken away by somebody who edits elsewhere', async () => {
    await say(ana, 'To Porto', 'Porto is fine');
    await edit(ana, 'To Porto', 'To Faro');
    await answer('Faro is fine');
    await reads(ben.session, 'To Faro 2/2', 'Faro is fine');
    // Ana looks at the old version, where nothing runs; Ben has an answer written on the new one.
    await show(ana, 'To Faro', 0);
    await ben.session.dispatch({type: 'send', text: 'And the beach?'});
    const run = await begin('The beach');
    await reads(ben.session, 'To Faro 2/2', 'Faro is fine', 'And the beach?', 'The beach');
    await edit(ana, 'To Porto', 'To Braga');
    await reads(ana.session, 'To Braga 3/3');
    await reads(ben.session, 'To Faro 2/3', 'Faro is fine', 'And the beach?', 'The beach');
    await run.say(' is wide');
    await run.end();
    await until(ben.session, ({runs}) => runs.at(-1)?.status === 'complete');
    assert.deepEqual(shown(ben.session.snapshot), ['To Faro 2/3', 'Faro is fine', 'And the beach?', 'The beach is wide']);
  });

  test('who edits stops what runs where they are, and those who watched it come along', async () => {
    await ana.session.dispatch({type: 'send', text: 'To Porto'});
    await begin('Porto');
    await Promise.all([ana, ben].map(({session}) => reads(session, 'To Porto', 'Porto')));
    await edit(ana, 'To Porto', 'To Faro');
    await answer('Faro is fine');
    await reads(ben.session, 'To Faro 2/2', 'Faro is fine');
    await show(ben, 'To Faro', 0);
    await until(ben.session, ({runs}) => runs.length === 1 && runs[0]?.status === 'cancelled');
  });

  test('choices survive a reload, also where the versions come with older pages, and belong to one person', async () => {
    const store = new KeptBranches();
    const before = await table.visit('ana', {}, {branches: store});
    await say(before, 'To Porto', 'Porto is fine');
    await edit(before, 'To Porto', 'To Faro');
    await answer('Faro is fine');
    await reads(before.session, 'To Faro 2/2', 'Faro is fine');
    await show(before, 'To Faro', 0);
    await reads(before.session, 'To Porto 1/2', 'Porto is fine');
    await before.session.dispatch({type: 'send', text: 'By train'});
    await answer('Three hours');
    await before.session.dispatch({type: 'regenerate', messageId: idOf(before.session, 'Three hours')});
    await until(before.session, ({runs}) => runs.some(({status}) => status === 'starting'));
    await answer('Three and a half');
    await reads(before.session, 'To Porto 1/2', 'Porto is fine', 'By train', 'Three and a half 2/2');
    await show(before, 'Three and a half', 0);
    await before.close();
    const after = await table.visit('ana', {}, {branches: store});
    await reads(after.session, 'To Porto 1/2', 'Porto is fine', 'By train', 'Three hours 1/2');
    const bit = await table.visit('ana', {history: 1}, {branches: store});
    while (bit.session.snapshot.history.hasOlder) await bit.session.dispatch({type: 'load-older', limit: 1});
    await reads(bit.session, 'To Porto 1/2', 'Porto is fine', 'By train', 'Three hours 1/2');
    const other = await table.visit('eve', {}, {branches: store});
    await reads(other.session, 'To Faro 2/2', 'Faro is fine');
  });

  test('a choice survives a reload also where more was said alongside', async () => {
    const store = new KeptBranches();
    const before = await table.visit('ana', {}, {branches: store});
    await before.session.dispatch({type: 'send', text: 'To Porto'});
    await before.session.dispatch({type: 'send', text: 'To Faro', policy: 'alongside'});
    for (const reply of ['Porto is fine', 'Faro is fine']) await answer(reply);
    await until(before.session, ({messages, runs}) => messages.length === 4 && runs.every(({status}) => status === 'complete'));
    await edit(before, 'To Faro', 'To Braga');
    await answer('Braga is fine');
    await until(before.session, ({messages}) => messages.some((message) => textOf(message) === 'Braga is fine'));
    await show(before, 'To Braga', 0);
    const seen = await until(before.session, (snapshot) => shown(snapshot).includes('To Faro 1/2'));
    assert.deepEqual(shown(seen).sort(), ['Faro is fine', 'Porto is fine', 'To Faro 1/2', 'To Porto']);
    await before.close();
    const after = await table.visit('ana', {}, {branches: store});
    await reads(after.session, ...shown(seen));
  });

  test('what was said into the middle of an answer is there too for who comes later, however long ago it began', async () => {
    await ana.session.dispatch({type: 'send', text: 'To Porto'});
    const run = await begin('Porto');
    await reads(ana.session, 'To Porto', 'Porto');
    await ana.session.dispatch({type: 'send', text: 'To Faro', policy: 'alongside'});
    const other = await begin('Faro');
    await reads(ben.session, 'To Porto', 'Porto', 'To Faro', 'Faro');
    // More than one page of the channel's history.
    const {channels} = ana.connection.client;
    await channels.get(ana.session.channel).publish(Array.from({length: 110}, () => ({name: 'by the way'})));
    await run.say(' is fine');
    await run.end();
    await other.end();
    const late = await table.visit('eve');
    while (late.session.snapshot.history.hasOlder) await late.session.dispatch({type: 'load-older'});
    await reads(late.session, 'To Porto', 'Porto is fine', 'To Faro', 'Faro');
  });

  test('an answer that waited long for a decision is there too for who comes after it', async () => {
    await ana.session.dispatch({type: 'send', text: 'To Porto'});
    const run = await begin('Shall I book it? ');
    await run.ask(flight);
    await run.suspend();
    await until(ana.session, ({approvals}) => approvals.length === 1);
    await ana.connection.client.channels.get(ana.session.channel).publish(Array.from({length: 110}, () => ({name: 'by the way'})));
    await ana.session.dispatch({type: 'respond', toolCallId: flight.toolCallId, approved: true});
    await run.resumed();
    await run.say('It is booked');
    await run.end();
    const late = await table.visit('eve');
    while (late.session.snapshot.history.hasOlder) await late.session.dispatch({type: 'load-older'});
    await reads(late.session, 'To Porto', 'Shall I book it? ', 'It is booked');
  });

  test('an edit made while the line is down waits in its place, and goes out once it is back', async () => {
    const line = await CuttableLine.to(table.broker.port);
    const far = await table.visit('ana', {}, {port: line.port});
    await say(ana, 'To Porto', 'Porto is fine');
    await reads(far.session, 'To Porto', 'Porto is fine');
    line.cut();
    await until(far.session, ({connection}) => connection.state === 'offline');
    await edit(far, 'To Porto', 'To Faro');
    const waiting = await until(far.session, ({messages}) => messages.length === 1);
    assert.deepEqual([shown(waiting), waiting.messages[0]?.delivery, waiting.runs.length], [['To Faro 2/2'], 'queued', 0]);
    await assert.rejects(far.session.dispatch({type: 'regenerate', messageId: waiting.messages[0]?.id ?? ''}), {name: 'SessionError'});
    line.mend();
    await answer('Faro is fine');
    await Promise.all([far, ben].map(({session}) => reads(session, 'To Faro 2/2', 'Faro is fine')));
    await far.close();
    await line.close();
  });

  test('an answer that nobody gives again stays as it was, says so, and can be asked for once more', async () => {
    let isAsleep = true;
    const eve = await table.visit('eve', {wakeAgent: (invocation) => (isAsleep ? Promise.reject(new Error('it is asleep')) : agent.wake(invocation))});
    await say(ana, 'To Porto', 'Porto is fine');
    await reads(eve.session, 'To Porto', 'Porto is fine');
    await eve.session.dispatch({type: 'regenerate', messageId: idOf(eve.session, 'Porto is fine')});
    const {runs} = await until(eve.session, (snapshot) => snapshot.runs.some(({status}) => status === 'unanswered'));
    assert.deepEqual(shown(eve.session.snapshot), ['To Porto', 'Porto is fine']);
    isAsleep = false;
    await eve.session.dispatch({type: 'retry', messageId: runs.find(({status}) => status === 'unanswered')?.inputId ?? ''});
    await answer('Porto is lovely');
    await reads(eve.session, 'To Porto', 'Porto is lovely 2/2');
    await reads(ana.session, 'To Porto', 'Porto is lovely 2/2');
  });

  test('an answer that was stopped before it wrote anything does not hide the one it was to replace', async () => {
    await say(ana, 'To Porto', 'Porto is fine');
    await ana.session.dispatch({type: 'regenerate', messageId: idOf(ana.session, 'Porto is fine')});
    const run = await agent.open();
    await until(ana.session, ({runs}) => runs.some(({status}) => status === 'active'));
    await run.end({reason: 'cancelled'});
    await until(ana.session, (snapshot) => snapshot.runs.every(({status}) => status === 'complete'));
    await Promise.all([ana, ben].map(({session}) => reads(session, 'To Porto', 'Porto is fine')));
  });
});
