/** A channel's messages: the store behind a small cache of the ones being written to, so that an append reads nothing back. */
import {MessageAction} from '../protocol/actions.ts';
import {concatPayloads, type Payload} from '../protocol/data.ts';
import {AblyError, Code} from '../protocol/errors.ts';
import {type Message, type MessageInput} from '../protocol/messages.ts';
import {isDeepEqual} from '../protocol/reading.ts';
import {type Limits} from './limits.ts';
import {type ChannelStore} from './store.ts';

const cachedMessages = 64;
/** Inserts between two looks at the history limit. */
const insertsPerTrim = 1_000;

/** Who made a new version of a message, and when. */
export interface Revision {
  serial: string;
  timestamp: number;
  clientId?: string;
}

export class MessageLog {
  readonly #store: ChannelStore;
  readonly #limits: Limits;
  /** Least recently used first. */
  readonly #recent = new Map<string, Message>();
  #inserts = 0;

  constructor(store: ChannelStore, limits: Limits) {
    this.#store = store;
    this.#limits = limits;
  }

  insert(message: Message, idempotent: boolean): void {
    this.#store.insert(message, idempotent);
    this.#remember(message);
    if (++this.#inserts % insertsPerTrim === 0) this.#store.trim(this.#limits.maxHistory);
  }

  /** The latest version, or a 40400 refusal. */
  get(serial: string): Message {
    const message = this.#recent.get(serial) ?? this.#store.get(serial);
    if (!message) throw new AblyError(Code.NotFound, `No message with serial ${serial} on this channel`);
    return message;
  }

  /** Applies an update or a delete: fields that are given replace, the others stay. */
  revise(current: Message, input: MessageInput, revision: Revision): Message {
    const action = input.action === MessageAction.Delete ? MessageAction.Delete : MessageAction.Update;
    const {data, encoding, ...rest} = current;
    const payload = input.data === undefined ? payloadOf({data, encoding}) : payloadOf(input);
    const message = {...rest, ...payload, ...changes(input), action, version: versionOf(current, input, revision)};
    this.#store.revise(message);
    this.#remember(message);
    return message;
  }

  /** Applies an append and returns the whole message after it with what was added. */
  append(current: Message, input: MessageInput, revision: Revision): {whole: Message; delta: Message} {
    const version = versionOf(current, input, revision);
    const changed = changes(input);
    // Appends tend to repeat the extras: what is the same stays the same object, and the store need not write it again.
    if (changed.extras && isDeepEqual(changed.extras, current.extras)) delete changed.extras;
    const whole: Message = {...current, ...changed, action: MessageAction.Update, version, ...concatPayloads(current, input)};
    const delta: Message = {...current, ...changed, action: MessageAction.Append, version, ...payloadOf(input)};
    if (input.data === undefined) delete delta.data;
    if (input.encoding === undefined) delete delta.encoding;
    this.#store.append(whole, delta);
    this.#remember(whole);
    return {whole, delta};
  }

  /** Stores what belongs to the message but makes no version, such as its annotation summary. */
  rewrite(message: Message): void {
    this.#store.rewrite(message);
    this.#remember(message);
  }

  #remember(message: Message): void {
    // Only a full cache has to know which message was used last.
    if (this.#recent.size >= cachedMessages) this.#recent.delete(message.serial);
    this.#recent.set(message.serial, message);
    if (this.#recent.size <= cachedMessages) return;
    for (const oldest of this.#recent.keys()) {
      this.#recent.delete(oldest);
      return;
    }
  }
}

function payloadOf({data, encoding}: Payload): Payload {
  return {...(data !== undefined && {data}), ...(encoding !== undefined && {encoding})};
}

/** What replaces the message's own: extras as a whole, never merged. */
function changes(input: MessageInput): Partial<Message> {
  return {...(input.name !== undefined && {name: input.name}), ...(input.extras && {extras: input.extras})};
}

/** Versions differ in time even within a millisecond, so that a client can tell the newer one by either field. */
function versionOf(current: Message, input: MessageInput, revision: Revision): Message['version'] {
  const clientId = revision.clientId ?? input.version?.clientId;
  return {
    ...input.version,
    serial: revision.serial,
    timestamp: Math.max(revision.timestamp, current.version.timestamp + 1),
    ...(clientId !== undefined && {clientId}),
  };
}
