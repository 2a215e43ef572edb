import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {pacedRecording} from '../../src/replay/paced.ts';
import {Recorder} from '../../src/replay/recorder.ts';
import {readRecording, type Recording, toJson} from '../../src/replay/recording.ts';
import {ReplaySession} from '../../src/replay/replay-session.ts';
import {SessionError, type SessionSnapshot, textOf} from '../../src/session/index.ts';
import {createMemorySession} from '../../src/testing/index.ts';

const start = 1_700_000_000_000;
/** Announcements wait until the test asks for them. */
const never = () => () => undefined;

/** A conversation that takes two seconds, and what a recorder wrote of it. */
function recorded(): {recording: Recording; snapshot: SessionSnapshot; root: unknown} {
  let now = start;
  const session = createMemorySession({clientId: 'ana', agentId: 'planner', schedule: never, now: () => now});
  const pass = (ms: number): void => {
    session.flush();
    session.state.flush();
    now += ms;
  };
  session.state.open();
  const recorder = new Recorder(session, () => now);
  void session.dispatch({type: 'send', text: 'Where to?'});
  pass(500);
  session.enter('planner', {type: 'agent', status: 'thinking'});
  const run = session.startRun();
  run.part({type: 'tool-search', toolCallId: 'c', state: 'input-available', input: {to: 'LIS'}});
  pass(500);
  run.part({type: 'tool-search', toolCallId: 'c', state: 'output-available', input: {to: 'LIS'}, output: 4});
  run.append('To ');
  session.state.receive('progress.flights', {agent: 'planner', label: 'Searching', state: 'running', startedAt: now});
  pass(500);
  session.state.receive('progress.flights.endedAt', now);
  run.append('Lisbon.');
  pass(500);
  run.end('error', new SessionError('The model did not answer.', {kind: 'agent', code: 104008}));
  pass(0);
  return {recording: JSON.parse(JSON.stringify(recorder.recording())) as Recording, snapshot: session.snapshot, root: session.state.snapshot.root};
}

/** A player whose time is told by the test. */
function player(recording: Recording, speed?: number) {
  let now = start;
  const frames: (() => void)[] = [];
  let due: {at: number; then: () => void} | undefined;
  const replay = new ReplaySession(recording, {
    speed, now: () => now,
    schedule: (run) => {
      frames.push(run);
      return () => undefined;
    },
    after: (ms, then) => {
      due = {at: now + ms, then};
      return () => (due = undefined);
    },
  });
  const pass = (ms: number): void => {
    const end = now + ms;
    while (due && due.at <= end) {
      const {at, then} = due;
      due = undefined;
      now = at;
      then();
    }
    now = end;
    for (const run of frames.splice(0)) run();
  };
  return {replay, pass};
}

const answer = ({snapshot}: ReplaySession): string => textOf(snapshot.messages.findLast(({role}) => role === 'assistant') ?? {parts: []});

describe('A recorded session', () => {
  test('ends as the session did, played as it went', () => {
    const {recording, snapshot, root} = recorded();
    const {replay, pass} = player(recording);
    replay.play();
    pass(recording.duration);
    assert.ok(replay.isOver);
    for (const slice of ['messages', 'runs', 'agents', 'people', 'connection', 'clientId'] as const) {
      assert.deepEqual(toJson(replay.snapshot[slice]), toJson(snapshot[slice]), slice);
    }
    assert.deepEqual(replay.state.snapshot.root, root);
    assert.ok(replay.snapshot.runs[0]?.error instanceof SessionError);
  });

  test('holds no time of a clock, and has those of the page when it is played', () => {
    const {recording} = recorded();
    assert.doesNotMatch(JSON.stringify(recording), /170000000\d{4}/);
    const {replay, pass} = player(recording, Infinity);
    replay.play();
    pass(0);
    // It is over now, and took two seconds.
    assert.deepEqual(replay.state.snapshot.root['progress'], {flights: {agent: 'planner', label: 'Searching', state: 'running', startedAt: start - 1000, endedAt: start - 500}});
  });

  test('grows as the session grew', () => {
    const {replay, pass} = player(recorded().recording);
    replay.play();
    assert.deepEqual(replay.snapshot.messages.map(({mine}) => mine), [true]);
    pass(999);
    assert.equal(replay.snapshot.runs[0]?.status, 'active');
    assert.equal(answer(replay), '');
    pass(1);
    assert.equal(answer(replay), 'To ');
    pass(500);
    assert.equal(answer(replay), 'To Lisbon.');
  });

  test('announces a word by the id of its message, and leaves the list as it is', () => {
    const {replay, pass} = player(recorded().recording);
    replay.play();
    pass(1000);
    const {messages} = replay.snapshot;
    const touched: string[] = [];
    replay.subscribe(({messageIds}) => touched.push(...messageIds));
    pass(500);
    assert.equal(replay.snapshot.messages, messages);
    assert.deepEqual(touched, [messages[1]?.id]);
  });

  test('can be played faster, and all at once', () => {
    const {recording} = recorded();
    const fast = player(recording, 2);
    fast.replay.play();
    fast.pass(750);
    assert.equal(answer(fast.replay), 'To Lisbon.');
    const whole = player(recording, Infinity);
    whole.replay.play();
    assert.ok(whole.replay.isOver);
  });

  test('waits while it is paused, and goes on from there', () => {
    const {replay, pass} = player(recorded().recording);
    replay.play();
    pass(1000);
    replay.pause();
    pass(60_000);
    assert.equal(answer(replay), 'To ');
    replay.play();
    pass(500);
    assert.equal(answer(replay), 'To Lisbon.');
  });

  test('does not keep anybody waiting through a long pause', () => {
    const recording: Recording = {format: 'agent-session-recording', version: 1, duration: 600_000, events: [{at: 600_000, type: 'state', path: 'late', value: true}]};
    const {replay, pass} = player(recording);
    replay.play();
    pass(2500);
    assert.deepEqual(replay.state.snapshot.root, {late: true});
  });

  test('can be played again from the beginning, untouched by the first time', () => {
    const {recording} = recorded();
    const before = structuredClone(recording);
    const {replay, pass} = player(recording);
    replay.play();
    pass(5000);
    assert.deepEqual(recording, before);
  });

  test('refuses what is asked of it, and has nothing older', async () => {
    const {replay} = player(recorded().recording);
    await assert.rejects(replay.dispatch({type: 'send', text: 'Hello'}), /This is a recording/);
    await assert.rejects(replay.state.set('a', 1), /This is a recording/);
    assert.equal(replay.state.snapshot.isWritable, false);
    await replay.dispatch({type: 'load-older'});
  });
});

describe('A recording of what is shown', () => {
  test('has the conversation, word by word, of which nobody wrote down how it went', () => {
    const session = createMemorySession({clientId: 'ana', schedule: never});
    session.load([
      {id: 'q', role: 'user', createdAt: start, parts: [{type: 'text', text: 'Where to?'}]},
      {id: 'a', role: 'assistant', createdAt: start + 9000, parts: [{type: 'text', text: 'To Lisbon, by train.'}]},
    ]);
    const recording = pacedRecording(session);
    const {replay, pass} = player(recording);
    replay.play();
    assert.deepEqual(replay.snapshot.messages.map(({id}) => id), ['q']);
    pass(1200 + 50);
    assert.equal(answer(replay), 'To ');
    pass(recording.duration);
    assert.deepEqual(replay.snapshot.messages.map(textOf), ['Where to?', 'To Lisbon, by train.']);
  });
});

describe('A file that is no recording', () => {
  test('is refused, with what it should be', () => {
    assert.throws(() => readRecording({hello: 1}, 'a.json'), /a\.json is not a recorded session/);
    assert.throws(() => readRecording(null, 'a.json'), /not a recorded session/);
    assert.throws(() => readRecording({...recorded().recording, version: 2}, 'a.json'), /version 2/);
  });
});
