/** Every limit of the broker by name. Times are milliseconds, sizes bytes. */
export interface Limits {
  /** How long a connection without a socket can be resumed (RTN15g). */
  connectionStateTtl: number;
  /** A client hears something at least this often, or drops its socket (RTN23a). */
  maxIdleInterval: number;
  maxMessageSize: number;
  maxFrameSize: number;
  /** Advertised only: the broker does not throttle. */
  maxInboundRate: number;
  /** A member leaves this long after its socket died without a close. */
  presenceLeaveDelay: number;
  /** Members per channel. */
  maxMembers: number;
  /** Members per SYNC page. */
  syncPageSize: number;
  /** How long removed objects and map entries are remembered (RTO10b). */
  objectsGracePeriod: number;
  /** Entries per map, and objects per channel. */
  maxMapEntries: number;
  maxObjects: number;
  /** Messages kept per channel; the oldest go first. */
  maxHistory: number;
  /** A client that missed more messages than this gets a gap instead of a replay. */
  maxReplay: number;
  /** Results kept per connection, to answer publishes repeated after a resume. */
  maxRememberedResults: number;
  /** The least time between two commits to a data file; what happens in between is stored, sent and acknowledged together. */
  commitInterval: number;
  /** Unsent bytes at which a subscriber's socket counts as too slow and is disconnected. */
  maxBacklog: number;
  /** Appends to one message within this time are delivered as one; a connection may ask for its own. */
  appendRollupWindow: number;
  /** Apps made through `POST /apps` are dropped after this long without use. */
  appIdleTtl: number;
  /** Lifetime of a token that asks for none, and the longest one. */
  tokenTtl: number;
  maxTokenTtl: number;
  /** How far a token request's timestamp may be off. */
  tokenRequestSkew: number;
}

export const defaultLimits: Limits = {
  connectionStateTtl: 120_000,
  maxIdleInterval: 15_000,
  maxMessageSize: 65_536,
  maxFrameSize: 524_288,
  maxInboundRate: 1_000,
  presenceLeaveDelay: 15_000,
  maxMembers: 250,
  syncPageSize: 100,
  objectsGracePeriod: 24 * 3_600_000,
  maxMapEntries: 100_000,
  maxObjects: 100_000,
  maxHistory: 100_000,
  maxReplay: 10_000,
  maxRememberedResults: 2_000,
  commitInterval: 4,
  maxBacklog: 8 * 1024 * 1024,
  appendRollupWindow: 0,
  appIdleTtl: 2 * 3_600_000,
  tokenTtl: 3_600_000,
  maxTokenTtl: 24 * 3_600_000,
  tokenRequestSkew: 15 * 60_000,
};
