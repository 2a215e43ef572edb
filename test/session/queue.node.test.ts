import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import type {SessionMessage} from '../../src/session/message.ts';
import {
  changeQueued, countAgain, emptyQueue, enqueue, holdOf, mayDrain, moveQueued, passStops, type Queue, queueLimit, releaseQueue, resumeQueue, stopQueue, takeFromQueue,
} from '../../src/session/queue.ts';
import type {QueuedMessage, RunSnapshot} from '../../src/session/snapshot.ts';

const entry = (id: string): QueuedMessage => ({id, text: id, files: [], createdAt: 1});
const queueOf = (...ids: string[]): Queue => ({...emptyQueue, entries: ids.map(entry)});
const ids = ({entries}: Queue): string[] => entries.map(({id}) => id);

function own(id: string, fields: Partial<SessionMessage> = {}): SessionMessage {
  return {id, role: 'user', clientId: 'ana', mine: true, createdAt: 5, runId: undefined, delivery: 'sent', error: undefined, steer: undefined, branch: undefined, parts: [], ...fields};
}

function run(fields: Partial<RunSnapshot> = {}): RunSnapshot {
  return {key: 'r1', runId: 'r1', inputId: 'm1', status: 'active', stop: undefined, isAnswered: false, error: undefined, clientId: 'ana', agentId: 'bot', ...fields};
}

const nothing = {messages: [], runs: []};

describe('a queue', () => {
  test('is changed by making another: what is shown of it does not change under the page', () => {
    const queue = queueOf('one', 'two');
    const before = structuredClone(queue);
    enqueue(queue, entry('three'));
    changeQueued(queue, 'one', 'uno');
    moveQueued(queue, 'two', 0);
    takeFromQueue(queue, 'one');
    assert.deepEqual(queue, before);
  });

  test('moves a message to any place, and no further than its ends', () => {
    const queue = queueOf('a', 'b', 'c');
    assert.deepEqual(ids(moveQueued(queue, 'c', 1)), ['a', 'c', 'b']);
    assert.deepEqual(ids(moveQueued(queue, 'a', 1)), ['b', 'a', 'c']);
    assert.deepEqual(ids(moveQueued(queue, 'b', -5)), ['b', 'a', 'c']);
    assert.deepEqual(ids(moveQueued(queue, 'b', Infinity)), ['a', 'c', 'b']);
  });

  test('is the same object where nothing changes', () => {
    const queue = queueOf('one');
    assert.equal(takeFromQueue(queue, 'gone'), queue);
    assert.equal(resumeQueue(queue), queue);
    assert.equal(releaseQueue(queue, nothing), queue);
    assert.equal(stopQueue(emptyQueue), emptyQueue);
  });

  test('takes as many as its limit says', () => {
    const full = queueOf(...Array.from({length: queueLimit}, (_, place) => String(place)));
    assert.throws(() => enqueue(full, entry('more')), {kind: 'input'});
    assert.equal(enqueue(takeFromQueue(full, '0'), entry('more')).entries.length, queueLimit);
  });

  test('keeps a message with a file also where its text is taken away', () => {
    const queue: Queue = {...emptyQueue, entries: [{...entry('one'), files: [{type: 'file', mediaType: 'image/png', url: 'data:,'}]}]};
    assert.equal(changeQueued(queue, 'one', '').entries[0]?.text, '');
  });
});

describe('the next message', () => {
  const waiting: readonly [string, Partial<RunSnapshot>, boolean][] = [
    ['starting', {status: 'starting', runId: undefined}, false],
    ['active', {}, false],
    ['being stopped', {stop: 'requested'}, false],
    ['suspended', {status: 'suspended'}, false],
    ['not heeding a stop', {stop: 'unconfirmed'}, true],
    ['lost', {status: 'lost'}, true],
    ['complete', {status: 'complete'}, true],
    ['cancelled', {status: 'cancelled'}, true],
    ['failed', {status: 'error'}, true],
  ];
  for (const [name, fields, may] of waiting) {
    test(`${may ? 'goes out' : 'waits'} while a run is ${name}`, () => {
      assert.equal(mayDrain(queueOf('one'), {messages: [], runs: [run(fields)]}), may);
    });
  }

  test('waits while another is on its way', () => {
    for (const delivery of ['queued', 'sending'] as const) {
      assert.equal(mayDrain(queueOf('one'), {messages: [own('m1', {delivery})], runs: []}), false);
    }
  });

  test('goes out when nothing is in its way', () => {
    assert.equal(mayDrain(queueOf('one'), nothing), true);
    assert.equal(mayDrain(emptyQueue, nothing), false);
  });
});

describe('a queue is held', () => {
  const holds = (messages: SessionMessage[], runs: RunSnapshot[] = [], queue = queueOf('one')): string | undefined => holdOf(queue, {messages, runs});

  test('by a stop, until something is sent', () => {
    const stopped = stopQueue(queueOf('one'));
    assert.equal(holds([], [], stopped), 'stopped');
    assert.equal(holds([], [], resumeQueue(stopped)), undefined);
  });

  test('by a stop on the channel once nothing runs, until it is passed', () => {
    const after = {messages: [], runs: [run({status: 'cancelled'})], stop: '05', end: '07'};
    assert.equal(holdOf(queueOf('one'), {...after, runs: [run()]}), undefined);
    assert.equal(holdOf(queueOf('one'), after), 'stopped');
    assert.equal(mayDrain(queueOf('one'), after), false);
    const released = releaseQueue(queueOf('one'), after);
    assert.equal(holdOf(released, after), undefined);
    assert.equal(mayDrain(released, after), true);
    assert.equal(holdOf(released, {...after, stop: '06'}), undefined);
    assert.equal(holdOf(released, {...after, stop: '08'}), 'stopped');
    assert.equal(passStops(released, '04'), released);
  });

  test('by a missed steer, until this person says something after it', () => {
    const missed = own('s1', {steer: 'missed', runId: 'r1'});
    assert.equal(holds([missed]), 'missed');
    assert.equal(holds([missed, own('m2')]), undefined);
    assert.equal(holds([missed, own('m2', {mine: false})]), 'missed');
    assert.equal(holds([missed, own('a1', {role: 'assistant', mine: false})]), 'missed');
  });

  test('by a steer that waits for an agent that is gone, and not by one that an agent may still hear', () => {
    const steer = own('s1', {steer: 'waiting', runId: 'r1'});
    assert.equal(holds([steer], [run()]), undefined);
    assert.equal(holds([steer], [run({status: 'lost'})]), 'missed');
    assert.equal(holds([own('s1', {steer: 'consumed', runId: 'r1'})], [run({status: 'lost'})]), undefined);
  });

  test('by a message that was not sent, or got no answer', () => {
    assert.equal(holds([own('m1', {delivery: 'failed'})]), 'failed');
    assert.equal(holds([own('m1')], [run({status: 'unanswered', runId: undefined})]), 'failed');
    assert.equal(holds([own('m1')], [run({status: 'error'})]), undefined);
  });

  test('by nothing that the person has let it go past, and by the next thing again', () => {
    const conversation = {messages: [own('s1', {steer: 'missed', runId: 'r1'})], runs: []};
    const released = releaseQueue(queueOf('one', 'two'), conversation);
    assert.equal(holdOf(released, conversation), undefined);
    assert.equal(holdOf(released, {...conversation, messages: [...conversation.messages, own('s2', {steer: 'missed', runId: 'r2'})]}), 'missed');
    assert.equal(holdOf(countAgain(released, 's1'), conversation), 'missed');
  });

  test('not past a steer that still waits, when it is released from a stop', () => {
    const conversation = {messages: [own('s1', {steer: 'waiting', runId: 'r1'})], runs: [run()]};
    const released = releaseQueue(stopQueue(queueOf('one')), conversation);
    assert.equal(holdOf(released, {messages: [own('s1', {steer: 'missed', runId: 'r1'})], runs: []}), 'missed');
  });

  test('never while it is empty', () => {
    assert.equal(holds([own('m1', {delivery: 'failed'})], [], {...emptyQueue, isStopped: true}), undefined);
  });
});
