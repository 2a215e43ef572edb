import '../../src/define.ts';
import {SessionError} from '../../src/session/index.ts';
import {createMemorySession, type MemoryRun, type MemorySession} from '../../src/testing/index.ts';
import {answered, ask, said} from '../helpers/conversation.ts';
import {drawn, place} from '../helpers/page.ts';
import {moment} from './moment.ts';
import {type Words, words} from './words.ts';

const minute = 60_000;

type Tag = 'agent-chat' | 'agent-handover' | 'barge-in-input' | 'agent-status' | 'agent-progress' | 'shared-state' | 'approval-inbox';

export interface Scene {
  /** Height of the element, in px; as high as what it shows when absent. */
  readonly height?: number;
  readonly build: (stage: HTMLElement, words: Words) => Promise<void>;
}

let count = 0;

/** Each on a channel of its own, since drafts and files are kept by channel. */
function session(channel = `scene-${++count}`): MemorySession {
  return createMemorySession({channel, clientId: 'you', agentId: 'Planner', now: () => moment});
}

function put<K extends Tag>(stage: HTMLElement, tag: K, fields: Partial<HTMLElementTagNameMap[K]>): Promise<HTMLElementTagNameMap[K]> {
  const room = document.createElement('section');
  stage.append(room);
  return place(Object.assign(document.createElement(tag), fields), room);
}

async function approvalIn(memory: MemorySession, words: Words, toolCallId: string, note?: string): Promise<MemoryRun> {
  await memory.dispatch({type: 'send', text: words.book, policy: 'alongside'});
  const run = memory.startRun();
  run.append(words.booking);
  run.part({type: 'data-approval', data: {toolCallId, ...(note === undefined ? {} : {note})}});
  run.part({type: 'tool-bookFlight', toolCallId, state: 'approval-requested', input: {to: 'LIS', seats: 2, refundable: false}, approval: {id: toolCallId}});
  run.end('suspended');
  return run;
}

function everybody(memory: MemorySession): void {
  memory.enter('you', {type: 'person', name: 'Ana'});
  memory.enter('bo', {type: 'person', name: 'Bo'});
  for (const id of ['Activities', 'Flights', 'Hotels', 'Planner', 'Scout', 'Trains', 'Weather']) memory.enter(id, {type: 'agent', status: 'idle'});
  memory.enter('Flights', {type: 'agent', status: 'thinking'});
  memory.startRun({id: 'r1', clientId: 'Hotels'}).append('I have');
  memory.startRun({id: 'r2', clientId: 'Planner'}).end('suspended');
  memory.startRun({id: 'r3', clientId: 'Scout'}).end('error', new SessionError('The model answered 529.', {kind: 'agent'}));
  memory.startRun({id: 'r4', clientId: 'Trains'});
  memory.leave('Trains');
  memory.leave('Weather');
}

function tasks(memory: MemorySession, {tasks: [planning, flights, onThe14th, rooms, reading, calling, nobody]}: Words): void {
  const entries = {
    plan: {agent: 'Planner', label: planning, state: 'running', startedAt: moment - 90_000},
    flights: {agent: 'Flights', label: flights, detail: onThe14th, state: 'running', value: 3, max: 8, parent: 'plan'},
    rooms: {agent: 'Hotels', label: rooms, state: 'queued', parent: 'plan'},
    read: {agent: 'Planner', label: reading, state: 'done', startedAt: moment - 300_000, endedAt: moment - 293_000},
    call: {agent: 'Hotels', label: calling, state: 'failed', error: nobody, startedAt: moment - 200_000, endedAt: moment - 192_000},
  };
  for (const [id, entry] of Object.entries(entries)) memory.state.receive(`progress.${id}`, entry);
}

export const scenes = {
  /** What is said, in all its kinds, while an answer streams. */
  conversation: {
    height: 780,
    build: async (stage, words) => {
      const memory = session();
      memory.load([
        said('1', words.question, {createdAt: moment - 9 * minute}),
        {id: '2', role: 'assistant', createdAt: moment - 8 * minute, parts: [
          {type: 'reasoning', text: 'Lisbon has two airports.', state: 'done'},
          {type: 'tool-searchFlights', toolCallId: 'a', state: 'output-available', input: {from: 'BER', to: 'LIS', seats: 2}, output: [{price: 212}, {price: 240}]},
          {type: 'tool-holdSeats', toolCallId: 'b', state: 'output-error', input: {seats: 2}, errorText: words.noSeats},
          {type: 'text', text: words.answer},
          {type: 'source-url', sourceId: 's', url: 'https://example.com/', title: words.source},
          {type: 'file', mediaType: 'application/pdf', filename: 'itinerary.pdf', url: 'https://example.com/plan.pdf'},
        ]},
        said('3', words.other, {clientId: 'Bo', createdAt: moment - 3 * minute}),
      ]);
      await put(stage, 'agent-chat', {session: memory, feedback: true});
      const run = await ask(memory, words.second);
      run.part({type: 'tool-searchRooms', toolCallId: 'c', state: 'input-available', input: {city: words.city}});
      run.append(words.streaming);
    },
  },
  /** Before anything is said. */
  beginning: {
    height: 460,
    build: async (stage, {starters}) => {
      await put(stage, 'agent-chat', {session: session(), starters: [...starters]});
    },
  },
  /** What is asked of a person, pending and decided. */
  asking: {
    height: 760,
    build: async (stage, words) => {
      const memory = session();
      const denied = await approvalIn(memory, words, 'first');
      memory.approvals.decide('first', {approved: false, reason: words.tooDear, clientId: 'Bo'});
      denied.end();
      await approvalIn(memory, words, 'second', words.note);
      await put(stage, 'agent-chat', {session: memory});
    },
  },
  /** What does not go as it should. */
  trouble: {
    height: 860,
    build: async (stage, words) => {
      const memory = session();
      const failed = await ask(memory, words.question);
      failed.append(words.streaming);
      failed.end('error', new SessionError(words.modelFailed, {kind: 'agent', hint: words.tryAgain}));
      await memory.dispatch({type: 'send', text: words.second});
      const refused = memory.snapshot.messages.at(-1);
      if (refused) memory.failMessage(refused.id, new SessionError(words.refused, {kind: 'capability', hint: words.askAdmin}));
      const stopped = await ask(memory, words.book);
      stopped.end('cancelled');
      memory.setConnection('offline', new SessionError('No answer for 10 s.', {kind: 'connection'}));
      await memory.dispatch({type: 'send', text: words.other});
      await put(stage, 'agent-chat', {session: memory});
    },
  },
  /** Writing while an agent works: a queue; files, and the menu of ways to send. */
  composer: {
    height: 700,
    build: async (stage, words) => {
      const waiting = session();
      await ask(waiting, words.question);
      for (const text of [words.second, words.other]) await waiting.dispatch({type: 'send', text, policy: 'queue'});
      await put(stage, 'barge-in-input', {session: waiting});
      const space = document.createElement('div');
      space.className = 'space';
      stage.append(space);
      const memory = session();
      await ask(memory, words.question);
      const input = await put(stage, 'barge-in-input', {session: memory, accept: ''});
      input.value = words.book;
      input.attach([new File(['x'.repeat(2400)], 'itinerary.pdf', {type: 'application/pdf'}), new File(['x'], 'an-uncommonly-long-name-of-a-file-of-notes.txt', {type: 'text/plain'})]);
      await drawn(input);
      input.renderRoot.querySelector<HTMLElement>('.policy')?.click();
      await drawn(input);
    },
  },
  /** What stands beside a conversation. */
  panels: {
    build: async (stage, words) => {
      const memory = session();
      everybody(memory);
      tasks(memory, words);
      memory.state.receive('trip', {city: words.city, nights: 3, confirmed: true, guests: ['Ana', 'Bo']});
      for (const variant of ['badge', 'line', 'avatars', 'list'] as const) await put(stage, 'agent-status', {session: memory, variant, show: 'all'});
      await put(stage, 'agent-progress', {session: memory});
      await put(stage, 'shared-state', {session: memory, path: 'trip', editable: true});
    },
  },
  /** Before and after a person has taken over. */
  handover: {
    build: async (stage) => {
      for (const taken of [undefined, {by: 'bo', name: 'Bo', since: moment}]) {
        const memory = session();
        if (taken) await memory.state.set('handover', taken);
        await put(stage, 'agent-handover', {session: memory, controls: true});
        memory.state.flush();
      }
    },
  },
  /** Decisions of a conversation in a list. */
  inbox: {
    build: async (stage, words) => {
      const memory = session('trips:lisbon');
      const approved = await approvalIn(memory, words, 'first');
      await approvalIn(memory, words, 'second', words.note);
      await put(stage, 'approval-inbox', {session: memory});
      memory.approvals.decide('first', {approved: true, clientId: 'Bo'});
      approved.end();
    },
  },
  /** A button over the page, with what is new. */
  launcher: {
    height: 300,
    build: async (stage, words) => {
      const memory = session();
      await put(stage, 'agent-chat', {session: memory, mode: 'launcher', label: words.help});
      memory.receive(answered('new', words.streaming));
      memory.receive(answered('newer', words.streaming));
    },
  },
  /** The same, opened. */
  launched: {
    height: 760,
    build: async (stage, words) => {
      const memory = session();
      memory.load([said('1', words.question, {createdAt: moment - 9 * minute}), answered('2', words.streaming, {createdAt: moment - 8 * minute})]);
      await put(stage, 'agent-chat', {session: memory, mode: 'launcher', label: words.help, open: true});
    },
  },
} satisfies Record<string, Scene>;

export type SceneName = keyof typeof scenes;

/** Builds a scene in an empty page, in the language that its direction stands for. */
export async function build(name: SceneName, dir: 'ltr' | 'rtl'): Promise<void> {
  const stage = document.createElement('main');
  const {height, build}: Scene = scenes[name];
  if (height !== undefined) stage.style.setProperty('block-size', `${height}px`);
  document.body.append(stage);
  await build(stage, words[dir]);
  for (const element of stage.querySelectorAll<HTMLElement>('section > *')) await drawn(element);
}
