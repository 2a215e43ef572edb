/** The broker without sockets, files or clocks: frames and requests in, deliveries and answers out. */
import {AblyError, Code} from '../protocol/errors.ts';
import {Apps} from './apps.ts';
import {Authenticator} from './auth.ts';
import {Channels} from './channel.ts';
import {type Connection, type ConnectionContext} from './connection.ts';
import {Connections} from './connections.ts';
import {type Cancel, type Environment} from './environment.ts';
import {noFaults, type Faults} from './faults.ts';
import {defaultLimits, type Limits} from './limits.ts';
import {Serials} from './serials.ts';
import {type AppRecord, type Store} from './store.ts';
import {TokenRequests} from './token-requests.ts';

export interface BrokerOptions {
  environment: Environment;
  store: Store;
  limits?: Partial<Limits>;
  /** Apps that exist from the start; those of the store are there as well. */
  apps?: readonly AppRecord[];
}

export class Broker implements ConnectionContext {
  readonly environment: Environment;
  readonly limits: Limits;
  readonly serials: Serials;
  readonly faults: Faults = noFaults();
  readonly apps: Apps;
  readonly authenticator: Authenticator;
  readonly tokenRequests: TokenRequests;
  readonly channels: Channels;
  readonly connections: Connections;
  readonly #store: Store;
  readonly #awake = new Set<Connection>();
  #isFlushPlanned = false;
  #stopChores: Cancel;

  constructor({environment, store, limits, apps = []}: BrokerOptions) {
    this.environment = environment;
    this.#store = store;
    this.limits = {...defaultLimits, ...limits};
    this.serials = new Serials(store.series, environment.now(), store.lastSerial);
    this.apps = new Apps(store, environment, this.limits);
    this.authenticator = new Authenticator(this.apps, environment);
    this.tokenRequests = new TokenRequests(this.authenticator, environment, this.limits);
    this.channels = new Channels(this, (appId, name) => store.channel(appId, name));
    this.connections = new Connections(this);
    for (const app of apps) this.apps.add(app);
    this.#stopChores = this.#planChores();
  }

  wake(connection?: Connection): void {
    if (connection) this.#awake.add(connection);
    if (this.#isFlushPlanned) return;
    this.#isFlushPlanned = true;
    this.environment.soon(() => this.flush());
  }

  /** Makes everything of this turn durable, then sends it: nobody hears of what could still be lost. */
  flush(): void {
    this.#isFlushPlanned = false;
    this.#store.commit(this.serials.last);
    const awake = [...this.#awake];
    this.#awake.clear();
    for (const connection of awake) connection.flush();
  }

  deleteApp(appId: string): void {
    const app = this.apps.get(appId);
    if (!app) return;
    for (const connection of this.connections.all()) {
      if (connection.principal.app === app) this.connections.fail(connection, new AblyError(Code.NotFound, 'The app was deleted'));
    }
    this.apps.delete(appId);
    this.channels.forget(app);
  }

  /** Keep-alive, and tidying up: a third of the idle interval apart. */
  #planChores(): Cancel {
    return this.environment.after(this.limits.maxIdleInterval / 3, () => {
      this.connections.keepAlive();
      for (const app of this.apps.forgotten()) this.deleteApp(app.id);
      this.channels.sweep();
      this.wake();
      this.#stopChores = this.#planChores();
    });
  }

  /** Stops the chores and stores what is left. Sockets are the caller's to close. */
  close(): void {
    this.#stopChores();
    this.flush();
    this.#store.close();
  }
}
