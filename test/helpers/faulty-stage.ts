import * as Ably from 'ably';
import {defaultKey, type RunningBroker, startBroker} from '../../broker/index.ts';
import {AiSession} from '../../src/ably/ai-session.ts';
import {Connection} from '../../src/ably/connection.ts';
import type {QueueClock} from '../../src/ably/queue-keeper.ts';
import type {OpenQueueStore} from '../../src/ably/queue-store.ts';
import {textOf} from '../../src/session/message.ts';
import type {OutboxEntry, OutboxStore} from '../../src/session/outbox.ts';
import type {AuthCallback, SessionSettings} from '../../src/session/settings.ts';
import {CuttableLine} from './cuttable-line.ts';
import {DrivenAgent} from './driven-agent.ts';
import {until} from './until.ts';

/** How long the SDK may take to come back from an outage, in ms. */
export const outageMs = 30_000;

/** What a browser keeps over a reload: entries without anybody who holds them. */
export class KeptStore implements OutboxStore {
  kept: readonly OutboxEntry[] = [];
  readonly #waiting = new Set<() => void>();
  takeOver(): Promise<readonly OutboxEntry[]> {
    return Promise.resolve(this.kept);
  }
  save(entries: readonly OutboxEntry[]): void {
    // As storage does it: later changes of the objects do not reach what is kept.
    this.kept = JSON.parse(JSON.stringify(entries)) as OutboxEntry[];
    for (const check of this.#waiting) check();
  }
  /** Resolves when one of the entries kept fulfils the condition. */
  async keeps(condition: (entry: OutboxEntry) => boolean): Promise<void> {
    while (!this.kept.some(condition)) await new Promise<void>((resolve) => this.#waiting.add(resolve));
  }
  leave(): void {
    return undefined;
  }
  close(): void {
    return undefined;
  }
}

export interface Visit {
  /** What this browser keeps of unsent messages. */
  store?: OutboxStore;
  /** What this browser keeps of the queue. */
  queues?: OpenQueueStore;
  settings?: Partial<SessionSettings>;
  queueClock?: QueueClock;
}

interface Page {
  readonly session: AiSession;
  readonly connection: Connection;
}

/** A broker, an agent on it, and pages that reach it over a line that can be cut. */
export class FaultyStage {
  readonly channel: string;
  readonly broker: RunningBroker;
  readonly line: CuttableLine;
  readonly agent: DrivenAgent;
  /** How often the agent was told of a message. */
  wakes = 0;
  readonly #pages: Page[] = [];

  private constructor(channel: string, broker: RunningBroker, line: CuttableLine, agent: DrivenAgent) {
    this.channel = channel;
    this.broker = broker;
    this.line = line;
    this.agent = agent;
  }

  static async open(channel: string): Promise<FaultyStage> {
    const broker = await startBroker({port: 0, faults: true});
    const agent = await DrivenAgent.join(clientOn(broker.port, 'planner'), channel);
    return new FaultyStage(channel, broker, await CuttableLine.to(broker.port), agent);
  }

  /** Opens the session as a page of Ana's does, over the line that can be cut. */
  visit({store = new KeptStore(), queues, settings = {}, queueClock}: Visit = {}): AiSession {
    const wakeAgent: SessionSettings['wakeAgent'] = (invocation) => {
      this.wakes++;
      return this.agent.wake(invocation);
    };
    const all: SessionSettings = {channel: this.channel, authCallback: tokensFor('ana'), endpoint: '127.0.0.1', port: this.line.port, insecure: true, wakeAgent, ...settings};
    const connection = new Connection(all);
    const session = new AiSession(connection, all, {outbox: store, queues, queueClock});
    this.#pages.push({session, connection});
    return session;
  }

  /** Opens the session over a line that is never cut. */
  visitFromElsewhere(clientId: string, visit: Visit = {}): AiSession {
    return this.visit({...visit, settings: {...visit.settings, authCallback: tokensFor(clientId), port: this.broker.port}});
  }

  /** The client of a page, as it is now: LiveObjects come with another one. */
  clientOf(session: AiSession): Ably.Realtime {
    const page = this.#pages.find((candidate) => candidate.session === session);
    if (!page) throw new Error('That page was left.');
    return page.connection.client;
  }

  /** Leaves as a closed tab does, without goodbye: the newest page where none is named. */
  async leave(session?: AiSession): Promise<void> {
    const place = session ? this.#pages.findIndex((page) => page.session === session) : this.#pages.length - 1;
    const [page] = this.#pages.splice(place, 1);
    await page?.session.close();
    page?.connection.close();
  }

  /** Leaves, and comes back with what the browser has kept. */
  async reload(visit: Visit): Promise<AiSession> {
    await this.leave();
    return this.visit(visit);
  }

  async close(): Promise<void> {
    while (this.#pages.length > 0) await this.leave();
    await this.agent.close();
    await this.line.close();
    await this.broker.close();
  }
}

export const isReady = (session: AiSession): Promise<unknown> =>
  until(session, ({connection, history}) => connection.state === 'connected' && history.state === 'ready', outageMs);

export const isOffline = (session: AiSession): Promise<unknown> => until(session, ({connection}) => connection.state === 'offline');

export const textsOf = (session: AiSession): string[] => session.snapshot.messages.map(textOf);

/** Gives tokens as a page's server does, whatever becomes of the line. */
export function tokensFor(clientId: string, capability?: Record<string, string[]>): AuthCallback {
  const auth = new Ably.Rest({key: defaultKey}).auth;
  return (params, callback) => {
    const request = {...params, clientId, ...(capability === undefined ? {} : {capability: JSON.stringify(capability)})};
    auth.createTokenRequest(request).then((token) => callback(null, token), (error: unknown) => callback(error, null));
  };
}

/** A client of the SDK, with every right. */
export function clientOn(port: number, clientId: string): Ably.Realtime {
  return new Ably.Realtime({key: defaultKey, clientId, endpoint: '127.0.0.1', port, tls: false, transports: ['web_socket'], disableConnectivityCheck: true, disconnectedRetryTimeout: 200});
}
