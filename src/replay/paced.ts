import type {SessionMessage} from '../session/message.ts';
import type {Session} from '../session/session.ts';
import {type JsonObject, type RecordedEvent, type Recording, shiftTimes, toJson} from './recording.ts';

const wordMs = 40;
const questionMs = 1200;
const longestMs = 8000;

/**
 * A recording of what a session shows, of which nobody wrote down how it went: one message after the other, answers word
 * by word, at a pace of our own.
 */
export function pacedRecording(session: Session): Recording {
  const {messages, runs, agents, people, clientId, connection} = session.snapshot;
  const events: RecordedEvent[] = [
    {at: 0, type: 'connection', value: toJson(connection)},
    {at: 0, type: 'agents', value: toJson(agents)},
    {at: 0, type: 'people', value: toJson(people)},
  ];
  if (session.state.snapshot.status === 'ready') events.push({at: 0, type: 'state', path: '', value: session.state.snapshot.root});
  let at = 0;
  for (const [index, message] of messages.entries()) {
    const ids = messages.slice(0, index + 1).map(({id}) => id);
    const isAnswer = message.role === 'assistant';
    const shown: JsonObject = {...(shiftTimes(toJson({...message, parts: isAnswer ? [] : message.parts}), -(message.createdAt ?? 0)) as JsonObject), createdAt: at}; // a message is an object
    events.push({at, type: 'message', message: shown}, {at, type: 'messages', ids});
    if (isAnswer) {
      const begun = runs.filter(({runId}) => runId !== undefined && messages.slice(0, index + 1).some((other) => other.runId === runId));
      const active = begun.map((run) => (run.runId === message.runId ? {...run, status: 'active', error: undefined} : run));
      events.push({at, type: 'runs', value: toJson(active)});
      at = writeParts(message, at, events);
      events.push({at, type: 'runs', value: toJson(begun)});
    }
    at += questionMs;
  }
  events.push({at, type: 'runs', value: toJson(runs)});
  return {format: 'agent-session-recording', version: 1, ...(clientId === undefined ? {} : {clientId}), duration: at, events};
}

/** Writes an answer part by part; gives the time at which it is whole. */
function writeParts({id, parts}: SessionMessage, start: number, events: RecordedEvent[]): number {
  let at = start;
  for (const [part, value] of parts.entries()) {
    if (value.type !== 'text') {
      events.push({at, type: 'part', id, part, value: shiftTimes(toJson(value), 0)});
      at += wordMs * 10;
      continue;
    }
    const words = value.text.match(/\s*\S+\s*/g) ?? [];
    const pace = Math.min(wordMs, longestMs / Math.max(1, words.length));
    events.push({at: Math.round(at), type: 'part', id, part, value: {type: 'text', text: '', state: 'streaming'}});
    for (const delta of words) events.push({at: Math.round((at += pace)), type: 'text', id, part, delta});
    events.push({at: Math.round(at), type: 'part', id, part, value: toJson({...value, state: 'done'})});
  }
  return Math.round(at);
}
