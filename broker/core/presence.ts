/** Who is on a channel (RTP). Members belong to connections; they leave with them, or a while after a lost socket. */
import {Action, PresenceAction} from '../protocol/actions.ts';
import {AblyError, Code} from '../protocol/errors.ts';
import {Flag, Mode} from '../protocol/flags.ts';
import {type OutboundFrame} from '../protocol/frames.ts';
import {type PresenceInput, type PresenceMessage} from '../protocol/presence.ts';
import {type Attachment} from './attachment.ts';
import {type Channel} from './channel.ts';
import {stampClientId, type Publisher} from './publishing.ts';
import {messageSerial} from './serials.ts';

/** Where a presence event comes from. */
export type PresencePublisher = Publisher & {readonly connectionId: string};

const keyOf = (connectionId: string, clientId: string): string => `${connectionId}:${clientId}`;

export class PresenceSet {
  readonly #channel: Channel;
  /** Members by connection and client id, as they last announced themselves. */
  readonly #members = new Map<string, PresenceMessage>();
  /** Members that are part of the app and never leave. */
  readonly #fixed: number;

  constructor(channel: Channel, fixtures: readonly PresenceMessage[]) {
    this.#channel = channel;
    for (const member of fixtures) this.#members.set(keyOf(member.connectionId, member.clientId), member);
    this.#fixed = this.#members.size;
  }

  /** Whether only fixtures are left. */
  get isIdle(): boolean {
    return this.#members.size === this.#fixed;
  }

  get size(): number {
    return this.#members.size;
  }

  /** The members, with action present. */
  all(): PresenceMessage[] {
    return [...this.#members.values()].map((member) => ({...member, action: PresenceAction.Present}));
  }

  /** Connections that have members here. */
  get connectionCount(): number {
    return new Set([...this.#members.values()].map(({connectionId}) => connectionId)).size;
  }

  /** Applies what a connection announces, all of it or nothing. */
  announce(publisher: PresencePublisher, inputs: readonly PresenceInput[]): void {
    if (inputs.length === 0) throw new AblyError(Code.InvalidRequestBody, 'Nothing to announce: expected at least one presence message');
    const timestamp = this.#channel.now();
    const events = inputs.map((input, index): PresenceMessage => {
      const clientId = stampClientId(publisher, input.clientId);
      if (clientId === undefined) throw new AblyError(Code.InvalidClientId, 'Presence needs a client id: the connection has none');
      const id = input.id ?? `${publisher.idBase}:${index}`;
      return {...input, id, clientId, connectionId: publisher.connectionId, timestamp};
    });
    const joining = events.filter((event) => event.action !== PresenceAction.Leave && !this.#find(event)).length;
    if (this.size + joining > this.#channel.context.limits.maxMembers) {
      throw new AblyError(Code.PresenceLimit, `Too many members on channel ${this.#channel.name}: limit ${this.#channel.context.limits.maxMembers}`);
    }
    this.#publish(events.map((event) => this.#apply(event)).filter((event) => event !== undefined));
  }

  #find(event: PresenceMessage): PresenceMessage | undefined {
    return this.#members.get(keyOf(event.connectionId, event.clientId));
  }

  /** Changes the set, and returns what to tell about it. */
  #apply(event: PresenceMessage): PresenceMessage | undefined {
    const member = this.#find(event);
    const key = keyOf(event.connectionId, event.clientId);
    if (event.action === PresenceAction.Leave) {
      if (!member) return undefined;
      this.#members.delete(key);
      return event.data === undefined ? {...member, ...event} : event;
    }
    // RTP17g: after an attach the SDK enters its members again under their old ids; nothing has changed then.
    if (member?.id === event.id) return undefined;
    this.#members.set(key, event);
    const action = member ? PresenceAction.Update : PresenceAction.Enter;
    return {...event, action};
  }

  /** Everybody of this connection leaves. The broker says so, hence an id that does not start with the connection's (RTP2b1). */
  leave(connectionId: string): void {
    const timestamp = this.#channel.now();
    const leaving = [...this.#members.values()].filter((member) => member.connectionId === connectionId);
    const events = leaving.map((member) => {
      this.#members.delete(keyOf(connectionId, member.clientId));
      return {...member, id: `leave-${this.#channel.context.environment.randomId()}:0:0`, action: PresenceAction.Leave, timestamp};
    });
    this.#publish(events);
  }

  #publish(events: readonly PresenceMessage[]): void {
    if (events.length === 0) return;
    const channelSerial = this.#channel.nextSerial();
    events.forEach((event, index) => this.#channel.store.insertPresence(messageSerial(channelSerial, index), event));
    this.#channel.broadcast(Mode.PresenceSubscribe, {
      action: Action.Presence,
      channel: this.#channel.name,
      channelSerial,
      timestamp: this.#channel.now(),
      presence: events,
    });
  }

  /** The flag for ATTACHED: without it the client takes the set for empty, and a SYNC follows it (RTP1). */
  flagFor(attachment: Attachment): number {
    return this.size > 0 && attachment.has(Mode.PresenceSubscribe) ? Flag.HasPresence : 0;
  }

  /** Sends the whole set in pages; an empty cursor ends it (RTP18). */
  sync(attachment: Attachment): void {
    if (!attachment.has(Mode.PresenceSubscribe)) return;
    const {environment, limits} = this.#channel.context;
    const members = this.all();
    const id = environment.randomId(8);
    const page = (presence: PresenceMessage[], cursor: string): OutboundFrame => ({
      action: Action.Sync,
      channel: this.#channel.name,
      channelSerial: `${id}:${cursor}`,
      timestamp: this.#channel.now(),
      presence,
    });
    let start = 0;
    for (; start + limits.syncPageSize < members.length; start += limits.syncPageSize) {
      const end = start + limits.syncPageSize;
      attachment.send(page(members.slice(start, end), String(end)));
    }
    attachment.send(page(members.slice(start), ''));
  }
}
