import {SessionError} from 'agent-session-elements';
import type {Drive} from '../client/live.ts';
import {wait} from './agent.ts';

/** Agents come, work, wait, fail and get lost, over and over. */
export const drive: Drive = async ({session, signal}) => {
  session.enter('you', {type: 'person', name: 'You'});
  session.enter('ana', {type: 'person', name: 'Ana'});
  session.enter('planner', {type: 'agent', status: 'idle', name: 'Planner'});
  session.enter('flights', {type: 'agent', status: 'thinking', name: 'Flights'});
  session.enter('hotels', {type: 'agent', status: 'idle', name: 'Hotels'});
  while (!signal.aborted) {
    const plan = session.startRun({clientId: 'planner'});
    if (!(await wait(2500, signal))) return;
    plan.append('Two people, four days.');
    session.enter('hotels', {type: 'agent', status: 'streaming', name: 'Hotels'});
    if (!(await wait(2500, signal))) return;
    plan.end('suspended');
    session.vanish('hotels');
    if (!(await wait(3500, signal))) return;
    session.enter('hotels', {type: 'agent', status: 'idle', name: 'Hotels'});
    session.startRun({clientId: 'hotels'}).end('error', new SessionError('The hotel search did not answer.', {kind: 'agent'}));
    if (!(await wait(4000, signal))) return;
    session.startRun({clientId: 'hotels'}).end();
  }
};
