/** A REST request, read and authenticated. */
import {type IncomingMessage} from 'node:http';
import {resolveClientId, type Credentials, type Principal} from '../core/auth.ts';
import {type Broker} from '../core/broker.ts';
import {readChannelName} from '../core/channel-name.ts';
import {type Format} from '../protocol/data.ts';
import {AblyError, Code} from '../protocol/errors.ts';
import {decode} from './codec.ts';
import {type FaultSwitches} from './faults.ts';

/** Above this a body is refused unread. */
const maxBody = 2 * 1024 * 1024;

function readCredentials(headers: IncomingMessage['headers'], query: URLSearchParams): Credentials {
  const [scheme = '', value = ''] = (headers.authorization ?? '').split(' ');
  if (/^basic$/i.test(scheme)) return {key: Buffer.from(value, 'base64').toString()};
  // SDKs send tokens in base64, people as they are; base64 has no dots and tokens have.
  if (/^bearer$/i.test(scheme)) return {token: value.includes('.') ? value : Buffer.from(value, 'base64').toString()};
  const key = query.get('key');
  const token = query.get('access_token');
  if (key !== null) return {key};
  if (token !== null) return {token};
  throw new AblyError(Code.Unauthorized, 'No authentication information provided');
}

function contentFormat(type: string | undefined): Format {
  return type?.includes('msgpack') ? 'msgpack' : 'json';
}

export class RestRequest {
  readonly broker: Broker;
  readonly method: string;
  /** Decoded segments of the path. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  /** Format of the answer, picked by Accept; an envelope picks it for browsers. */
  readonly format: Format;
  /** Whether status and headers go into the body, for browsers that cannot see them. */
  readonly hasEnvelope: boolean;
  readonly body: unknown;
  /** The fault switches, if there are any. */
  readonly faults: FaultSwitches | undefined;
  readonly #headers: IncomingMessage['headers'];
  #principal: Principal | undefined;

  constructor(broker: Broker, message: IncomingMessage, bytes: Buffer, faults?: FaultSwitches) {
    const url = new URL(message.url ?? '/', 'http://localhost');
    const envelope = url.searchParams.get('envelope');
    const accept = message.headers.accept ?? '';
    this.broker = broker;
    this.faults = faults;
    this.method = message.method ?? 'GET';
    this.query = url.searchParams;
    this.hasEnvelope = envelope !== null;
    this.format = contentFormat(envelope ?? url.searchParams.get('format') ?? accept);
    this.#headers = message.headers;
    try {
      this.path = url.pathname.slice(1).split('/').map(decodeURIComponent);
    } catch (cause) {
      throw new AblyError(Code.BadRequest, 'Invalid path: not percent-encoded UTF-8', {cause});
    }
    this.body = bytes.length > 0 ? decode(bytes, contentFormat(message.headers['content-type'])) : undefined;
  }

  /** Who asks; throws 40100 and its kin when nobody may. */
  authenticate(): Principal {
    this.#principal ??= this.broker.authenticator.authenticate(readCredentials(this.#headers, this.query));
    return this.#principal;
  }

  get principal(): Principal {
    return this.authenticate();
  }

  /** The API version the client speaks. */
  get version(): number {
    return Number.parseInt(String(this.#headers['x-ably-version'] ?? this.query.get('v') ?? '6'), 10);
  }

  /** The address the client used to get here. */
  get host(): {name: string; port: number} {
    const url = new URL(`http://${this.#headers.host ?? 'localhost'}`);
    return {name: url.hostname, port: Number(url.port || 80)};
  }

  /** The client id they act under, from `X-Ably-ClientId` (RSA7e2). */
  get clientId(): string | undefined {
    const header = this.#headers['x-ably-clientid'];
    return resolveClientId(this.principal, typeof header === 'string' ? Buffer.from(header, 'base64').toString() : undefined);
  }

  /** Refuses with 40160 unless one of the operations is allowed on the channel. */
  authorise(channel: string, ...operations: string[]): void {
    const {resource} = readChannelName(channel);
    if (operations.some((operation) => this.principal.capability.permits(operation, resource))) return;
    throw new AblyError(Code.OperationNotPermitted, `Operation not permitted: ${operations.join(' or ')} on channel ${resource}`);
  }

  /** A number in the query, or undefined. */
  number(name: string): number | undefined {
    const text = this.query.get(name);
    if (text === null || text === '') return undefined;
    const value = Number(text);
    if (Number.isFinite(value)) return value;
    throw new AblyError(Code.InvalidParameter, `Invalid '${name}': expected a number`);
  }
}

/** Collects a body, in a turn of its own, and refuses one that is too large. */
export async function readBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBody) throw new AblyError(Code.MessageTooLarge, `Maximum request size exceeded: limit ${maxBody} bytes`, {statusCode: 413});
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

