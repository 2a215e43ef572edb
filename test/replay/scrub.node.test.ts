import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import type {RecordedEvent, Recording} from '../../src/replay/recording.ts';
import {scrubRecording} from '../../src/replay/scrub.ts';

const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbmEifQ.c2lnbmF0dXJlLW9mLWl0';

function recordingOf(...events: RecordedEvent[]): Recording {
  return {format: 'agent-session-recording', version: 1, clientId: 'ana@example.org', duration: 1000, events};
}

const message = (text: string, more: object = {}): RecordedEvent => ({at: 0, type: 'message', message: {id: '9ea8ee69-8348', role: 'user', clientId: 'ana@example.org', parts: [{type: 'text', text}], ...more}});

/** The recording's text, in which nothing of a secret may be. */
const written = (recording: Recording): string => JSON.stringify(scrubRecording(recording));

describe('What a recording gives away', () => {
  test('names people and agents by numbers, the same everywhere', () => {
    const {clientId, events} = scrubRecording(recordingOf(
      message('Hello, planner-7f3a'),
      {at: 1, type: 'agents', value: [{clientId: 'planner-7f3a', name: 'Planner', state: 'idle'}]},
      {at: 2, type: 'runs', value: [{key: 'run-id-0001', runId: 'run-id-0001', agentId: 'planner-7f3a', clientId: 'ana@example.org'}]},
      {at: 3, type: 'state', path: 'votes.ana@example.org', value: {'planner-7f3a': 1}},
    ));
    assert.equal(clientId, 'person-1');
    assert.deepEqual(events[0], {at: 0, type: 'message', message: {id: 'item-1', role: 'user', clientId: 'person-1', parts: [{type: 'text', text: 'Hello, agent-1'}]}});
    assert.deepEqual(events[1], {at: 1, type: 'agents', value: [{clientId: 'agent-1', name: 'Planner', state: 'idle'}]});
    assert.deepEqual(events[2], {at: 2, type: 'runs', value: [{key: 'run-1', runId: 'run-1', agentId: 'agent-1', clientId: 'person-1'}]});
    assert.deepEqual(events[3], {at: 3, type: 'state', path: 'votes.person-1', value: {'agent-1': 1}});
  });

  test('calls people by their names no more, and leaves words alone that only begin like one', () => {
    const text = written(recordingOf({at: 0, type: 'people', value: [{clientId: 'u-1', name: 'Ana'}]}, message('Ana flies to Anaheim')));
    assert.match(text, /person-\d flies to Anaheim/);
    assert.doesNotMatch(text, /\bAna\b/);
  });

  test('keeps the words of an agent whose name is a word', () => {
    const text = written(recordingOf({at: 0, type: 'agents', value: [{clientId: 'agent', name: 'agent', state: 'idle'}]}, message('Ask the agent')));
    assert.match(text, /Ask the agent"/);
  });

  for (const [what, secret] of Object.entries({
    'a JWT': jwt,
    'an Ably key': 'aBcDeF.gHiJkL:mNoPqRsTuVwXyZ012345',
    'a bearer': 'Bearer abcdef0123456789',
    'a key of a model provider': 'sk-proj-abcdefghijklmnop',
    'a token of GitHub': 'ghp_abcdefghijklmnopqrstuvwxyz0123456789',
    'a key of AWS': 'AKIAIOSFODNN7EXAMPLE',
    'a long hexadecimal': '0123456789abcdef0123456789abcdef',
    'an address of mail': 'bo.smith@mail.example.net',
  })) {
    test(`holds no ${what.replace(/^an? /, '')} in texts, arguments, results, errors or the state`, () => {
      const text = written(recordingOf(
        message(`It is ${secret}.`, {error: {message: `refused ${secret}`, kind: 'auth'}}),
        {at: 1, type: 'part', id: '9ea8ee69-8348', part: 1, value: {type: 'tool-login', toolCallId: 'c', state: 'output-available', input: {note: secret}, output: [secret]}},
        {at: 2, type: 'state', path: 'note', value: {deep: secret}},
      ));
      assert.ok(!text.includes(secret), text);
      assert.match(text, /It is (\[removed\]|someone@example\.com)/);
    });

    test(`holds no ${what.replace(/^an? /, '')} that came in pieces`, () => {
      const pieces = `It is ${secret} so`.match(/.{1,5}/g) ?? [];
      const {events} = scrubRecording(recordingOf(
        {at: 0, type: 'part', id: 'm', part: 0, value: {type: 'text', text: pieces[0] ?? '', state: 'streaming'}},
        ...pieces.slice(1).map((delta, index): RecordedEvent => ({at: index + 1, type: 'text', id: 'm', part: 0, delta})),
      ));
      const text = events.map((event) => (event.type === 'text' ? event.delta : event.type === 'part' ? (event.value as {text: string}).text : '')).join('');
      assert.match(text, /^It is (\[removed\]|someone@example\.com) so$/);
      assert.equal(events.length, pieces.length);
    });
  }

  test('takes out fields that hold secrets, whatever is in them', () => {
    const text = written(recordingOf(
      {at: 0, type: 'part', id: 'm', part: 0, value: {type: 'tool-x', toolCallId: 'c', state: 'output-available', input: {authorization: 'hunter2', headers: {a: 'hunter2'}, apiKey: 'hunter2', password: ['hunter2'], providerMetadata: {x: 'hunter2'}}}},
      {at: 1, type: 'state', path: 'login.password', value: 'hunter2'},
    ));
    assert.ok(!text.includes('hunter2'), text);
  });

  test('holds nothing of what a tool is called with before it is whole', () => {
    const {events} = scrubRecording(recordingOf({at: 0, type: 'part', id: 'm', part: 0, value: {type: 'tool-x', toolCallId: 'c', state: 'input-streaming', input: {key: 'sk-pro'}}}));
    assert.deepEqual(events[0], {at: 0, type: 'part', id: 'item-1', part: 0, value: {type: 'tool-x', toolCallId: 'call-1', state: 'input-streaming'}});
  });

  test('shortens addresses to what they lead to, and files to their kind', () => {
    const text = written(recordingOf(message('See https://ana:pw@files.example.net/a/b?sig=123#x, please', {parts: [
      {type: 'text', text: 'See https://ana:pw@files.example.net/a/b?sig=123#x, please'},
      {type: 'file', mediaType: 'image/png', url: 'data:image/png;base64,AAAA'},
      {type: 'file', mediaType: 'image/png', url: 'https://files.example.net/c.png?token=abc'},
    ]})));
    assert.match(text, /See https:\/\/files\.example\.net\/a\/b, please/);
    assert.match(text, /"data:image\/png,"/);
    assert.match(text, /"https:\/\/files\.example\.net\/c\.png"/);
  });

  test('leaves everything else as it was said', () => {
    const said = recordingOf(message('Plan 4 days in Lisbon, €1500; train at 07:35 on 2026-05-14.'));
    assert.match(written(said), /Plan 4 days in Lisbon, €1500; train at 07:35 on 2026-05-14\./);
  });
});
