import type {Drive} from '../client/live.ts';
import {answer} from './agent.ts';
import {plan} from './words.ts';

/** The agent is at work most of the time, so that Stop and interrupting can be tried. */
export const drive: Drive = async ({session, signal}) => {
  session.enter('planner', {type: 'agent', status: 'idle'});
  answer(session, signal, async ({write}) => {
    if (await write(plan)) await write(`\n\n${plan}`);
  });
  await session.dispatch({type: 'send', text: 'Plan four days in Lisbon'});
};
