import type {Drive} from '../client/live.ts';
import {answer, wait} from './agent.ts';
import {wordsFor} from './words.ts';

/** An agent answers; then Sam takes over, and whoever reads this may hand back. */
export const drive: Drive = async ({session, signal}) => {
  session.enter('planner', {type: 'agent', status: 'idle', name: 'Planner'});
  session.enter('sam', {type: 'person', name: 'Sam'});
  session.load([{id: 'question', role: 'user', parts: [{type: 'text', text: 'Our flight was cancelled. What now?'}]}]);
  answer(session, signal, async ({text, write}) => {
    await write(wordsFor(text));
  });
  const run = session.startRun({clientId: 'planner', inputId: 'question'});
  run.append('I am sorry to hear that. I cannot change tickets of this fare, so I am asking a colleague to help you.');
  run.end();
  if (!(await wait(2500, signal))) return;
  session.state.receive('handover', {by: 'sam', name: 'Sam of Lisbon Tours', since: Date.now()});
  if (!(await wait(2000, signal))) return;
  session.receive({id: 'sam-1', role: 'user', clientId: 'sam', parts: [{type: 'text', text: 'Sam here. I have put you on the flight at 13:05, at no cost.'}]});
};
