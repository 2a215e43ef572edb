import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, mock, test} from 'node:test';
import type {AiSession} from '../../src/ably/ai-session.ts';
import {Connection} from '../../src/ably/connection.ts';
import {SessionError} from '../../src/session/errors.ts';
import type {LiveStateSnapshot} from '../../src/session/live-state.ts';
import {FaultyStage, isOffline} from '../helpers/faulty-stage.ts';
import {seesState} from '../helpers/sees-state.ts';

describe('the state that a session shares, over a line that fails,', () => {
  let stage: FaultyStage;
  beforeEach(async () => {
    stage = await FaultyStage.open('conversations:state-faults');
  });
  afterEach(async () => {
    mock.restoreAll();
    await stage.close();
  });

  const isReady = ({status}: LiveStateSnapshot): boolean => status === 'ready';

  async function open(session: AiSession): Promise<AiSession> {
    session.state.open();
    await seesState(session.state, isReady);
    return session;
  }

  /** Has a page's channel joined again with a gap, and calls something at the moment when it is left for that. */
  async function whileRejoining<T>(session: AiSession, run: () => T): Promise<T> {
    stage.line.cut();
    await isOffline(session);
    stage.broker.server.faults?.forceGap(stage.channel);
    const left = Promise.withResolvers<{result: T}>();
    stage.clientOf(session).channels.get(stage.channel).once('detaching', () => left.resolve({result: run()}));
    stage.line.mend();
    return (await left.promise).result;
  }

  test('what is edited while the channel is joined again after a gap shows at once, and is made in order when it is', async () => {
    const [ana, bo] = [await open(stage.visit()), await open(stage.visitFromElsewhere('bo'))];
    await ana.state.increment('votes', 5);
    const {edits, shown} = await whileRejoining(ana, () => {
      const kind = ana.state.kindOf('votes');
      const made = [ana.state.set('note', 'x'), ana.state.set('note', kind), ana.state.increment('votes', 2)];
      return {edits: made, shown: ana.state.snapshot.root};
    });
    assert.deepEqual(shown, {votes: 7, note: 'counter'});
    await Promise.all(edits);
    await seesState(bo.state, ({root}) => root['note'] === 'counter' && root['votes'] === 7);
    assert.deepEqual(ana.state.snapshot.root, {votes: 7, note: 'counter'});
  });

  test('what is edited then is refused and taken back when the channel cannot be joined any more', async () => {
    const ana = await open(stage.visit());
    const {edit} = await whileRejoining(ana, () => {
      const made = ana.state.set('note', 'x');
      stage.clientOf(ana).close();
      return {edit: made};
    });
    await assert.rejects(edit, /The connection is closed/);
    await seesState(ana.state, ({root}) => root['note'] === undefined);
    await assert.rejects(ana.state.set('note', 'y'), SessionError);
  });

  test('what is edited then is refused when the session is closed', async () => {
    const ana = await open(stage.visit());
    const {edit} = await whileRejoining(ana, () => ({edit: ana.state.set('note', 'x')}));
    const refused = assert.rejects(edit, SessionError);
    ana.state.close();
    await refused;
  });

  describe('whose code cannot be loaded,', () => {
    const down = (): Promise<never> => Promise.reject(new SessionError('The part of the library that shares state could not be loaded.', {kind: 'connection'}));

    async function withoutObjects(): Promise<AiSession> {
      const loading = mock.method(Connection.prototype, 'loadObjects', down);
      const ana = stage.visit();
      ana.state.open();
      await seesState(ana.state, ({status}) => status === 'failed');
      loading.mock.restore();
      return ana;
    }

    test('is loaded when the line is back', async () => {
      const ana = await withoutObjects();
      stage.line.cut();
      await isOffline(ana);
      stage.line.mend();
      await seesState(ana.state, isReady);
      assert.equal(ana.state.snapshot.error, undefined);
      await ana.state.set('note', 'x');
    });

    test('is loaded when the next element needs it', async () => {
      const ana = await withoutObjects();
      ana.state.open();
      await seesState(ana.state, isReady);
    });

    test('is loaded when the line comes that was down when it was asked for', async () => {
      stage.line.cut();
      const ana = await withoutObjects();
      stage.line.mend();
      await seesState(ana.state, isReady);
    });
  });
});
