import type {Drive} from '../client/live.ts';
import {answer, type Writing} from './agent.ts';
import {wordsFor} from './words.ts';

export const drive: Drive = async ({session, signal}) => {
  session.enter('planner', {type: 'agent', status: 'idle'});
  answer(session, signal, reply);
  await session.dispatch({type: 'send', text: 'Plan four days in Lisbon for two, €1500'});
};

async function reply({run, text, pause, write}: Writing): Promise<void> {
  run.part({type: 'reasoning', text: 'Two people and €1500: flights first, since they decide what is left for the hotel.', state: 'done'});
  if (!(await pause(700))) return;
  if (/plan|trip|lisbon/i.test(text)) {
    const call = {type: 'tool-searchFlights' as const, toolCallId: `${run.id}-flights`, input: {to: 'LIS', date: '2026-05-14', people: 2}};
    run.part({...call, state: 'input-available'});
    if (!(await pause(1400))) return;
    run.part({...call, state: 'output-available', output: {found: 4, cheapest: {price: 310, departs: '07:35'}}});
  }
  await write(wordsFor(text));
}
