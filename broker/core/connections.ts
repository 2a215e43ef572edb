/** All connections: opening, resuming, losing and forgetting them (RTN). */
import {Action} from '../protocol/actions.ts';
import {AblyError, Code, errorInfo, type ErrorInfo} from '../protocol/errors.ts';
import {type InboundFrame} from '../protocol/frames.ts';
import {reauthoriseAttachments} from './attach.ts';
import {resolveClientId, type Principal} from './auth.ts';
import {Connection, type ConnectionContext, type ConnectionParams, type Link} from './connection.ts';
import {dispatch} from './dispatch.ts';
import {type Cancel} from './environment.ts';

/** A new token is asked for this long before the old one ends; tokens that live shorter get no prompt. */
const renewalLead = 30_000;

export class Connections {
  readonly #context: ConnectionContext;
  readonly #connections = new Map<string, Connection>();
  /** What will happen to connections without a socket. */
  readonly #expiry = new Map<Connection, Cancel[]>();
  #tokenTimers = new WeakMap<Connection, Cancel[]>();

  constructor(context: ConnectionContext) {
    this.#context = context;
  }

  get size(): number {
    return this.#connections.size;
  }

  all(): Iterable<Connection> {
    return this.#connections.values();
  }

  /** The connection that owns a connection key. */
  byKey(key: string): Connection | undefined {
    const connection = this.#connections.get(key.slice(0, key.indexOf('-')));
    return connection?.ownsKey(key) ? connection : undefined;
  }

  /** Opens a connection on a socket, resuming the one whose key the client shows if it is still there. */
  open(link: Link, principal: Principal, params: ConnectionParams): Connection {
    const clientId = resolveClientId(principal, params.clientId);
    const resumed = params.resumeKey === undefined ? undefined : this.#resume(params.resumeKey, principal, clientId);
    const connection = resumed ?? new Connection(this.#context, principal, clientId);
    this.#connections.set(connection.id, connection);
    const failed = params.resumeKey !== undefined && !resumed;
    connection.open(link, params, failed ? resumeError : undefined);
    this.#watchToken(connection);
    return connection;
  }

  /** RTN15c: only the same app and client id may take a connection over. */
  #resume(key: string, principal: Principal, clientId: string | undefined): Connection | undefined {
    const connection = this.byKey(key);
    if (!connection || this.#context.faults.refuseResumes) return undefined;
    if (connection.principal.app !== principal.app || connection.clientId !== clientId) return undefined;
    this.#stopExpiry(connection);
    const old = connection.link;
    this.#release(connection);
    old?.close();
    connection.principal = principal;
    return connection;
  }

  /** Handles a frame that changes the connection itself, and hands on the others. */
  receive(connection: Connection, frame: InboundFrame): void {
    connection.confirm();
    switch (frame.action) {
      case Action.Close:
        connection.send({action: Action.Closed});
        this.#end(connection);
        return;
      case Action.Disconnect:
        connection.send({action: Action.Disconnected});
        this.#drop(connection);
        return;
      default:
        dispatch(connection, frame);
    }
  }

  /** Takes new credentials for an open connection (RTC8). */
  reauthorise(connection: Connection, principal: Principal): void {
    const asked = connection.clientId === '*' || connection.clientId === undefined ? undefined : connection.clientId;
    if (principal.app !== connection.principal.app) throw new AblyError(Code.IncompatibleCredentials, 'Incompatible credentials: another app');
    connection.clientId = resolveClientId(principal, asked);
    connection.principal = principal;
    this.#watchToken(connection);
    connection.sendConnected();
    reauthoriseAttachments(connection);
  }

  /** Fails the connection for good, or for a new token when the code is a token error. */
  fail(connection: Connection, thrown: unknown): void {
    connection.sendError(errorInfo(thrown));
    this.#end(connection);
  }

  /** Ends every connection that lives by a token; each comes back with a new one. */
  expireTokens(): void {
    for (const connection of this.#connections.values()) {
      if (!connection.principal.hasKey) this.disconnect(connection, tokenExpired);
    }
  }

  /** Makes the client connect again. */
  disconnect(connection: Connection, error: ErrorInfo): void {
    connection.send({action: Action.Disconnected, error});
    this.#drop(connection);
  }

  /** Its socket is gone without a word: the state waits for a resume (RTN15g). */
  lost(connection: Connection, link: Link): void {
    if (connection.link !== link) return;
    this.#release(connection);
    const {environment, limits} = this.#context;
    this.#expiry.set(connection, [
      environment.after(limits.connectionStateTtl, () => this.#forget(connection)),
      environment.after(connection.leaveDelay, () => this.#leave(connection)),
    ]);
  }

  /** Shows every client life in time (RTN23), and gives up sockets whose other side has shown none for two intervals. */
  keepAlive(): void {
    const {environment, limits} = this.#context;
    const now = environment.now();
    for (const connection of this.#connections.values()) {
      const {link} = connection;
      if (!link) continue;
      if (connection.lastHeard < now - 2 * limits.maxIdleInterval) {
        this.lost(connection, link);
        link.close();
        continue;
      }
      link.ping();
      if (connection.heartbeats && connection.lastSent < now - limits.maxIdleInterval / 2) connection.send({action: Action.Heartbeat});
    }
  }

  #drop(connection: Connection): void {
    const {link} = connection;
    if (!link) return;
    this.#context.flush();
    this.lost(connection, link);
    link.close();
  }

  #end(connection: Connection): void {
    const {link} = connection;
    this.#context.flush();
    this.#release(connection);
    link?.close();
    this.#forget(connection);
  }

  #release(connection: Connection): void {
    for (const cancel of this.#tokenTimers.get(connection) ?? []) cancel();
    connection.release();
  }

  #forget(connection: Connection): void {
    this.#stopExpiry(connection);
    this.#connections.delete(connection.id);
    this.#leave(connection);
  }

  #stopExpiry(connection: Connection): void {
    for (const cancel of this.#expiry.get(connection) ?? []) cancel();
    this.#expiry.delete(connection);
  }

  #leave(connection: Connection): void {
    connection.leaveAll();
    this.#context.wake();
  }

  /** RTN15h: a token that ends takes the connection with it; before that the client is asked for a new one (RTN22). */
  #watchToken(connection: Connection): void {
    for (const cancel of this.#tokenTimers.get(connection) ?? []) cancel();
    const {expires} = connection.principal;
    if (expires === undefined) return;
    const left = expires - this.#context.environment.now();
    const timers = [connection.after(left, () => this.disconnect(connection, tokenExpired))];
    if (left > renewalLead) timers.push(connection.after(left - renewalLead, () => connection.send({action: Action.Auth, auth: {}})));
    this.#tokenTimers.set(connection, timers);
  }
}

const tokenExpired: ErrorInfo = {code: Code.TokenExpired, statusCode: 401, message: 'Token expired: ask for a new one'};

const resumeError: ErrorInfo = {
  code: Code.ResumeFailed,
  statusCode: 400,
  message: 'Unable to resume connection: it is unknown, expired or not yours; this is a new one',
};
