/** Failures to order, for testing clients: in-process, or through `/admin/faults`. */
import {type IncomingMessage} from 'node:http';
import {breakContinuity} from '../core/attach.ts';
import {type Broker} from '../core/broker.ts';
import {noFaults, type Faults} from '../core/faults.ts';
import {type Limits} from '../core/limits.ts';
import {AblyError, Code} from '../protocol/errors.ts';
import {type Sockets} from './sockets.ts';

/** Whom a fault is for: one client id, or everybody. */
export interface Target {
  clientId?: string;
}

/** Limits that tests want short. Milliseconds. */
export type ShortLimits = Partial<Pick<Limits, 'connectionStateTtl' | 'presenceLeaveDelay' | 'maxIdleInterval' | 'maxBacklog'>>;

export class FaultSwitches {
  readonly #broker: Broker;
  readonly #sockets: Sockets;
  readonly #usualLimits: Limits;
  #dark: Target | undefined;
  #wakeUp: (() => void) | undefined;

  constructor(broker: Broker, sockets: Sockets) {
    this.#broker = broker;
    this.#sockets = sockets;
    this.#usualLimits = {...broker.limits};
    sockets.isRefused = (clientId) => this.isDark(clientId);
  }

  /** What is switched on. */
  get state(): Faults & {dark: Target | false} {
    return {...this.#broker.faults, dark: this.#dark ?? false};
  }

  /** Switches lasting faults on and off: refused resumes, late, refused or missing ACKs, slow delivery. */
  set(faults: Partial<Faults>): void {
    Object.assign(this.#broker.faults, faults);
  }

  /** Shortens limits for connections and members from now on. */
  shorten(limits: ShortLimits): void {
    Object.assign(this.#broker.limits, limits);
  }

  /** Cuts sockets without a close frame, as a line that breaks. Clients come back at once. */
  cut({clientId}: Target = {}): void {
    for (const link of [...this.#sockets.links(clientId)]) link.cut();
  }

  /** Lets sockets stand still without closing them, in both directions, until `thaw`. */
  freeze({clientId}: Target = {}): void {
    for (const link of this.#sockets.links(clientId)) link.freeze();
  }

  thaw({clientId}: Target = {}): void {
    for (const link of [...this.#sockets.links(clientId)]) link.thaw();
  }

  /** Cuts sockets and refuses new ones and requests, without an answer, until `lightUp` or for `ms` milliseconds. */
  goDark({clientId, ms}: Target & {ms?: number} = {}): void {
    this.lightUp();
    this.#dark = clientId === undefined ? {} : {clientId};
    this.cut(this.#dark);
    if (ms !== undefined) this.#wakeUp = this.#broker.environment.after(ms, () => this.lightUp());
  }

  lightUp(): void {
    this.#wakeUp?.();
    this.#wakeUp = undefined;
    this.#dark = undefined;
  }

  /** Whether somebody's sockets and requests are refused at present. */
  isDark(clientId: string | undefined): boolean {
    return this.#dark !== undefined && (this.#dark.clientId === undefined || this.#dark.clientId === clientId);
  }

  /** Makes everybody on a channel lose continuity, now or when they come back. */
  forceGap(channel: string, appId?: string): void {
    for (const app of this.#broker.apps.all()) {
      if (appId === undefined || app.id === appId) breakContinuity(this.#broker.channels.get(app, channel));
    }
  }

  /** Ends all tokens issued so far; connections that live by one are disconnected with 40142. */
  expireTokens(): void {
    for (const app of this.#broker.apps.all()) app.tokensValidFrom = this.#broker.environment.now();
    this.#broker.connections.expireTokens();
  }

  /** Everything back to normal. */
  reset(): void {
    this.set(noFaults());
    this.shorten(this.#usualLimits);
    this.thaw();
    this.lightUp();
  }
}

/** Client id of a request, as far as it says one. */
export function clientIdOf(message: IncomingMessage): string | undefined {
  const header = message.headers['x-ably-clientid'];
  return typeof header === 'string' ? Buffer.from(header, 'base64').toString() : undefined;
}

/** Refuses with 40300 when the broker was started without faults. */
export function requireFaults(switches: FaultSwitches | undefined): FaultSwitches {
  if (switches) return switches;
  throw new AblyError(Code.Forbidden, 'Fault switches are off: start the broker with --faults');
}
