import type {MemorySession} from 'agent-session-elements/testing';
import type {Drive} from '../client/live.ts';
import {wait} from './agent.ts';

/** What agents ask for, one after the other. */
const asks = [
  {agent: 'flights', tool: 'bookFlight', input: {flight: 'TP 533', seats: 2, price: 310}, note: 'The fare holds until noon.'},
  {agent: 'hotels', tool: 'bookHotel', input: {hotel: 'Casa da Graça', nights: 3, refundable: true}, note: 'Free of charge until Wednesday.'},
  {agent: 'planner', tool: 'shareItinerary', input: {with: ['ana@example.com'], days: 4}},
  {agent: 'flights', tool: 'buySeats', input: {seats: ['12A', '12B'], price: 24}},
] as const;

/** Agents ask for something now and then; what waits longest is decided by somebody else. */
export const drive: Drive = async ({session, signal}) => {
  for (const name of ['Planner', 'Flights', 'Hotels']) session.enter(name.toLowerCase(), {type: 'agent', status: 'idle', name});
  session.enter('ana', {type: 'person', name: 'Ana'});
  const asked: string[] = [];
  for (let count = 0; !signal.aborted; count++) {
    const waiting = asked.filter((id) => isOpen(session, id));
    if (waiting.length < 3) asked.push(ask(session, count));
    else session.approvals.decide(waiting[0] ?? '', {approved: true, clientId: 'ana'});
    if (!(await wait(count === 0 ? 0 : 7000, signal))) return;
  }
};

function ask(session: MemorySession, count: number): string {
  const {agent, tool, input, ...more} = asks[count % asks.length] ?? asks[0];
  const toolCallId = `call-${count}`;
  const run = session.startRun({clientId: agent});
  if ('note' in more) run.part({type: 'data-approval', data: {toolCallId, note: more.note}});
  run.part({type: `tool-${tool}`, toolCallId, state: 'approval-requested', input, approval: {id: toolCallId}});
  run.end('suspended');
  return toolCallId;
}

function isOpen(session: MemorySession, toolCallId: string): boolean {
  return session.snapshot.messages.some(({parts}) => parts.some((part) => 'toolCallId' in part && part.toolCallId === toolCallId && part.state === 'approval-requested'));
}
