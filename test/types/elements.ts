// A page in TypeScript without a framework.
import 'agent-session-elements/define';
import {type AgentChatElement, AgentIntentEvent, registerLocale, SessionError} from 'agent-session-elements';
import {AgentStatusElement} from 'agent-session-elements/agent-status';
import {createMemorySession} from 'agent-session-elements/testing';

const chat = document.createElement('agent-chat');
chat.bargeIn = 'alongside';
chat.session = createMemorySession();
chat.requestHeaders = () => ({authorization: 'Bearer …'});
// @ts-expect-error: not a policy
chat.bargeIn = 'whenever';
// @ts-expect-error: a session is an object of its own kind
chat.session = {};
// @ts-expect-error: no such property
chat.bargein = 'interrupt';

const same: AgentChatElement = chat;
const status: AgentStatusElement | null = document.querySelector('agent-status');
if (status instanceof AgentStatusElement) status.variant = 'badge';
// @ts-expect-error: another element
const other: AgentStatusElement = same;

chat.addEventListener('agent-run-ended', ({run}) => {
  const how: string = run.status;
  // @ts-expect-error: what has ended cannot be written to
  run.status = how;
});
document.addEventListener('agent-intent', (event) => {
  const typed: AgentIntentEvent = event;
  if (typed.intent.type === 'send' && typed.intent.text === '') event.preventDefault();
});
// @ts-expect-error: an error event has no message
chat.addEventListener('agent-error', ({message}) => message);
chat.addEventListener('agent-error', ({error}) => {
  const {message, cause}: SessionError = error;
  return [message, cause];
});

const session = document.querySelector('agent-session')!;
const sent: Promise<boolean> = session.send('Hello', {policy: 'interrupt'});
// @ts-expect-error: only read
session.messages = [];
// @ts-expect-error: a message is text
await session.send(4);

const state = document.querySelector('shared-state')!;
await state.set('trip.nights', 3);
// @ts-expect-error: a function is no value that can be shared
await state.set('trip.nights', () => 3);
state.addEventListener('agent-state-changed', ({origin}) => origin === 'local');

registerLocale('fr', {'input.send': 'Envoyer'});
// @ts-expect-error: no such text
registerLocale('fr', {'input.sendd': 'Envoyer'});

export {other, sent};
