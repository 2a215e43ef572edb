/**
 * The page of a live conversation without elements: Ably and AI Transport, subscribed, and nothing shown. What a page with
 * elements costs more than this is the elements' doing, style, layout and paint included.
 */
import {createClientSession} from '@ably/ai-transport';
import {createUIMessageCodec} from '@ably/ai-transport/vercel';
import {Realtime} from 'ably';

const channelName = 'conversations:bench';
const client = new Realtime({
  authUrl: '/token', endpoint: 'localhost', port: Number(new URLSearchParams(location.search).get('port')), tls: false,
  // As our own connection has it.
  transports: ['web_socket'], disableConnectivityCheck: true,
});
const session = createClientSession({client, channelName, codec: createUIMessageCodec()});

/** Whether so much of the answer's text has come. */
function has(end: string): boolean {
  const parts = session.view.getMessages().flatMap(({message}) => message.parts);
  return parts.some((part) => part.type === 'text' && part.text.includes(end));
}

Object.assign(globalThis, {bareSession: {has}});

await session.connect();
// Somebody who is there and reads nothing: what reading and showing costs is not the SDK's.
session.view.on('update', () => undefined);
const id = crypto.randomUUID();
const run = await session.view.send({kind: 'user-message', codecMessageId: id, message: {id, role: 'user', parts: [{type: 'text', text: 'Go on'}]}});
await fetch('/agent', {method: 'POST', body: JSON.stringify({inputEventId: run.inputEventId, sessionName: channelName})});
