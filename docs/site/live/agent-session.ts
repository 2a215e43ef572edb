import type {Drive} from '../client/live.ts';
import {answer} from './agent.ts';
import {wordsFor} from './words.ts';

/** Both elements are on the one session: the line above tells what the agent does that writes below. */
export const drive: Drive = async ({session, host, signal}) => {
  session.enter('planner', {type: 'agent', status: 'idle'});
  answer(session, signal, async ({text, pause, write}) => {
    if (await pause(600)) await write(wordsFor(text));
  });
  await host.send('What does a page need for this?');
  await host.send('Show me the code');
};
