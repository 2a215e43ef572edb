import type {Drive} from '../client/live.ts';
import {answer, wait} from './agent.ts';
import {hello, wordsFor} from './words.ts';

/** An agent that answers, and speaks up once while the panel is closed: the badge counts it. */
export const drive: Drive = async ({session, signal}) => {
  session.enter('planner', {type: 'agent', status: 'idle', name: 'Planner'});
  answer(session, signal, async ({text, write}) => {
    await write(wordsFor(text));
  });
  if (!(await wait(1500, signal))) return;
  const run = session.startRun({clientId: 'planner'});
  run.append(hello);
  run.end();
};
