import * as Ably from 'ably';
import {defaultKey} from '../../../broker/index.ts';
import {AiSession} from '../../../src/ably/ai-session.ts';
import {Connection} from '../../../src/ably/connection.ts';
import type {OpenQueueStore, QueueStore} from '../../../src/ably/queue-store.ts';
import type {OutboxEntry, OutboxStore} from '../../../src/session/outbox.ts';
import {emptyQueue, type Queue} from '../../../src/session/queue.ts';
import {KeptBranches} from '../../helpers/ask-table.ts';
import {until} from '../../helpers/until.ts';
import {type Hand, type PageRecord, takeInHand} from './hand.ts';
import type {Person, PersonOptions} from './person.ts';

/** What a browser keeps over a reload. */
class Kept {
  readonly branches = new KeptBranches();
  #outbox: readonly OutboxEntry[] = [];
  #queue: Queue = emptyQueue;

  readonly outbox: OutboxStore = {
    takeOver: () => Promise.resolve(this.#outbox),
    save: (entries) => void (this.#outbox = entries),
    leave: () => undefined,
    close: () => undefined,
  };

  readonly queues: OpenQueueStore = (_clientId, events) => {
    const queue = (): Queue => this.#queue;
    let isLeading = false;
    void events.onLead().then(() => {
      isLeading = true;
      events.onChange();
    });
    return {
      get queue() {
        return queue();
      },
      get isLeading() {
        return isLeading;
      },
      change: (change) => new Promise((resolve) => {
        this.#queue = change(this.#queue);
        events.onChange();
        resolve();
      }),
      close: () => void (isLeading = false),
    } satisfies QueueStore;
  };
}

/** Somebody with a session in this process and no page: quick, to find by many scripts where pages go wrong. */
export class BarePerson implements Person {
  readonly problems: readonly string[] = [];
  readonly #options: PersonOptions;
  readonly #where: {readonly port: number; readonly url: string};
  readonly #kept = new Kept();
  #session: AiSession;
  #connection: Connection;
  #hand: Hand;

  private constructor(where: {readonly port: number; readonly url: string}, options: PersonOptions) {
    this.#where = where;
    this.#options = options;
    [this.#session, this.#connection, this.#hand] = this.#open();
  }

  static sit(where: {readonly port: number; readonly url: string}, options: PersonOptions): Promise<BarePerson> {
    return Promise.resolve(new BarePerson(where, options));
  }

  async act(action: Parameters<Hand['act']>[0]): Promise<string | undefined> {
    await this.#ready();
    return this.#hand.act(action);
  }

  async rest(ms: number): Promise<readonly string[]> {
    await this.#ready();
    return this.#hand.rest(ms);
  }

  async record(): Promise<PageRecord> {
    await this.#ready();
    return this.#hand.record();
  }

  async reload(): Promise<void> {
    await this.#ready();
    await this.leave();
    [this.#session, this.#connection, this.#hand] = this.#open();
  }

  async leave(): Promise<void> {
    // As where a page is gone: nothing more goes out.
    this.#connection.client.close();
    await this.#session.close();
    this.#connection.close();
  }

  async #ready(): Promise<void> {
    await until(this.#session, ({history, clientId}) => history.state === 'ready' && clientId !== undefined, 20_000);
  }

  #open(): [AiSession, Connection, Hand] {
    const {name, session: conversation, onRefused} = this.#options;
    const {port, url} = this.#where;
    const client = new Ably.Realtime({key: defaultKey, clientId: name, endpoint: '127.0.0.1', port, tls: false, transports: ['web_socket'], disableConnectivityCheck: true, disconnectedRetryTimeout: 200, logLevel: 0});
    const settings = {channel: `conversations:${conversation}`, agentUrl: `${url}/api/chat`, client};
    const connection = new Connection(settings);
    const session = new AiSession(connection, settings, {outbox: this.#kept.outbox, queues: this.#kept.queues, branches: this.#kept.branches});
    return [session, connection, takeInHand(session, onRefused)];
  }
}
