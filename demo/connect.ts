/** Says who this is and in which conversation, from the address: `?session=lisbon&as=Ana`. */
import {randomName} from './random-name.ts';

const nameKey = 'demo-name';
const address = new URL(location.href);
const conversation = address.searchParams.get('session') ?? 'lisbon';
const channel = `conversations:${conversation}`;
const person = address.searchParams.get('as') ?? ownName();

/** All tabs of this browser are one person, until an address says otherwise. */
function ownName(): string {
  try {
    const name = localStorage.getItem(nameKey) ?? randomName();
    localStorage.setItem(nameKey, name);
    return name;
  } catch {
    return randomName(); // Storage may be blocked.
  }
}

function addressWith(changes: Record<string, string>): string {
  const changed = new URL(address);
  for (const [name, value] of Object.entries(changes)) changed.searchParams.set(name, value);
  return changed.href;
}

function setText(id: string, text: string): void {
  const element = document.getElementById(id);
  if (element) element.textContent = text;
}

function setLink(id: string, href: string): void {
  document.getElementById(id)?.setAttribute('href', href);
}

const session = document.querySelector('agent-session');
if (session) {
  const token = new URLSearchParams({channel, clientId: person});
  session.setAttribute('auth-url', `/api/auth/token?${token.toString()}`);
  const agentUrl = address.searchParams.get('agent-url');
  if (agentUrl !== null) session.setAttribute('agent-url', agentUrl);
  const brokerPort = document.querySelector<HTMLMetaElement>('meta[name="broker-port"]')?.content;
  if (brokerPort !== undefined) {
    session.setAttribute('endpoint', location.hostname);
    session.setAttribute('port', brokerPort);
    session.setAttribute('insecure', '');
  }
  session.setAttribute('channel', channel);
}

setText('channel', conversation);
setText('channel-code', channel);
setText('person', person);
setLink('second-tab', addressWith({session: conversation}));
setLink('other-person', addressWith({session: conversation, as: randomName()}));
setLink('new-conversation', addressWith({session: Math.random().toString(36).slice(2, 8)}));
document.title = `${conversation} · Plan a trip together`;
