import {type AgentSessionElement, SessionError} from 'agent-session-elements';
import type {MemorySession} from 'agent-session-elements/testing';
import {answer} from '../live/agent.ts';
import {plan, wordsFor} from '../live/words.ts';

/** A conversation, people, tasks and a state, so that every element has something to show. */
export function prepare(session: MemorySession, signal: AbortSignal): void {
  const at = Date.now() - 60_000;
  session.load([
    {id: 'question', role: 'user', createdAt: at, parts: [{type: 'text', text: 'Plan four days in Lisbon for two, €1500'}]},
    {id: 'answer', role: 'assistant', createdAt: at + 4000, parts: [{type: 'text', text: plan}]},
  ]);
  session.enter('you', {type: 'person', name: 'You'});
  session.enter('ana', {type: 'person', name: 'Ana'});
  session.enter('planner', {type: 'agent', status: 'idle', name: 'Planner'});
  session.enter('flights', {type: 'agent', status: 'thinking', name: 'Flights'});
  session.state.receive('selection', {trip: {destination: 'Lisbon', nights: 4}, hotel: 'Casa da Graça'});
  session.state.receive('progress', {
    trip: {agent: 'planner', label: 'Planning four days in Lisbon', state: 'running', startedAt: at},
    flights: {agent: 'flights', label: 'Asking airlines', detail: 'Iberia', state: 'running', value: 3, max: 8, parent: 'trip', startedAt: at},
    hotels: {agent: 'hotels', label: 'Found a hotel in Graça', state: 'done', parent: 'trip', startedAt: at, endedAt: at + 9000},
  });
  answer(session, signal, async ({text, write}) => {
    await write(wordsFor(text));
  });
}

type Act = (session: MemorySession, host: AgentSessionElement | null) => unknown;

/** What can happen to a session, for the buttons. */
export const actions: readonly {name: string; act: Act}[] = [
  {name: 'Ask something', act: (session) => session.dispatch({type: 'send', text: 'Plan four days in Lisbon'})},
  {name: 'Stop', act: (session) => session.dispatch({type: 'cancel'})},
  {name: 'Somebody else writes', act: (session) => session.receive({id: crypto.randomUUID(), role: 'user', clientId: 'ana', parts: [{type: 'text', text: 'Can we take the train to Sintra?'}]})},
  {name: 'A run fails', act: (session) => session.startRun({clientId: 'planner'}).end('error', new SessionError('The model did not answer.', {kind: 'agent'}))},
  {name: 'Go offline', act: (session) => session.setConnection('offline', new SessionError('The network is down.', {kind: 'connection'}))},
  {name: 'Come back', act: (session) => session.setConnection('connected')},
];
