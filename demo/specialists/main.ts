/** A specialist in a process of its own, forked by the server: `main.ts <setup as JSON>`. */
import * as Ably from 'ably';
import {LiveObjects} from 'ably/liveobjects';
import {releaseObjects} from '../agent/release-objects.ts';
import {specialistIds} from '../planner/trip.ts';
import {steppedPace, timedPace} from './pace.ts';
import type {FromSpecialist, Order, SpecialistSetup, ToSpecialist} from './protocol.ts';
import {search} from './search.ts';

const modes: Ably.ChannelMode[] = ['PUBLISH', 'SUBSCRIBE', 'PRESENCE', 'PRESENCE_SUBSCRIBE', 'OBJECT_PUBLISH', 'OBJECT_SUBSCRIBE'];

const setup = JSON.parse(process.argv[2] ?? '{}') as SpecialistSetup; // written by the server, which forks this
const {kind, brokerPort, stepMs, patienceMs} = setup;
const pace = stepMs === 'stepped' ? steppedPace() : timedPace(stepMs);
const running = new Map<string, AbortController>();
const busy = new Map<string, number>();
const leaving = new Map<string, Promise<void>>();
const wantedTokens = new Map<number, (token: string) => void>();
let asked = 0;

const client = new Ably.Realtime({
  clientId: specialistIds[kind],
  plugins: {LiveObjects},
  // Comes back well before its presence times out, after 15 s: it would be taken for lost.
  disconnectedRetryTimeout: 3000,
  ...(brokerPort !== undefined && {endpoint: '127.0.0.1', port: brokerPort, tls: false}),
  authCallback: (_params, done) => {
    asked += 1;
    wantedTokens.set(asked, (token) => done(null, token));
    process.send?.({type: 'token', id: asked} satisfies FromSpecialist);
  },
});

process.on('message', (message) => receive(message as ToSpecialist));
// Nobody is left to work for. What is on the channel says where this search was.
process.on('disconnect', () => process.exit(0));

function receive(message: ToSpecialist): void {
  switch (message.type) {
    case 'search':
      void run(message.order).catch((error: unknown) => console.error(`${specialistIds[kind]}:`, error));
      return;
    case 'cancel':
      running.get(message.taskId)?.abort(new Error('cancelled'));
      return;
    case 'token':
      wantedTokens.get(message.id)?.(message.token);
      wantedTokens.delete(message.id);
      return;
    case 'step':
      pace.allow(message.count);
  }
}

async function run(order: Order): Promise<void> {
  const stop = new AbortController();
  running.set(order.taskId, stop);
  // A channel that is being left is entered again only after that.
  while (leaving.has(order.channel)) await leaving.get(order.channel);
  const channel = client.channels.get(order.channel, {modes});
  busy.set(order.channel, (busy.get(order.channel) ?? 0) + 1);
  pace.begin();
  try {
    if (!stop.signal.aborted) await search({kind, order, channel, pace, patienceMs, signal: stop.signal});
  } finally {
    running.delete(order.taskId);
    const left = (busy.get(order.channel) ?? 1) - 1;
    if (left > 0) busy.set(order.channel, left);
    else await leave(channel);
  }
}

async function leave(channel: Ably.RealtimeChannel): Promise<void> {
  busy.delete(channel.name);
  // A line that is down has left already.
  const left = channel.detach().catch(() => undefined).then(() => {
    leaving.delete(channel.name);
    // The client would keep it, with its objects, for the next time.
    releaseObjects(channel);
    client.channels.release(channel.name);
  });
  leaving.set(channel.name, left);
  await left;
}
