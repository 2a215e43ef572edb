/** A broker without sockets: frames in, deliveries out, on a clock the test turns. */
import {createHash, createHmac} from 'node:crypto';
import {Broker} from '../../broker/core/broker.ts';
import {type Connection, type ConnectionParams, type Link} from '../../broker/core/connection.ts';
import {type Environment} from '../../broker/core/environment.ts';
import {type Limits} from '../../broker/core/limits.ts';
import {type AppRecord, type Store} from '../../broker/core/store.ts';
import {Action} from '../../broker/protocol/actions.ts';
import {readFrame, type OutboundFrame} from '../../broker/protocol/frames.ts';
import {type Message} from '../../broker/protocol/messages.ts';
import {MemoryStore} from '../../broker/store/memory.ts';

/** Time that passes only when told to. */
export class FakeEnvironment implements Environment {
  #now = 1_700_000_000_000;
  #ids = 0;
  #timers = new Set<{at: number; callback: () => void}>();
  #soon: (() => void)[] = [];

  now(): number {
    return this.#now;
  }

  after(ms: number, callback: () => void): () => void {
    const timer = {at: this.#now + ms, callback};
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  soon(callback: () => void): void {
    this.#soon.push(callback);
  }

  randomId(length = 10): string {
    return `id${++this.#ids}`.padEnd(length, 'x');
  }

  hmac(secret: string, text: string): string {
    return createHmac('sha256', secret).update(text).digest('base64');
  }

  sha256(text: string): string {
    return createHash('sha256').update(text).digest('base64url');
  }

  /** Ends the present turn. */
  settle(): void {
    for (const callback of this.#soon.splice(0)) callback();
  }

  /** Lets time pass; timers fire in order, each in a turn of its own. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const [next] = [...this.#timers].filter(({at}) => at <= end).sort((left, right) => left.at - right.at);
      if (!next) break;
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.callback();
      this.settle();
    }
    this.#now = end;
    this.settle();
  }
}

export const allowAll = '{"[*]*":["*"]}';

export function appRecord(appId = 'app', capability = allowAll): AppRecord {
  return {
    appId,
    accountId: 'test',
    keys: [{keyId: 'key', secret: 'secret', capability}],
    namespaces: [{id: 'immutable', mutableMessages: false}],
    mutableByDefault: true,
    temporary: false,
  };
}

/** A connection from the client's side. */
export class TestClient implements Link {
  readonly frames: OutboundFrame[] = [];
  closed = false;
  /** Whether nobody answers pings any more. */
  isDead = false;
  pings = 0;
  backlog = 0;
  readonly #bench: Bench;
  connection: Connection | undefined;

  constructor(bench: Bench) {
    this.#bench = bench;
  }

  write(frames: readonly OutboundFrame[]): void {
    this.frames.push(...frames);
  }

  ping(): void {
    this.pings++;
    if (!this.isDead) this.connection?.noteLife();
  }

  close(): void {
    this.closed = true;
  }

  get id(): string {
    return this.connection?.id ?? '';
  }

  get key(): string {
    return this.connection?.key ?? '';
  }

  /** Sends a frame and lets the turn end. */
  send(frame: Record<string, unknown>): void {
    if (this.connection) this.#bench.broker.connections.receive(this.connection, readFrame(frame));
    this.#bench.environment.settle();
  }

  /** Frames received since the last look, of one action or all. */
  take(action?: Action): OutboundFrame[] {
    const taken = this.frames.filter((frame) => action === undefined || frame.action === action);
    this.frames.length = 0;
    return taken;
  }

  /** The messages in the frames received since the last look. */
  takeMessages(): Message[] {
    return this.take(Action.Message).flatMap((frame) => [...(frame.messages ?? [])]);
  }

  attach(channel: string, extra: Record<string, unknown> = {}): OutboundFrame {
    this.send({action: Action.Attach, channel, ...extra});
    const answer = this.frames.find((frame) => frame.channel === channel && (frame.action === Action.Attached || frame.action === Action.Error));
    if (!answer) throw new Error('ATTACH was not answered');
    return answer;
  }

  #msgSerial = 0;

  /** Publishes and returns the answer, ACK or NACK. */
  publish(channel: string, ...messages: Record<string, unknown>[]): OutboundFrame {
    return this.numbered({action: Action.Message, channel, messages});
  }

  /** Sends a numbered frame and returns its answer. */
  numbered(frame: Record<string, unknown>, msgSerial = this.#msgSerial++): OutboundFrame {
    this.send({...frame, msgSerial});
    const answers = this.frames.filter(({action}) => action === Action.Ack || action === Action.Nack);
    const answer = answers.at(-1);
    if (!answer) throw new Error('The frame was not answered');
    return answer;
  }

  /** The socket dies without a close. */
  drop(): void {
    if (this.connection) this.#bench.broker.connections.lost(this.connection, this);
    this.#bench.environment.settle();
  }
}

export interface ConnectOptions extends Partial<ConnectionParams> {
  /** Credentials; the app's key by default. */
  key?: string;
  token?: string;
}

export class Bench {
  readonly environment: FakeEnvironment;
  readonly broker: Broker;

  constructor({limits, store, apps, environment}: {limits?: Partial<Limits>; store?: Store; apps?: AppRecord[]; environment?: FakeEnvironment} = {}) {
    this.environment = environment ?? new FakeEnvironment();
    this.broker = new Broker({
      environment: this.environment,
      store: store ?? new MemoryStore('series'),
      apps: apps ?? [appRecord()],
      ...(limits && {limits}),
    });
  }

  connect({key = 'app.key:secret', token, ...params}: ConnectOptions = {}): TestClient {
    const client = new TestClient(this);
    const principal = this.broker.authenticator.authenticate(token === undefined ? {key} : {token});
    client.connection = this.broker.connections.open(client, principal, {echo: true, heartbeats: true, ...params});
    this.environment.settle();
    return client;
  }

  /** A token of the app's key. */
  token(grant: {capability?: string; clientId?: string; ttl?: number} = {}): string {
    const found = this.broker.authenticator.findKey('app.key');
    if (!found) throw new Error('no key');
    const issued = this.environment.now();
    const {capability = allowAll, ttl = 3_600_000, clientId} = grant;
    return this.broker.authenticator.issueToken({key: found.key, issued, expires: issued + ttl, capability, ...(clientId !== undefined && {clientId})});
  }
}

/** Serial number `index` in an ACK. */
export function serialIn(ack: OutboundFrame, index = 0): string {
  return ack.res?.[0]?.serials[index] ?? '';
}
