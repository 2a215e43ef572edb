import assert from 'node:assert/strict';
import {beforeEach, describe, it, mock} from 'node:test';
import {LateSession, type LoadedSession} from '../../src/ably/late-session.ts';
import {type SessionChange, SessionError, type SessionSettings} from '../../src/session/index.ts';
import {createMemorySession, type MemorySession} from '../../src/testing/index.ts';

describe('a session whose code is loading', () => {
  const loadObjects = mock.fn(() => Promise.resolve());
  let memory: MemorySession;
  let made: SessionSettings[];
  let configured: SessionSettings[];
  let isClosed: boolean;
  let arrive: () => void;
  let fail: (error: Error) => void;
  let session: LateSession;

  beforeEach(() => {
    loadObjects.mock.resetCalls();
    memory = createMemorySession();
    made = [];
    configured = [];
    isClosed = false;
    const {promise, resolve, reject} = Promise.withResolvers<undefined>();
    arrive = () => resolve(undefined);
    fail = reject;
    const loaded: LoadedSession = Object.assign(memory, {
      configure: (settings: SessionSettings) => void configured.push(settings),
      close: () => Promise.resolve(void (isClosed = true)),
    });
    session = new LateSession({loadObjects}, {channel: 'late'}, async () => {
      await promise;
      return (settings) => {
        made.push(settings);
        return loaded;
      };
    });
  });

  const texts = (): unknown[] => session.snapshot.messages.flatMap(({parts}) => parts.map((part) => (part.type === 'text' ? part.text : part.type)));
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  it('is connecting, and takes what is said in the meantime, in order', async () => {
    assert.equal(session.snapshot.connection.state, 'connecting');
    const said = [session.dispatch({type: 'send', text: 'one'}), session.dispatch({type: 'send', text: 'two', policy: 'alongside'})];
    await settle();
    assert.deepEqual(texts(), []);
    arrive();
    await Promise.all(said);
    assert.deepEqual(texts(), ['one', 'two']);
  });

  it('tells what it finds to whoever listened before', async () => {
    const heard: SessionChange[] = [];
    const stop = session.subscribe((change) => heard.push(change));
    arrive();
    await session.dispatch({type: 'send', text: 'one'});
    memory.flush();
    assert.equal(heard.at(-1)?.snapshot.messages.length, 1);
    stop();
    const count = heard.length;
    await session.dispatch({type: 'send', text: 'two', policy: 'alongside'});
    memory.flush();
    assert.equal(heard.length, count);
  });

  it('is made with the settings that other elements brought meanwhile, and passes on later ones', async () => {
    session.configure({channel: 'late', agentUrl: '/agent'});
    arrive();
    await settle();
    assert.deepEqual(made, [{channel: 'late', agentUrl: '/agent'}]);
    session.configure({channel: 'late', history: 5});
    assert.deepEqual(configured, [{channel: 'late', history: 5}]);
  });

  it('says why when its code cannot be loaded, to what was asked of it too', async () => {
    const states: string[] = [];
    session.subscribe(({snapshot}) => states.push(snapshot.connection.state));
    const said = session.dispatch({type: 'send', text: 'one'});
    fail(new Error('404'));
    await assert.rejects(said, (error) => error instanceof SessionError && error.kind === 'connection');
    assert.deepEqual(states, ['failed']);
    assert.match(session.snapshot.connection.error?.message ?? '', /could not be loaded/);
    assert.equal(session.state.snapshot.status, 'failed');
  });

  it('is never made when it is closed before', async () => {
    const said = session.dispatch({type: 'send', text: 'one'});
    await session.close();
    arrive();
    await assert.rejects(said, (error) => error instanceof SessionError && error.kind === 'closed');
    assert.deepEqual(made, []);
  });

  it('is closed when it is closed later', async () => {
    arrive();
    await settle();
    await session.close();
    assert.equal(isClosed, true);
  });

  it('offers tools once it can, unless they were taken back', async () => {
    const offer = mock.method(memory, 'offerTools');
    const takeBack = session.offerTools(() => undefined);
    session.offerTools(() => () => 'done');
    takeBack();
    arrive();
    await settle();
    assert.equal(offer.mock.callCount(), 1);
  });

  it('asks for what shares state at once, and edits when it is there', async () => {
    const release = session.state.open();
    assert.equal(loadObjects.mock.callCount(), 1);
    assert.equal(session.state.snapshot.status, 'loading');
    const edit = session.state.set('count', 3);
    assert.equal(session.state.kindOf('count'), 'none');
    arrive();
    await edit;
    assert.deepEqual(session.state.snapshot.root, {count: 3});
    assert.equal(session.state.kindOf('count'), 'value');
    release();
  });
});
