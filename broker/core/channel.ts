/** One channel while somebody uses it. What must last is in its store; a channel nobody uses is dropped from memory. */
import {Code, type ErrorInfo} from '../protocol/errors.ts';
import {type OutboundFrame} from '../protocol/frames.ts';
import {type App} from './apps.ts';
import {type Attachment} from './attachment.ts';
import {type MessageDelivery} from './delivery.ts';
import {type Environment} from './environment.ts';
import {type Limits} from './limits.ts';
import {LiveObjects} from './objects/live-objects.ts';
import {PresenceSet} from './presence.ts';
import {MessageLog} from './message-log.ts';
import {type Serials} from './serials.ts';
import {type ChannelStore} from './store.ts';

/** What all channels of a broker share. */
export interface ChannelContext {
  readonly environment: Environment;
  readonly limits: Limits;
  readonly serials: Serials;
}

export class Channel {
  readonly app: App;
  readonly name: string;
  readonly store: ChannelStore;
  readonly messages: MessageLog;
  readonly presence: PresenceSet;
  readonly context: ChannelContext;
  readonly attachments = new Set<Attachment>();
  /** Clients that saw nothing after this serial have a gap, because a fault says so. */
  gapAfter = '';
  #objects: LiveObjects | undefined;

  constructor(app: App, name: string, store: ChannelStore, context: ChannelContext) {
    this.app = app;
    this.name = name;
    this.store = store;
    this.context = context;
    this.messages = new MessageLog(store, context.limits);
    this.presence = new PresenceSet(this, app.record.fixtures?.[name] ?? []);
  }

  /** Loaded when first asked for. */
  get objects(): LiveObjects {
    this.#objects ??= new LiveObjects(this);
    return this.#objects;
  }

  now(): number {
    return this.context.environment.now();
  }

  nextSerial(): string {
    return this.context.serials.next(this.now());
  }

  /** Whether nobody would notice if the channel were dropped from memory. */
  get isIdle(): boolean {
    return this.attachments.size === 0 && this.presence.isIdle && this.gapAfter === '';
  }

  deliver(delivery: MessageDelivery): void {
    for (const attachment of this.attachments) attachment.deliver(delivery);
  }

  /** Sends one frame to everybody who was granted the mode. */
  broadcast(mode: number, frame: OutboundFrame): void {
    for (const attachment of this.attachments) if (attachment.has(mode)) attachment.send(frame);
  }

  /** Why a client that has everything up to `serial` cannot continue from there; undefined when it can. */
  gapSince(serial: string): ErrorInfo | undefined {
    const {serials} = this.context;
    const reason =
      serial < this.gapAfter
        ? 'a gap was forced on this channel'
        : !serials.isKnown(serial)
          ? 'its serial is not one of this broker'
          : serial < this.store.trimmedTo
            ? 'the history in between was trimmed'
            : undefined;
    return reason === undefined
      ? undefined
      : {code: Code.ContinuityLost, statusCode: 400, message: `Unable to continue channel ${this.name} from where the client was: ${reason}`};
  }
}

/** The channels in use, by app and name. */
export class Channels {
  readonly #apps = new Map<App, Map<string, Channel>>();
  readonly #context: ChannelContext;
  readonly #openStore: (appId: string, name: string) => ChannelStore;

  constructor(context: ChannelContext, openStore: (appId: string, name: string) => ChannelStore) {
    this.#context = context;
    this.#openStore = openStore;
  }

  get(app: App, name: string): Channel {
    let channels = this.#apps.get(app);
    if (!channels) this.#apps.set(app, (channels = new Map<string, Channel>()));
    let channel = channels.get(name);
    if (!channel) channels.set(name, (channel = new Channel(app, name, this.#openStore(app.id, name), this.#context)));
    return channel;
  }

  /** The channel if somebody uses it. */
  find(app: App, name: string): Channel | undefined {
    return this.#apps.get(app)?.get(name);
  }

  of(app: App): Channel[] {
    return [...(this.#apps.get(app)?.values() ?? [])];
  }

  get size(): number {
    return [...this.#apps.values()].reduce((sum, {size}) => sum + size, 0);
  }

  forget(app: App): void {
    this.#apps.delete(app);
  }

  /** Drops from memory what nobody uses. */
  sweep(): void {
    for (const [app, channels] of this.#apps) {
      for (const [name, channel] of channels) if (channel.isIdle) channels.delete(name);
      if (channels.size === 0) this.#apps.delete(app);
    }
  }
}
