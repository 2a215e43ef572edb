import type {Drive} from '../client/live.ts';
import {wait} from './agent.ts';

/** What an agent changes shows in the fields; what is typed there shows in the tree. */
export const drive: Drive = async ({session, signal}) => {
  session.state.receive('selection', {trip: {destination: 'Lisbon', nights: 3}, hotel: 'Casa da Graça'});
  if (!(await wait(3000, signal))) return;
  session.state.receive('selection.hotel', 'Hotel Mouraria');
  if (!(await wait(2500, signal))) return;
  session.state.receive('selection.trip.nights', 4);
};
