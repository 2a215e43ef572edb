/** The broker on HTTP: its own server, or a guest on somebody else's. */
import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import {type AddressInfo} from 'node:net';
import {type Duplex} from 'node:stream';
import {Broker} from '../core/broker.ts';
import {type Limits} from '../core/limits.ts';
import {type AppRecord, type Store} from '../core/store.ts';
import {MemoryStore} from '../store/memory.ts';
import {SqliteStore} from '../store/sqlite.ts';
import {nodeEnvironment} from './environment.ts';
import {clientIdOf, FaultSwitches} from './faults.ts';
import {corsHeaders, errorReply, preflightHeaders, send, type Reply, type ReplyOptions} from './reply.ts';
import {readBody, RestRequest} from './request.ts';
import {isBrokerPath, route} from './routes.ts';
import {Sockets} from './sockets.ts';

/** A namespace rule by the name before a channel's first colon. */
export interface NamespaceOptions {
  /** Whether messages can be updated, deleted and appended to; otherwise 93002. */
  mutableMessages: boolean;
}

export interface BrokerServerOptions {
  /** File of the SQLite database; in memory when absent. */
  data?: string;
  /** Keys of the local app, `appId.keyId:secret`; by default `local.demo:local-secret`. All have every capability. */
  keys?: readonly string[];
  /** Rules by namespace; others have mutable messages. By default `immutable` has not. */
  namespaces?: Readonly<Record<string, NamespaceOptions>>;
  limits?: Partial<Limits>;
  /** Allows the fault switches, over HTTP and in-process. */
  faults?: boolean;
}

export const defaultKey = 'local.demo:local-secret';

function localApps({keys = [defaultKey], namespaces = {immutable: {mutableMessages: false}}}: BrokerServerOptions): AppRecord[] {
  const apps = new Map<string, AppRecord>();
  for (const key of keys) {
    const [, appId, keyId, secret] = /^([\w-]+)\.([\w-]+):(.+)$/.exec(key) ?? [];
    if (appId === undefined || keyId === undefined || secret === undefined) throw new Error(`Invalid key '${key}': expected appId.keyId:secret`);
    const app = apps.get(appId) ?? {
      appId,
      accountId: 'local',
      keys: [],
      namespaces: Object.entries(namespaces).map(([id, rule]) => ({id, ...rule})),
      mutableByDefault: true,
      temporary: false,
    };
    app.keys.push({keyId, secret, capability: '{"[*]*":["*"]}'});
    apps.set(appId, app);
  }
  return [...apps.values()];
}

/** A running broker without a port of its own: hand it requests and upgrades, or use `startBroker`. */
export class BrokerServer {
  readonly broker: Broker;
  /** The fault switches; undefined unless `faults` was given. */
  readonly faults: FaultSwitches | undefined;
  readonly #sockets: Sockets;

  constructor(options: BrokerServerOptions = {}) {
    const store: Store = options.data === undefined ? new MemoryStore(nodeEnvironment.randomId()) : new SqliteStore(options.data, nodeEnvironment.randomId());
    this.broker = new Broker({environment: nodeEnvironment, store, apps: localApps(options), ...(options.limits && {limits: options.limits})});
    this.#sockets = new Sockets(this.broker);
    this.faults = options.faults ? new FaultSwitches(this.broker, this.#sockets) : undefined;
  }

  /** Answers a REST request; false, and nothing done, when the path is not the broker's. */
  handleRequest(request: IncomingMessage, response: ServerResponse): boolean {
    const [path = '/'] = (request.url ?? '/').split('?');
    if (!isBrokerPath(path)) return false;
    if (this.faults?.isDark(clientIdOf(request)) && path !== '/admin/faults') {
      request.socket.destroy();
      return true;
    }
    if (request.method === 'OPTIONS') {
      response.writeHead(204, {...corsHeaders(request), ...preflightHeaders}).end();
    } else {
      void this.#answer(request, response);
    }
    return true;
  }

  /** Takes a WebSocket upgrade; false, and nothing done, when it is not a client of the broker. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    const url = URL.parse(request.url ?? '/', 'ws://localhost');
    const isClient = url?.pathname === '/' && ['key', 'access_token', 'v', 'format'].some((name) => url.searchParams.has(name));
    if (!isClient) return false;
    this.#sockets.accept(request, socket, head);
    return true;
  }

  /** Answers what nobody else does, with a code. */
  async #answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    let options: ReplyOptions = {format: 'json', hasEnvelope: false};
    let reply: Reply;
    try {
      const bytes = await readBody(message);
      const request = new RestRequest(this.broker, message, bytes, this.faults);
      options = request;
      reply = route(request);
      this.broker.flush();
    } catch (error) {
      reply = errorReply(error);
    }
    send(message, response, reply, options);
  }

  /** Cuts all sockets and closes the store. */
  close(): void {
    this.#sockets.close();
    this.broker.close();
  }
}

export interface StartOptions extends BrokerServerOptions {
  /** 0 picks a free one. */
  port: number;
  /** Host to listen on; every interface by default. */
  host?: string;
}

/** A broker that listens. */
export interface RunningBroker {
  readonly server: BrokerServer;
  readonly http: Server;
  readonly port: number;
  /** `http://localhost:<port>` */
  readonly url: string;
  close(): Promise<void>;
}

/** Starts a broker on a port of its own. Rejects when the port is taken or the data file cannot be opened. */
export async function startBroker(options: StartOptions): Promise<RunningBroker> {
  const server = new BrokerServer(options);
  const http = createServer((request, response) => {
    if (!server.handleRequest(request, response)) {
      response.writeHead(404, {'Content-Type': 'application/json'});
      response.end('{"error":{"code":40400,"statusCode":404,"message":"Nothing here"}}');
    }
  });
  http.on('upgrade', (request, socket, head) => {
    if (!server.handleUpgrade(request, socket, head)) socket.end('HTTP/1.1 404 Not Found\r\n\r\n');
  });
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(options.port, options.host, resolve);
  });
  const {port} = http.address() as AddressInfo; // a TCP server has an address of this kind
  return {
    server,
    http,
    port,
    url: `http://localhost:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close();
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}
