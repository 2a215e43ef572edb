import type {Kind, Trip} from '../planner/trip.ts';

/** How a specialist's process is set up. */
export interface SpecialistSetup {
  readonly kind: Kind;
  /** A broker on this machine; Ably itself when undefined. */
  readonly brokerPort: number | undefined;
  /** The time between two steps of a search, in ms; `stepped` lets a test say when each is done. */
  readonly stepMs: number | 'stepped';
  /** How long a search goes on while nobody is there, in ms. */
  readonly patienceMs: number;
}

/** A search that a specialist is asked for. */
export interface Order {
  /** The task under which it writes its progress; it is in the map already, queued. */
  readonly taskId: string;
  readonly channel: string;
  readonly runId: string;
  readonly trip: Trip;
  /** What to look for in particular: “museum”. */
  readonly interest?: string;
}

/** What the server says to a specialist's process. All results go to the channel, not back here. */
export type ToSpecialist =
  | {readonly type: 'search'; readonly order: Order}
  | {readonly type: 'cancel'; readonly taskId: string}
  | {readonly type: 'token'; readonly id: number; readonly token: string}
  | {readonly type: 'step'; readonly count: number};

/** What a specialist's process asks of the server, which has the key that signs tokens. */
export interface FromSpecialist {
  readonly type: 'token';
  readonly id: number;
}
