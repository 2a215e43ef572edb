import type {Drive} from '../client/live.ts';
import {wait} from './agent.ts';

const airlines = ['TAP', 'Iberia', 'Lufthansa', 'Ryanair', 'KLM', 'Air France', 'Vueling', 'Swiss'];

export const drive: Drive = async ({session, signal}) => {
  const {state} = session;
  const write = (task: string, change: object) => {
    for (const [key, value] of Object.entries(change) as [string, string | number][]) state.receive(`progress.${task}.${key}`, value);
  };
  for (const agent of ['flights', 'hotels']) session.enter(agent, {type: 'agent', status: 'thinking'});
  state.receive('progress.trip', {agent: 'planner', label: 'Planning four days in Lisbon', state: 'running', startedAt: Date.now()});
  state.receive('progress.flights', {agent: 'flights', label: 'Asking airlines', state: 'running', parent: 'trip', value: 0, max: airlines.length, startedAt: Date.now()});
  state.receive('progress.hotels', {agent: 'hotels', label: 'Looking for hotels', state: 'running', parent: 'trip', startedAt: Date.now()});
  state.receive('progress.museum', {agent: 'activities', label: 'Finding a museum', state: 'queued', parent: 'trip'});
  for (const [index, airline] of airlines.entries()) {
    write('flights', {value: index, detail: airline});
    if (!(await wait(900, signal))) return;
    if (index === 3) write('hotels', {state: 'failed', error: 'The hotel search did not answer.', endedAt: Date.now()});
    if (index === 4) write('museum', {state: 'running', startedAt: Date.now(), detail: 'Gulbenkian'});
  }
  write('flights', {state: 'done', value: airlines.length, label: 'Found 4 flights', endedAt: Date.now()});
  if (!(await wait(2000, signal))) return;
  write('museum', {state: 'done', label: 'Found a museum', endedAt: Date.now()});
  write('trip', {state: 'done', label: 'Planned four days in Lisbon', endedAt: Date.now()});
};
