import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {type AgentState, joinAgents, joinPeople} from '../../src/session/agents.ts';
import {markLost} from '../../src/session/lost-runs.ts';
import type {Activity, PresenceMember} from '../../src/session/presence.ts';
import type {RunSnapshot, RunStatus} from '../../src/session/snapshot.ts';

const run = (status: RunStatus, key = 'r1', agentId: string | undefined = 'bot'): RunSnapshot => ({
  key, runId: key, inputId: undefined, status, stop: undefined, isAnswered: false, error: undefined, clientId: 'ana', agentId,
});
const member = (status?: Activity, fields: Partial<PresenceMember> = {}): PresenceMember => ({
  key: `1:${fields.clientId ?? 'bot'}`, clientId: 'bot', type: 'agent', since: 5, ...(status === undefined ? {} : {status}), ...fields,
});
const known = {isPresenceKnown: true, writingRuns: new Set<string>(), knownAgents: new Set(['bot']), vanishedAgents: new Set<string>()};

describe('what an agent is said to be doing', () => {
  const presences = {absent: undefined, vanished: undefined, silent: member(), idle: member('idle'), thinking: member('thinking'), streaming: member('streaming')};
  type Presence = keyof typeof presences;
  const table: Record<RunStatus | 'none', Record<Presence, AgentState>> = {
    none: {absent: 'offline', vanished: 'lost', silent: 'idle', idle: 'idle', thinking: 'thinking', streaming: 'streaming'},
    // Nobody has begun yet, so that the run is nobody's.
    starting: {absent: 'offline', vanished: 'lost', silent: 'idle', idle: 'idle', thinking: 'thinking', streaming: 'streaming'},
    unanswered: {absent: 'offline', vanished: 'lost', silent: 'idle', idle: 'idle', thinking: 'thinking', streaming: 'streaming'},
    active: {absent: 'lost', vanished: 'lost', silent: 'thinking', idle: 'thinking', thinking: 'thinking', streaming: 'streaming'},
    lost: {absent: 'lost', vanished: 'lost', silent: 'thinking', idle: 'thinking', thinking: 'thinking', streaming: 'streaming'},
    suspended: {absent: 'waiting', vanished: 'waiting', silent: 'waiting', idle: 'waiting', thinking: 'waiting', streaming: 'waiting'},
    complete: {absent: 'offline', vanished: 'lost', silent: 'idle', idle: 'idle', thinking: 'thinking', streaming: 'streaming'},
    cancelled: {absent: 'offline', vanished: 'lost', silent: 'idle', idle: 'idle', thinking: 'thinking', streaming: 'streaming'},
    error: {absent: 'failed', vanished: 'failed', silent: 'failed', idle: 'failed', thinking: 'thinking', streaming: 'streaming'},
  };
  for (const [status, row] of Object.entries(table) as [RunStatus | 'none', Record<Presence, AgentState>][]) {
    for (const [presence, expected] of Object.entries(row) as [Presence, AgentState][]) {
      test(`with its run ${status} and its presence ${presence} it is ${expected}`, () => {
        const runs = status === 'none' ? [] : [run(status, 'r1', status === 'starting' || status === 'unanswered' ? undefined : 'bot')];
        const there = presences[presence];
        const [agent] = joinAgents(there ? [there] : [], runs, {...known, vanishedAgents: new Set(presence === 'vanished' ? ['bot'] : [])});
        assert.deepEqual([agent?.clientId, agent?.state, agent?.isPresent], ['bot', expected, there !== undefined]);
      });
    }
  }
});

test('a run that has written is streaming, whatever presence says, also when presence comes after the first token', () => {
  const writing = {...known, writingRuns: new Set(['r1'])};
  assert.equal(joinAgents([], [run('active')], {...writing, isPresenceKnown: false})[0]?.state, 'streaming');
  assert.equal(joinAgents([member('thinking')], [run('active')], writing)[0]?.state, 'streaming');
});

test('nobody is lost as long as presence is not known', () => {
  assert.equal(joinAgents([], [run('active')], {...known, isPresenceKnown: false})[0]?.state, 'thinking');
});

test('an agent that never says that it is there is not lost', () => {
  assert.equal(joinAgents([member('idle', {clientId: 'other', key: '2:other'})], [run('active')], {...known, knownAgents: new Set()})[0]?.state, 'thinking');
});

test('an agent that leaves during a run is lost, and found again when it comes back', () => {
  assert.equal(joinAgents([], [run('active')], known)[0]?.state, 'lost');
  assert.equal(joinAgents([member('thinking')], [run('active')], known)[0]?.state, 'thinking');
});

test('an agent that is expected to be back is not lost, and not there either', () => {
  const [agent] = joinAgents([], [run('active')], {...known, expectedAgents: new Set(['bot'])});
  assert.deepEqual([agent?.state, agent?.isPresent], ['thinking', false]);
});

test('an agent that vanished while at work is not lost any more once it is back, or as long as presence is not known', () => {
  const vanished = {...known, vanishedAgents: new Set(['bot'])};
  assert.equal(joinAgents([member('idle')], [], vanished)[0]?.state, 'idle');
  assert.equal(joinAgents([], [], {...vanished, isPresenceKnown: false})[0]?.state, 'offline');
});

test('the runs of an agent that is lost are lost, and those of others are not', () => {
  const runs = [run('complete', 'r0'), run('active', 'r1'), run('active', 'r2', 'other')];
  const agents = joinAgents([member('thinking', {clientId: 'other', key: '2:other'})], runs, known);
  assert.deepEqual(markLost(runs, agents).map(({status}) => status), ['complete', 'lost', 'active']);
});

test('a failure is told until the next run', () => {
  assert.equal(joinAgents([member('idle')], [run('error', 'r1'), run('complete', 'r2')], known)[0]?.state, 'idle');
  assert.deepEqual(joinAgents([member('idle')], [run('error', 'r1')], known).map(({state, run: key}) => [state, key]), [['failed', 'r1']]);
});

test('several agents are told apart, each with its own state', () => {
  const members = [member('thinking', {clientId: 'flights', key: '2:flights'}), member('idle', {clientId: 'hotels', key: '3:hotels'})];
  const agents = joinAgents(members, [run('active', 'r1', 'planner')], {...known, knownAgents: new Set(['planner'])});
  assert.deepEqual(agents.map(({clientId, state}) => [clientId, state]), [['flights', 'thinking'], ['hotels', 'idle'], ['planner', 'lost']]);
});

test('an agent on two connections is one, as busy as its busier one', () => {
  const agents = joinAgents([member('idle'), member('streaming', {key: '2:bot', since: 9, name: 'Planner'})], [], known);
  assert.deepEqual(agents.map(({name, state, since}) => [name, state, since]), [['Planner', 'streaming', 9]]);
});

test('people are those who are no agents, once each; who does not say is an agent if it has published a run', () => {
  const members = [
    member(undefined, {clientId: 'ana', type: 'person', key: '1:ana', since: 7}), member(undefined, {clientId: 'ana', type: 'person', key: '2:ana', since: 3}),
    member(undefined, {clientId: 'old-bot', type: undefined, key: '3:old-bot'}), member(undefined, {clientId: 'bo', type: undefined, key: '4:bo'}), member(),
  ];
  const runs = [run('complete', 'r1', 'old-bot')];
  assert.deepEqual(joinPeople(members, runs).map(({clientId, since}) => [clientId, since]), [['ana', 3], ['bo', 5]]);
  assert.deepEqual(joinAgents(members, runs, {...known, knownAgents: new Set()}).map(({clientId}) => clientId), ['bot', 'old-bot']);
});
