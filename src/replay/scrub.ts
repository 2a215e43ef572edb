import type {Json, JsonObject, RecordedEvent, Recording} from './recording.ts';
import {cleanWholeTexts} from './whole-texts.ts';

/** Fields that are taken out with all that is in them. */
const secretFields = /^(authorization|cookies?|set-cookie|headers|request-?headers|.*token|.*secret|passw(or)?d|passphrase|.*api-?_?key|credentials?|private-?_?key|(call)?provider-?metadata)$/i;

/** Fields that name a person or an agent. */
const clientFields: ReadonlySet<string> = new Set(['clientId', 'agentId', 'agent', 'publishedBy']);

/** Fields that name a message, a run or a call. */
const idFields: ReadonlySet<string> = new Set(['id', 'messageId', 'runId', 'inputId', 'key', 'run', 'toolCallId', 'approvalId', 'sourceId']);

/** What looks like a secret, wherever it stands. */
const secrets: readonly RegExp[] = [
  /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, // JWT
  /\b[\w-]{4,}\.[\w-]{4,}:[\w-]{12,}/g, // Ably key
  /\b(?:Bearer|Basic)\s+[\w.~+/=-]{8,}/gi,
  /\b(?:sk|pk|rk)[-_][\w-]{12,}/g,
  /\b(?:gh[pousr]|github_pat|glpat|xox[abprs])[-_][\w-]{10,}/g,
  /\b(?:AKIA|ASIA)[A-Z\d]{16}\b/g,
  /\bAIza[\w-]{30,}/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----/g,
  /\b[\da-f]{32,}\b/gi,
  /\b(?=[\w+/-]*\d)(?=[\w+/-]*[A-Z])(?=[\w+/-]*[a-z])[\w+/-]{40,}={0,2}/g,
];

const address = /\b[\w.%+-]+@[\w-]+(?:\.[\w-]+)+\b/g;
const url = /\b(?:https?|wss?):\/\/[^\s<>"'`)\]]+/gi;

/**
 * A recording without what is nobody's business: clients become `person-1`, `agent-1`, …, ids `item-1`, `run-1`, …;
 * tokens, keys and fields for secrets are gone; URLs lose user, query and fragment, files what is in them; addresses of
 * mail become `someone@example.com`. What people and agents said stays, except for these.
 */
export function scrubRecording(recording: Recording): Recording {
  const names = new Names(recording);
  const whole = cleanWholeTexts(recording.events, (text) => names.text(text));
  const events = whole.filter((event) => !(event.type === 'state' && event.path.split('.').some((key) => secretFields.test(key))));
  return {...recording, ...(recording.clientId === undefined ? {} : {clientId: names.client(recording.clientId)}), events: events.map((event) => names.event(event))};
}

/** What each id is called, the same everywhere. */
class Names {
  readonly #clients = new Map<string, string>();
  readonly #ids = new Map<string, string>();
  readonly #spoken = new Map<string, string>();
  #pattern: RegExp | undefined;

  constructor({clientId, events}: Recording) {
    const agents = new Set<string>();
    const clients = new Set<string>(clientId === undefined ? [] : [clientId]);
    const names = new Map<string, string>();
    for (const event of events) this.#collect(event, {agents, clients, names, isAgents: event.type === 'agents'}); // an event is JSON
    for (const id of clients) this.#clients.set(id, agents.has(id) ? `agent-${[...agents].indexOf(id) + 1}` : `person-${this.#count('person') + 1}`);
    for (const [id, name] of this.#clients) if (name.startsWith('person-') || !/^[a-z]+$/i.test(id)) this.#spoken.set(id, name);
    for (const [name, id] of names) if (!agents.has(id)) this.#spoken.set(name, this.#clients.get(id) ?? 'person');
    for (const [id, name] of this.#ids) if (id.length >= 8) this.#spoken.set(id, name);
    const words = [...this.#spoken.keys()].filter((word) => word.length >= 2).sort((one, other) => other.length - one.length);
    // As a word of its own: "Ana" is not in "Anaheim".
    if (words.length > 0) this.#pattern = new RegExp(`(?<![\\p{L}\\p{N}_])(?:${words.map(escape).join('|')})(?![\\p{L}\\p{N}_])`, 'gu');
  }

  client(id: string): string {
    return this.#clients.get(id) ?? this.text(id);
  }

  event(event: RecordedEvent): RecordedEvent {
    const scrubbed = this.#scrub(event) as unknown as RecordedEvent; // an event is JSON, and keeps its shape
    return event.type === 'state' && scrubbed.type === 'state' ? {...scrubbed, path: this.text(event.path).split('.').map((key) => this.client(key)).join('.')} : scrubbed;
  }

  #scrub(value: Json, key = ''): Json {
    if (typeof value === 'string') return this.#string(value, key);
    if (Array.isArray(value)) return (value as readonly Json[]).map((item) => this.#scrub(item, key));
    if (typeof value !== 'object' || value === null) return value;
    // What a tool is called with is written piece by piece; only the whole of it can be looked at.
    const isUnfinished = (value as JsonObject)['state'] === 'input-streaming';
    const entries = Object.entries(value as JsonObject).filter(([name]) => !secretFields.test(name) && !(isUnfinished && name === 'input'));
    return Object.fromEntries(entries.map(([name, item]) => [this.client(name), this.#scrub(item, name)]));
  }

  text(text: string): string {
    const known = this.#pattern ? text.replace(this.#pattern, (word) => this.#spoken.get(word) ?? word) : text;
    const plain = known.replace(url, withoutQuery);
    return secrets.reduce((rest, secret) => rest.replace(secret, '[removed]'), plain).replace(address, 'someone@example.com');
  }

  #string(value: string, key: string): string {
    // Cleaned as a part of the whole text.
    if (key === 'delta' || key === 'type') return value;
    if (clientFields.has(key) || key === 'approvers') return this.client(value);
    if (key === 'ids' || idFields.has(key)) return this.#ids.get(value) ?? this.text(value);
    if (value.startsWith('data:')) return `${value.slice(0, value.search(/[;,]/))},`;
    return this.#clients.get(value) ?? this.text(value);
  }

  #collect(value: Json, found: {agents: Set<string>; clients: Set<string>; names: Map<string, string>; isAgents: boolean}, key = ''): void {
    if (Array.isArray(value)) {
      for (const item of value as readonly Json[]) this.#collect(item, found, key);
      return;
    }
    if (typeof value !== 'object' || value === null) {
      if (typeof value === 'string') this.#note(value, key, found);
      return;
    }
    const {clientId, name, role} = value as JsonObject;
    if (typeof clientId === 'string' && (role === 'assistant' || (found.isAgents && 'state' in (value as JsonObject)))) found.agents.add(clientId);
    if (typeof clientId === 'string' && typeof name === 'string') found.names.set(name, clientId);
    for (const [name_, item] of Object.entries(value)) this.#collect(item, found, name_);
  }

  #note(value: string, key: string, {agents, clients}: {agents: Set<string>; clients: Set<string>}): void {
    if (value === '') return;
    if (clientFields.has(key) || key === 'approvers') {
      clients.add(value);
      if (key === 'agentId' || key === 'agent') agents.add(value);
    } else if (idFields.has(key) && !this.#ids.has(value)) {
      const kind = key === 'toolCallId' ? 'call' : key === 'sourceId' ? 'source' : key === 'runId' || key === 'key' || key === 'run' ? 'run' : key === 'messageId' || key === 'inputId' ? 'message' : 'item';
      this.#ids.set(value, `${kind}-${[...this.#ids.values()].filter((name) => name.startsWith(kind)).length + 1}`);
    }
  }

  #count(kind: string): number {
    return [...this.#clients.values()].filter((name) => name.startsWith(kind)).length;
  }
}

const escape = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&');

function withoutQuery(found: string): string {
  const [, ending = ''] = /([.,;:!?]*)$/.exec(found) ?? [];
  try {
    const {protocol, host, pathname} = new URL(found.slice(0, found.length - ending.length));
    return `${protocol}//${host}${pathname}${ending}`;
  } catch {
    return '[removed]';
  }
}
