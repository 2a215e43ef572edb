import assert from 'node:assert/strict';
import {beforeEach, describe, test} from 'node:test';
import {createMemorySession, type MemorySession} from '../../src/testing/index.ts';
import {shown} from '../contract/branch-contract.ts';
import {toolPart} from '../contract/client-tool-contract.ts';
import {until} from '../helpers/until.ts';

describe('a session in memory, driven by a test', () => {
  let session: MemorySession;

  beforeEach(async () => {
    session = createMemorySession({clientId: 'ana'});
    await session.dispatch({type: 'send', text: 'To Porto'});
  });

  const idOfFirst = (): string => session.snapshot.messages[0]?.id ?? '';
  const byBen = (text: string) => [{id: text, role: 'user' as const, clientId: 'ben', parts: [{type: 'text' as const, text}]}];

  function asked(): void {
    const run = session.startRun();
    run.part({type: 'tool-book', toolCallId: 'book-1', state: 'approval-requested', input: {}, approval: {id: 'a'}});
    run.end('suspended');
  }

  test('an edit of somebody else is followed, unless an answer is running or an older version was chosen', async () => {
    const run = session.startRun();
    run.append('Porto');
    session.branches.add(idOfFirst(), byBen('To Faro'));
    assert.deepEqual(shown(session.snapshot), ['To Porto 1/2', 'Porto']);
    run.end();
    assert.deepEqual(shown(session.snapshot), ['To Porto 1/2', 'Porto']);
    await session.dispatch({type: 'select-branch', messageId: idOfFirst(), index: 1});
    session.branches.add(idOfFirst(), byBen('To Braga'));
    assert.deepEqual(shown(session.snapshot), ['To Braga 3/3']);
    await session.dispatch({type: 'select-branch', messageId: idOfFirst(), index: 0});
    session.branches.add(idOfFirst(), byBen('To Beja'));
    assert.deepEqual(shown(session.snapshot), ['To Porto 1/4', 'Porto']);
  });

  test('a run goes on in a branch that is not shown', async () => {
    const run = session.startRun();
    run.append('Porto');
    session.branches.add(idOfFirst(), byBen('To Faro'));
    await session.dispatch({type: 'select-branch', messageId: idOfFirst(), index: 1});
    run.append(' is fine');
    run.end();
    assert.deepEqual([shown(session.snapshot), session.snapshot.runs], [['To Faro 2/2'], []]);
    await session.dispatch({type: 'select-branch', messageId: idOfFirst(), index: 0});
    assert.deepEqual([shown(session.snapshot), session.snapshot.runs[0]?.status], [['To Porto 1/2', 'Porto is fine'], 'complete']);
  });

  test('a decision that is held is on its way, and loses to one that comes meanwhile', async () => {
    asked();
    const release = session.approvals.hold();
    const mine = session.dispatch({type: 'respond', toolCallId: 'book-1', approved: true});
    assert.equal(session.snapshot.approvals[0]?.state, 'deciding');
    session.approvals.decide('book-1', {approved: false, clientId: 'ben'});
    release();
    await assert.rejects(mine, /ben has decided already: denied/);
    assert.deepEqual(session.snapshot.approvals.map(({decision}) => decision?.clientId), ['ben']);
  });

  test('nothing is decided while the line is down', async () => {
    asked();
    session.setConnection('offline');
    await assert.rejects(session.dispatch({type: 'respond', toolCallId: 'book-1', approved: true}), {kind: 'connection'});
    assert.equal(session.snapshot.approvals[0]?.state, 'pending');
  });

  test('a call that another page has claimed is not carried out here', async () => {
    let calls = 0;
    session.tools.isClaimedElsewhere = true;
    session.offerTools(() => () => ++calls);
    const run = session.startRun();
    run.part({type: 'tool-locate', toolCallId: 'locate-1', state: 'input-available', input: {}});
    run.end('suspended');
    await until(session, ({runs}) => runs[0]?.status === 'suspended');
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual([calls, toolPart(session.snapshot)?.state], [0, 'input-available']);
  });
});
