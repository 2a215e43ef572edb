/** A local stand-in for Ably: development, tests and demonstrations. Production is Ably. */
export {BrokerServer, defaultKey, startBroker} from './net/server.ts';
export type {BrokerServerOptions, NamespaceOptions, RunningBroker, StartOptions} from './net/server.ts';
export type {FaultSwitches, ShortLimits, Target} from './net/faults.ts';
export type {Faults} from './core/faults.ts';
export {defaultLimits, type Limits} from './core/limits.ts';

import {BrokerServer, type BrokerServerOptions} from './net/server.ts';

/** Makes a broker without a port, to share the one of an existing `http.Server`. */
export function createBroker(options: BrokerServerOptions = {}): BrokerServer {
  return new BrokerServer(options);
}
