/** Real SDK clients on a broker of their own. */
import {after, before} from 'node:test';
import Ably from 'ably';
import {startBroker, defaultKey, type RunningBroker, type StartOptions} from '../../broker/index.ts';

export type Realtime = InstanceType<typeof Ably.Realtime>;

export interface Fixture {
  readonly broker: RunningBroker;
  /** A realtime client; closed after the tests. */
  realtime(options?: Ably.ClientOptions): Realtime;
  rest(options?: Ably.ClientOptions): InstanceType<typeof Ably.Rest>;
}

/** Starts a broker before the tests of a file and stops it after them, with every client made here. */
export function brokerFixture(options: Partial<StartOptions> = {}): Fixture {
  const clients = new Set<Realtime>();
  let running: RunningBroker | undefined;
  const address = (): Ably.ClientOptions => ({endpoint: 'localhost', port: running?.port ?? 0, tls: false, logLevel: 0, disableConnectivityCheck: true});
  before(async () => {
    running = await startBroker({port: 0, ...options});
  });
  after(async () => {
    for (const client of clients) client.close();
    await running?.close();
  });
  return {
    get broker() {
      if (!running) throw new Error('The broker runs only while tests do');
      return running;
    },
    realtime(clientOptions = {}) {
      const credentials = clientOptions.authCallback || clientOptions.token || clientOptions.authUrl ? {} : {key: defaultKey};
      const client = new Ably.Realtime({...address(), ...credentials, ...clientOptions});
      clients.add(client);
      return client;
    },
    rest(clientOptions = {}) {
      return new Ably.Rest({...address(), ...(clientOptions.token ? {} : {key: defaultKey}), ...clientOptions});
    },
  };
}

/** The next `count` values handed to the returned `push`. */
export function collect<Item>(count: number): {push: (item: Item) => void; all: Promise<Item[]>} {
  const items: Item[] = [];
  let resolve: (items: Item[]) => void = () => undefined;
  const all = new Promise<Item[]>((done) => (resolve = done));
  return {
    push(item) {
      items.push(item);
      if (items.length === count) resolve(items);
    },
    all,
  };
}
