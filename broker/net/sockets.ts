/** Opens connections on WebSockets: the upgrade is always accepted, and a refusal is a protocol message with a code. */
import {type IncomingMessage} from 'node:http';
import {type Duplex} from 'node:stream';
import {WebSocketServer, type WebSocket} from 'ws';
import {type Credentials} from '../core/auth.ts';
import {type Broker} from '../core/broker.ts';
import {type Connection, type ConnectionParams} from '../core/connection.ts';
import {Action} from '../protocol/actions.ts';
import {type Format} from '../protocol/data.ts';
import {AblyError, Code, errorInfo} from '../protocol/errors.ts';
import {readFrame} from '../protocol/frames.ts';
import {decode, encode} from './codec.ts';
import {SocketLink} from './socket.ts';

/** Above this a message is not even read to be refused: the socket is closed with status 1009. */
const hardLimit = 16 * 1024 * 1024;

function optionalMs(query: URLSearchParams, name: string): number | undefined {
  const value = Number(query.get(name) ?? NaN);
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}

function readCredentials(query: URLSearchParams): Credentials {
  const key = query.get('key');
  const token = query.get('access_token') ?? query.get('accessToken');
  if (key !== null) return {key};
  if (token !== null) return {token};
  throw new AblyError(Code.InvalidCredentials, 'No credentials: give key or access_token');
}

function readParams(query: URLSearchParams): ConnectionParams {
  const clientId = query.get('clientId') ?? query.get('client_id');
  const resumeKey = query.get('resume') ?? query.get('recover');
  const remainPresentFor = optionalMs(query, 'remainPresentFor');
  const appendRollupWindow = optionalMs(query, 'appendRollupWindow');
  return {
    echo: query.get('echo') !== 'false',
    heartbeats: query.get('heartbeats') !== 'false',
    ...(clientId && {clientId}),
    ...(resumeKey !== null && {resumeKey}),
    ...(remainPresentFor !== undefined && {remainPresentFor}),
    ...(appendRollupWindow !== undefined && {appendRollupWindow}),
  };
}

export class Sockets {
  readonly #broker: Broker;
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: hardLimit,
    perMessageDeflate: false,
    skipUTF8Validation: true, // the codec checks, and refuses with a code instead of a bare close
  });
  readonly #links = new Map<SocketLink, Connection>();
  /** Whether a client's socket is refused without an answer; a fault may say so. */
  isRefused: (clientId: string | undefined) => boolean = () => false;

  constructor(broker: Broker) {
    this.#broker = broker;
  }

  accept(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const query = URL.parse(request.url ?? '/', 'ws://localhost')?.searchParams ?? new URLSearchParams();
    this.#server.handleUpgrade(request, stream, head, (socket) => this.#open(socket, stream, query));
  }

  #open(socket: WebSocket, stream: Duplex, query: URLSearchParams): void {
    const format: Format = query.get('format') === 'msgpack' ? 'msgpack' : 'json';
    const {connections, limits} = this.#broker;
    let connection: Connection | undefined;
    const link: SocketLink = new SocketLink(socket, stream, {format, maxBacklog: limits.maxBacklog}, {
      frame: (bytes, isBinary) => {
        if (connection?.link === link) this.#receive(connection, bytes, isBinary);
      },
      alive: () => connection?.noteLife(),
      closed: () => {
        this.#links.delete(link);
        if (connection) connections.lost(connection, link);
      },
      tooSlow: () => {
        if (!connection) return;
        const message = `This client reads too slowly: more than ${limits.maxBacklog} bytes wait for it`;
        connections.disconnect(connection, {code: Code.SlowSubscriber, statusCode: 429, message});
      },
    });
    try {
      const principal = this.#broker.authenticator.authenticate(readCredentials(query));
      if (this.isRefused(query.get('clientId') ?? principal.clientId)) {
        socket.terminate();
        return;
      }
      connection = connections.open(link, principal, readParams(query));
      this.#links.set(link, connection);
    } catch (error) {
      socket.send(encode({action: Action.Error, error: errorInfo(error)}, format));
      socket.close();
    }
  }

  #receive(connection: Connection, bytes: Buffer, isBinary: boolean): void {
    const {connections, authenticator, limits} = this.#broker;
    try {
      if (bytes.length > limits.maxFrameSize) {
        throw new AblyError(Code.MessageTooLarge, `Maximum frame size exceeded: ${bytes.length} bytes, limit ${limits.maxFrameSize}`);
      }
      const frame = readFrame(decode(bytes, isBinary ? 'msgpack' : 'json'));
      if (frame.action !== Action.Auth) connections.receive(connection, frame);
      else connections.reauthorise(connection, authenticator.authenticate({token: frame.accessToken ?? ''}));
    } catch (error) {
      connections.fail(connection, error);
    }
  }

  /** The open sockets, all or those of one client. */
  *links(clientId?: string): Iterable<SocketLink> {
    for (const [link, connection] of this.#links) {
      if (clientId === undefined || connection.clientId === clientId) yield link;
    }
  }

  close(): void {
    for (const link of this.#links.keys()) link.cut();
    this.#server.close();
  }
}
