import 'agent-session-elements/define';
import type {AgentSessionElement} from 'agent-session-elements';
import {createMemorySession, type MemorySession} from 'agent-session-elements/testing';
import data, {type ElementData} from 'virtual:elements';
import {markup} from './markup.ts';
import {attributeField, type Field, select, tokenField} from './fields.ts';
import {actions, prepare} from './sessions.ts';

/** Attributes that reach a channel: the session of the playground is in the page. */
const connecting = new Set(['channel', 'auth-url', 'auth-method', 'agent-url', 'client-id', 'endpoint', 'port', 'insecure', 'codec', 'history', 'src', 'replay-speed', 'record', 'index-channel', 'channels']);

/** Children of what shows nothing without them. */
const children: Readonly<Record<string, readonly string[]>> = {
  'agent-session': ['agent-status', 'agent-chat'],
};

/** The page where one element, its attributes, its session and the tokens can be changed. The element's name is the fragment. */
export function startPlayground(): void {
  const root = document.querySelector<HTMLElement>('#playground');
  const stage = root?.querySelector<HTMLElement>('[data-stage]');
  const code = root?.querySelector<HTMLElement>('[data-code]');
  if (!root || !stage || !code) return;
  const place = (name: string) => root.querySelector<HTMLElement>(`[data-fields="${name}"]`) ?? root;
  const asked = data.elements.find(({tag}) => `#${tag}` === location.hash)?.tag ?? 'agent-chat';
  const chosen = select('Element', data.elements.map(({tag}) => tag), asked);
  const tokens = new Map(data.tokens.map((token) => [token.name, tokenField(token)]));
  const current = new Current(stage);
  let fields = new Map<string, Field>();

  const show = () => {
    const attributes = valuesOf(fields);
    current.apply(attributes, valuesOf(tokens), [...tokens.keys()]);
    code.textContent = markup(chosen.value() ?? asked, attributes, valuesOf(tokens), children[chosen.value() ?? ''] ?? []);
  };
  const choose = () => {
    const element = data.elements.find(({tag}) => tag === chosen.value());
    if (!element) return;
    fields = new Map(element.attributes.filter(({name}) => !connecting.has(name)).map((attribute) => [attribute.name, attributeField(attribute)]));
    place('attributes').replaceChildren(...[...fields.values()].map(({row}) => row));
    current.put(element);
    history.replaceState(null, '', `#${element.tag}`);
    show();
  };
  place('element').replaceChildren(chosen.row);
  place('tokens').replaceChildren(...[...tokens.values()].map(({row}) => row));
  place('session').replaceChildren(...actions.map(({name, act}) => {
    const button = Object.assign(document.createElement('button'), {type: 'button', textContent: name});
    button.addEventListener('click', () => current.act(act));
    return button;
  }));
  chosen.row.addEventListener('change', choose);
  root.querySelector('form')?.addEventListener('input', show);
  root.querySelector('form')?.addEventListener('submit', (event) => event.preventDefault());
  root.querySelector<HTMLInputElement>('[data-width]')?.addEventListener('input', ({target}) => {
    if (target instanceof HTMLInputElement) stage.style.maxInlineSize = `${target.value}px`;
  });
  choose();
}

function valuesOf(fields: ReadonlyMap<string, Field>): ReadonlyMap<string, string> {
  return new Map([...fields].flatMap(([name, field]) => {
    const value = field.value();
    return value === undefined ? [] : [[name, value] as const];
  }));
}

/** The element that is shown, and its session. */
class Current {
  readonly #stage: HTMLElement;
  #running = new AbortController();
  #session: MemorySession = createMemorySession();
  #element: HTMLElement | undefined;

  constructor(stage: HTMLElement) {
    this.#stage = stage;
  }

  put({tag}: ElementData): void {
    this.#running.abort();
    this.#running = new AbortController();
    this.#session = createMemorySession({channel: 'conversations:lisbon', clientId: 'you'});
    const provider = document.createElement('agent-session');
    provider.session = this.#session;
    const element = tag === 'agent-session' ? provider : document.createElement(tag);
    element.append(...(children[tag] ?? []).map((child) => document.createElement(child)));
    if (element !== provider) provider.append(element);
    this.#element = element;
    this.#stage.className = `live-stage live-${tag}`;
    this.#stage.replaceChildren(provider);
    prepare(this.#session, this.#running.signal);
  }

  apply(attributes: ReadonlyMap<string, string>, tokens: ReadonlyMap<string, string>, names: readonly string[]): void {
    const element = this.#element;
    if (!element) return;
    for (const {name} of [...element.attributes]) if (!attributes.has(name)) element.removeAttribute(name);
    for (const [name, value] of attributes) if (element.getAttribute(name) !== value) element.setAttribute(name, value);
    for (const name of names) {
      const value = tokens.get(name);
      if (value === undefined) this.#stage.style.removeProperty(name);
      else this.#stage.style.setProperty(name, value);
    }
  }

  act(act: (session: MemorySession, host: AgentSessionElement | null) => unknown): void {
    void act(this.#session, this.#stage.querySelector('agent-session'));
  }
}
