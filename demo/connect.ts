import {randomName} from './random-name.ts';

const nameKey = 'demo-name';

/**
 * Tells `<agent-session>` the conversation and the person, from the address: `?session=lisbon&as=Ana`. Without a name
 * all tabs of this browser are one person, or who the page is for. `&agent-url=…` has another agent answer.
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

  const session = document.querySelector('agent-session');
  const token = new URLSearchParams({channel, clientId: person});
  session?.setAttribute('auth-url', `/api/auth/token?${token.toString()}`);
  const agentUrl = address.searchParams.get('agent-url');
  if (agentUrl !== null) session?.setAttribute('agent-url', agentUrl);
  useBroker(session);
  session?.setAttribute('channel', channel);

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
function useBroker(session: Element | null): void {
  const port = document.querySelector<HTMLMetaElement>('meta[name="broker-port"]')?.content;
  if (port === undefined) return;
  session?.setAttribute('endpoint', location.hostname);
  session?.setAttribute('port', port);
  session?.setAttribute('insecure', '');
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
