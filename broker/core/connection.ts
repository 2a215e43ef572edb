/** One client's connection. It outlives its socket: without one it can be resumed until its state lifetime ends. */
import {Action} from '../protocol/actions.ts';
import {type ErrorInfo} from '../protocol/errors.ts';
import {type ConnectionDetails, type OutboundFrame} from '../protocol/frames.ts';
import {Acknowledgements} from './acknowledgements.ts';
import {type Attachment} from './attachment.ts';
import {type Principal} from './auth.ts';
import {type Channel, type ChannelContext, type Channels} from './channel.ts';
import {type Cancel} from './environment.ts';
import {type Faults} from './faults.ts';
import {type PresencePublisher} from './presence.ts';

/** The socket side of a connection. */
export interface Link {
  /** Writes frames in order. */
  write(frames: readonly OutboundFrame[]): void;
  /** Asks the other side for a sign of life, and is one for a client that takes no HEARTBEAT messages. */
  ping(): void;
  /** Ends the socket once everything written is out. */
  close(): void;
  /** Bytes written and not yet taken by the network. */
  readonly backlog: number;
}

/** What a connection needs from its broker. */
export interface ConnectionContext extends ChannelContext {
  readonly channels: Channels;
  readonly faults: Faults;
  /** Asks for a flush at the end of this turn, of this connection too. */
  wake(connection?: Connection): void;
  /** Flushes now: for a socket that is about to end. */
  flush(): void;
}

/** What a client asks for when it opens its socket. */
export interface ConnectionParams {
  clientId?: string;
  /** A connection key, from `resume` or `recover`. */
  resumeKey?: string;
  echo: boolean;
  /** Whether to send HEARTBEAT messages; otherwise pings of the socket suffice. */
  heartbeats: boolean;
  /** Milliseconds after a lost socket until its presence members leave. */
  remainPresentFor?: number;
  appendRollupWindow?: number;
}

export class Connection {
  readonly id: string;
  readonly context: ConnectionContext;
  readonly attachments = new Map<string, Attachment>();
  /** Channels that may hold presence members of this connection. */
  readonly presentOn = new Set<Channel>();
  readonly acknowledgements: Acknowledgements;
  readonly #secret: string;
  #sockets = 0;
  /** Whether the client has shown that it knows the newest key. */
  #isConfirmed = false;
  principal: Principal;
  /** `*`: any; undefined: anonymous. */
  clientId: string | undefined;
  echo = true;
  heartbeats = true;
  leaveDelay: number;
  appendRollupWindow: number;
  /** When something was last sent, and when the client last showed life. */
  lastSent = 0;
  #lastHeard = 0;
  #link: Link | undefined;
  #outbox: OutboundFrame[] = [];
  readonly #timers = new Set<Cancel>();

  constructor(context: ConnectionContext, principal: Principal, clientId: string | undefined) {
    const {environment, limits} = context;
    this.context = context;
    this.id = environment.randomId(10);
    this.#secret = environment.randomId(16);
    this.principal = principal;
    this.clientId = clientId;
    this.leaveDelay = limits.presenceLeaveDelay;
    this.appendRollupWindow = limits.appendRollupWindow;
    this.acknowledgements = new Acknowledgements(limits.maxRememberedResults);
  }

  /** What resumes it; a new one for every socket. */
  get key(): string {
    return this.#keyOf(this.#sockets);
  }

  /** The one before the newest key counts as well until the client speaks: the frame with the newest may have been lost. */
  ownsKey(key: string): boolean {
    return key === this.key || (!this.#isConfirmed && key === this.#keyOf(this.#sockets - 1));
  }

  #keyOf(socket: number): string {
    return `${this.id}-${this.#secret}-${socket}`;
  }

  /** The client has spoken on its present socket. */
  confirm(): void {
    this.#isConfirmed = true;
    this.noteLife();
  }

  /** The other side of the socket is there. */
  noteLife(): void {
    this.#lastHeard = this.context.environment.now();
  }

  get lastHeard(): number {
    return this.#lastHeard;
  }

  /** Its socket; undefined while it waits for a resume. */
  get link(): Link | undefined {
    return this.#link;
  }

  /** A publisher acting for this connection, in the protocol message numbered `msgSerial`. */
  publisher(msgSerial: number, id?: string): PresencePublisher {
    return {
      principal: this.principal,
      connectionId: this.id,
      idBase: id ?? `${this.id}:${msgSerial}`,
      idempotent: id !== undefined,
      ...(this.clientId !== undefined && {clientId: this.clientId}),
    };
  }

  /** Takes a socket, new or in place of a lost one, and tells the client about its connection (RTN4, RTN15c). */
  open(link: Link, params: ConnectionParams, error?: ErrorInfo): void {
    const {limits} = this.context;
    this.#link = link;
    this.echo = params.echo;
    this.heartbeats = params.heartbeats;
    this.leaveDelay = params.remainPresentFor === undefined ? limits.presenceLeaveDelay : Math.max(1_000, params.remainPresentFor);
    this.appendRollupWindow = params.appendRollupWindow ?? limits.appendRollupWindow;
    this.#sockets++;
    this.#isConfirmed = false;
    this.noteLife();
    this.sendConnected(error);
  }

  sendConnected(error?: ErrorInfo): void {
    this.send({action: Action.Connected, connectionId: this.id, connectionDetails: this.#details(), ...(error && {error})});
  }

  #details(): ConnectionDetails {
    const {limits, serials} = this.context;
    return {
      connectionKey: this.key,
      connectionStateTtl: limits.connectionStateTtl,
      maxIdleInterval: limits.maxIdleInterval,
      maxMessageSize: limits.maxMessageSize,
      maxFrameSize: limits.maxFrameSize,
      maxInboundRate: limits.maxInboundRate,
      objectsGCGracePeriod: limits.objectsGracePeriod,
      siteCode: serials.series,
      serverId: serials.series,
      ...(this.clientId !== undefined && {clientId: this.clientId}),
    };
  }

  /** Queues a frame for the end of this turn; without a socket it is lost, and a resume replays what mattered. */
  send(frame: OutboundFrame): void {
    if (!this.#link) return;
    this.#outbox.push(frame);
    this.context.wake(this);
  }

  sendError(error: ErrorInfo, channel?: string): void {
    this.send({action: Action.Error, error, ...(channel !== undefined && {channel})});
  }

  /** Answers a numbered publish. */
  answer(msgSerial: number, outcome: Parameters<Acknowledgements['answer']>[1]): void {
    this.acknowledgements.remember(msgSerial, outcome);
    const {ackDelay, dropAcks} = this.context.faults;
    if (dropAcks) return;
    if (ackDelay > 0) this.after(ackDelay, () => this.#answer(msgSerial, outcome));
    else this.#answer(msgSerial, outcome);
  }

  #answer(msgSerial: number, outcome: Parameters<Acknowledgements['answer']>[1]): void {
    if (!this.#link) return;
    this.#outbox.push(...this.acknowledgements.answer(msgSerial, outcome));
    this.context.wake(this);
  }

  /** A timer that ends with the socket. */
  after(ms: number, callback: () => void): Cancel {
    const cancel = this.context.environment.after(ms, () => {
      this.#timers.delete(cancel);
      callback();
    });
    this.#timers.add(cancel);
    return () => {
      this.#timers.delete(cancel);
      cancel();
    };
  }

  /** Writes out what this turn produced: deliveries first, so that an echo comes before the ACK that repeats its serial. */
  flush(): void {
    const frames = this.#outbox;
    this.#outbox = [];
    const link = this.#link;
    if (!link) return;
    frames.push(...this.acknowledgements.take());
    if (frames.length === 0) return;
    const {deliveryDelay} = this.context.faults;
    this.lastSent = this.context.environment.now();
    if (deliveryDelay > 0) this.context.environment.after(deliveryDelay, () => link.write(frames));
    else link.write(frames);
  }

  /** Its presence members leave every channel. */
  leaveAll(): void {
    for (const channel of this.presentOn) channel.presence.leave(this.id);
    this.presentOn.clear();
  }

  /** Lets go of the socket: no timer, no unsent frame, no attachment survives it. */
  release(): void {
    this.#link = undefined;
    this.#outbox = [];
    this.acknowledgements.take();
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
    for (const attachment of this.attachments.values()) {
      attachment.end();
      attachment.channel.attachments.delete(attachment);
    }
    this.attachments.clear();
  }
}
