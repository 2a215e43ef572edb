import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, mock, test} from 'node:test';
import {AskFacts} from '../../src/ably/ask-facts.ts';
import type {AskRoom} from '../../src/ably/asks.ts';
import type {PresenceWatch} from '../../src/ably/presence-watch.ts';
import {courtesyMs, ToolRunner} from '../../src/ably/tool-runner.ts';
import type {SessionMessage} from '../../src/session/message.ts';
import {initialSnapshot, type RunSnapshot, type SessionSnapshot} from '../../src/session/snapshot.ts';

const run: RunSnapshot = {key: 'r1', runId: 'r1', inputId: 'm1', status: 'suspended', stop: undefined, isAnswered: false, error: undefined, clientId: 'ana', agentId: 'bot'};
const message: SessionMessage = {
  id: 'm2', role: 'assistant', clientId: 'bot', mine: false, createdAt: 1, runId: 'r1', delivery: 'sent', error: undefined, steer: undefined, branch: undefined,
  parts: [{type: 'tool-locate', toolCallId: 'call', state: 'input-available', input: {}}],
};

describe('a call that an agent leaves to pages', () => {
  let claims = 0;
  let asked = 0;
  let runner: ToolRunner;

  /** The page of somebody, on a channel that tells that these are present; or, without them, nothing of who is. */
  function open(clientId: string, present?: readonly string[], isKnown = present !== undefined): {members: {key: string; clientId: string; since: number}[]} {
    const presence = {isFollowed: present !== undefined, isKnown, members: (present ?? []).map((id) => ({key: `c:${id}`, clientId: id, since: 1}))};
    const snapshot: SessionSnapshot = {...initialSnapshot, clientId, runs: [run], messages: [message]};
    const facts = new AskFacts();
    const room = {
      snapshot: () => snapshot,
      transport: () => ({connectionId: 'here'}),
      facts: () => facts,
      maxMessageBytes: () => 65_536,
      publish: () => {
        claims++;
        return Promise.resolve();
      },
      invalidate: () => undefined,
    };
    // Only what is asked of them before a call is claimed.
    runner = new ToolRunner(room as unknown as AskRoom, presence as unknown as PresenceWatch);
    runner.offer(() => {
      asked++;
      return () => 'Porto';
    });
    return presence;
  }

  beforeEach(() => {
    mock.timers.enable({apis: ['setTimeout', 'setInterval', 'Date'], now: 1_000_000});
    claims = asked = 0;
  });
  afterEach(() => {
    runner.close();
    mock.timers.reset();
  });

  test('is claimed at once by a page of whoever asked for the run', () => {
    open('ana', ['ana', 'bo']);
    assert.equal(claims, 1);
  });

  test('is left by the pages of others to a person who is there, for a while', () => {
    open('bo', ['ana', 'bo']);
    mock.timers.tick(courtesyMs - 1);
    assert.deepEqual([claims, asked], [0, 0]);
    mock.timers.tick(1);
    assert.deepEqual([claims, asked], [1, 1]);
  });

  test('is claimed at once by the page of somebody else where whoever asked is not there, or leaves', () => {
    open('bo', ['bo']);
    assert.equal(claims, 1);
    runner.close();
    const presence = open('bo', ['ana', 'bo']);
    assert.equal(claims, 1);
    presence.members = presence.members.filter(({clientId}) => clientId !== 'ana');
    runner.look();
    assert.equal(claims, 2);
  });

  test('is left for a while where it is not known yet who is there', () => {
    open('bo', [], false);
    assert.equal(claims, 0);
    mock.timers.tick(courtesyMs);
    assert.equal(claims, 1);
  });

  test('is claimed by whoever is first where the rights do not tell who is there', () => {
    open('bo');
    assert.equal(claims, 1);
  });
});
