import {connection} from 'next/server';
import {Planner} from './planner';

export default async function Page() {
  await connection(); // The broker's port is read when the page is asked for, not when it is built.
  return <Planner brokerPort={Number(new URL(process.env['BACKEND_URL'] ?? 'http://localhost:8090').port)} />;
}
