import {allConversations, operatorClientId} from './channels.ts';
import {randomName} from './random-name.ts';

const nameKey = 'demo-name';

/** What connects by its own attributes. */
const connecting = 'agent-session, approval-inbox';

/**
 * Tells `<agent-session>` the conversation and the person, from the address: `?session=lisbon&as=Ana`. Without a name
 * all tabs of this browser are one person, or who the page is for. `&agent-url=…` has another agent answer. It may be
 * called again when the address has changed.
 */
export function connect({address = new URL(location.href), name}: {address?: URL; name?: string} = {}): void {
  const conversation = address.searchParams.get('session') ?? 'lisbon';
  const channel = `conversations:${conversation}`;
  const person = address.searchParams.get('as') ?? name ?? ownName();
  const addressWith = (changes: Record<string, string>, path = address.pathname): string => {
    const changed = new URL(path, address);
    changed.search = address.search;
    for (const [name, value] of Object.entries(changes)) changed.searchParams.set(name, value);
    return changed.href;
  };

  const isSupervising = person === operatorClientId && document.querySelector('approval-inbox') !== null;
  // One token for all that the page shows, so that it is one connection.
  const token = new URLSearchParams({channel: isSupervising ? allConversations : channel, clientId: person});
  const agentUrl = address.searchParams.get('agent-url');
  for (const element of document.querySelectorAll(connecting)) {
    element.setAttribute('auth-url', `/api/auth/token?${token.toString()}`);
    if (agentUrl !== null) element.setAttribute('agent-url', agentUrl);
    useBroker(element);
  }
  document.querySelector('agent-session')?.setAttribute('channel', channel);

  setText('channel', conversation);
  setText('channel-code', channel);
  setText('person', person);
  setLink('second-tab', addressWith({session: conversation}));
  setLink('other-person', addressWith({session: conversation, as: randomName()}));
  setLink('operator', addressWith({session: conversation, as: 'Supervisor'}, '/operator'));
  setLink('new-conversation', addressWith({session: Math.random().toString(36).slice(2, 8)}));
  document.title = `${conversation} · Plan a trip together`;
}

/** The server names a broker's port where there is one; on Ably itself nothing is to be set. */
function useBroker(element: Element): void {
  const port = document.querySelector<HTMLMetaElement>('meta[name="broker-port"]')?.content;
  if (port === undefined) return;
  element.setAttribute('endpoint', location.hostname);
  element.setAttribute('port', port);
  element.setAttribute('insecure', '');
}

function ownName(): string {
  try {
    const name = localStorage.getItem(nameKey) ?? randomName();
    localStorage.setItem(nameKey, name);
    return name;
  } catch {
    return randomName(); // Storage may be blocked.
  }
}

function setText(id: string, text: string): void {
  const element = document.getElementById(id);
  if (element) element.textContent = text;
}

function setLink(id: string, href: string): void {
  document.getElementById(id)?.setAttribute('href', href);
}
