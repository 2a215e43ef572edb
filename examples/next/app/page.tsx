import {connection} from 'next/server';
import {backend} from '../backend';
import {Planner} from './planner';

export default async function Page() {
  await connection(); // The broker's port is read when the page is asked for, not when it is built.
  return <Planner brokerPort={Number(backend.port)} />;
}
