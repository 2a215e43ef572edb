/** One connection's place on one channel: what it may do, and what it has seen. */
import {concatData} from '../protocol/data.ts';
import {Mode} from '../protocol/flags.ts';
import {type OutboundFrame} from '../protocol/frames.ts';
import {type Message} from '../protocol/messages.ts';
import {type ChannelName} from './channel-name.ts';
import {type Channel} from './channel.ts';
import {type Connection} from './connection.ts';
import {messageFrame, type MessageDelivery} from './delivery.ts';
import {type Cancel} from './environment.ts';
import {channelSerialOf} from './serials.ts';

export class Attachment {
  readonly connection: Connection;
  readonly channel: Channel;
  readonly name: ChannelName;
  /** Mode bits the client asked for, and those of them its capability grants. */
  requestedModes = 0;
  modes = 0;
  params: Record<string, string> = {};
  /** Everything after this serial is delivered live. */
  #since: string;
  /** Messages from before that that were delivered whole after all. */
  readonly #caughtUp = new Set<string>();
  /** Appends waiting to be delivered as one, by message. */
  readonly #rollup = new Map<string, Message>();
  #stopRollup: Cancel | undefined;

  constructor(connection: Connection, channel: Channel, name: ChannelName, since: string) {
    this.connection = connection;
    this.channel = channel;
    this.name = name;
    this.#since = since;
  }

  has(mode: number): boolean {
    return (this.modes & mode) !== 0;
  }

  /** Sends a frame of the channel, under the name the client knows it by, and of its messages only those it asks for. */
  send(frame: OutboundFrame): void {
    const {text, channel, filter} = this.name;
    if (text === channel) {
      this.connection.send(frame);
      return;
    }
    const messages = filter ? frame.messages?.filter(filter) : frame.messages;
    if (messages && messages.length === 0) return;
    this.connection.send({...frame, channel: text, ...(messages && {messages})});
  }

  /**
   * Delivers a publish. Someone who has not had a message since attaching gets all of it, whatever was added; deltas
   * come from then on.
   */
  deliver(delivery: MessageDelivery): void {
    const {whole, delta, target} = delivery;
    if (!this.has(Mode.Subscribe)) return;
    if (!this.connection.echo && delivery.connectionId === this.connection.id) return;
    if (delta && target && this.#hasHad(target)) {
      this.#append(delta);
      return;
    }
    this.flushRollup();
    if (target && !this.#hasHad(target)) this.#caughtUp.add(target.serial);
    this.send(whole);
  }

  /** Begins anew from a serial, as if it had just attached there. */
  restart(since: string): void {
    this.end();
    this.#since = since;
    this.#caughtUp.clear();
  }

  /** Notes that a replay delivered the message whole. */
  markDelivered(message: Message): void {
    this.#caughtUp.add(message.serial);
  }

  #hasHad(message: Message): boolean {
    if (this.#caughtUp.has(message.serial)) return true;
    const wasEchoed = this.connection.echo || message.connectionId !== this.connection.id;
    return channelSerialOf(message.serial) > this.#since && wasEchoed;
  }

  #append(frame: OutboundFrame): void {
    const delta = frame.messages?.[0];
    const window = this.connection.appendRollupWindow;
    if (window <= 0 || !delta) {
      this.send(frame);
      return;
    }
    const waiting = this.#rollup.get(delta.serial);
    this.#rollup.set(delta.serial, waiting ? {...delta, data: concatData(waiting.data, delta.data)} : delta);
    this.#stopRollup ??= this.connection.after(window, () => {
      this.flushRollup();
    });
  }

  /** Sends what the rollup window holds back, before anything else that has to stay behind it. */
  flushRollup(): void {
    this.#stopRollup?.();
    this.#stopRollup = undefined;
    const waiting = [...this.#rollup.values()].sort((left, right) => (left.version.serial < right.version.serial ? -1 : 1));
    this.#rollup.clear();
    for (const message of waiting) this.send(messageFrame(this.channel.name, channelSerialOf(message.version.serial), [message]));
  }

  /** Stops everything that runs for this attachment. */
  end(): void {
    this.#stopRollup?.();
    this.#stopRollup = undefined;
    this.#rollup.clear();
  }
}
