/** An agent in a process of its own, for a test to end: `announcing-agent.ts <port> <channel> none|own`. */
import Ably from 'ably';
import {announce} from 'agent-session-elements/agent';
import {defaultKey} from '../../broker/index.ts';

const [port, name = '', handler] = process.argv.slice(2);
const client = new Ably.Realtime({endpoint: '127.0.0.1', port: Number(port), tls: false, key: defaultKey, clientId: 'flights-agent'});
const channel = client.channels.get(name);
await channel.attach();
announce(channel);
if (handler === 'own') process.once('SIGTERM', leaveSlowly).once('SIGINT', leaveSlowly);
console.log('ready');

function leaveSlowly(): void {
  setTimeout(() => process.exit(7), 300);
}
