import type {SessionError} from './errors.ts';
import type {AgentSnapshot, PersonSnapshot} from './agents.ts';
import type {Approval} from './approvals.ts';
import type {FilePart, SessionMessage} from './message.ts';

/**
 * The state of the line:
 *
 * - `connecting`: for the first time, or again after having been closed.
 * - `connected`: attached to the channel; what is shown is current.
 * - `offline`: the line is down and being retried; `error` says why, where that is known.
 * - `failed`: it will not mend by itself; `error` says what to do.
 * - `closed`: let go on purpose.
 */
export type ConnectionState = 'connecting' | 'connected' | 'offline' | 'failed' | 'closed';

export interface ConnectionSnapshot {
  readonly state: ConnectionState;
  readonly error: SessionError | undefined;
}

export interface HistorySnapshot {
  /** `loading` until the newest messages are here; `failed` with the connection's or its own error. */
  readonly state: 'loading' | 'ready' | 'failed';
  readonly hasOlder: boolean;
  readonly loadingOlder: boolean;
  readonly error: SessionError | undefined;
}

/**
 * What a run is doing:
 *
 * - `starting`: its message is on the channel; no agent has begun yet.
 * - `unanswered`: no agent began: waking it failed, or none answered in time. `error` says which.
 * - `active`: an agent works on it.
 * - `lost`: its agent left without ending it. It may come back and go on.
 * - `suspended`: it waits for a person or a page, or, once all is answered, for its agent to go on: see
 *   {@link RunSnapshot.isAnswered}. `error` says why the agent has not, where that is known.
 * - `complete`, `cancelled`, `error`: it has ended. `error` says why it failed.
 */
export type RunStatus = 'starting' | 'unanswered' | 'active' | 'lost' | 'suspended' | 'complete' | 'cancelled' | 'error';

/**
 * Whether a stop was asked for: `requested` until the agent confirms by ending the run; `unconfirmed` when it has not
 * done so in time, so that the person need not wait any longer.
 */
export type StopState = 'requested' | 'unconfirmed';

export interface RunSnapshot {
  /** The run's id, or `input:<message id>` before the agent has given it one. */
  readonly key: string;
  /** The agent's id for the run; undefined before it has begun. */
  readonly runId: string | undefined;
  /** The message that asked for the run, where it is known. */
  readonly inputId: string | undefined;
  readonly status: RunStatus;
  readonly stop: StopState | undefined;
  /** Whether people and pages have answered all that the run waits for, so that it waits for its agent alone. */
  readonly isAnswered: boolean;
  readonly error: SessionError | undefined;
  /** Who asked for the run. */
  readonly clientId: string | undefined;
  /** Who works on it: the client id that publishes its output; undefined until it has. */
  readonly agentId: string | undefined;
}

/** A message that waits here until the runs before it have ended. */
export interface QueuedMessage {
  readonly id: string;
  readonly text: string;
  readonly files: readonly FilePart[];
  /** When the person wrote it, in ms since the epoch. */
  readonly createdAt: number;
}

/**
 * Why the queue does not go on by itself:
 *
 * - `stopped`: a run was stopped since, by this person or by another participant.
 * - `missed`: a steer that was said before it was missed.
 * - `failed`: the message before it was not sent, or no agent answered it, or went on with it.
 * - `waiting`: a run before it waits for a person or a page.
 *
 * It goes on when the person asks for it ({@link ReleaseQueueIntent}), mends what holds it, or, except where it is
 * `waiting`, sends anything.
 */
export type QueueHold = 'stopped' | 'missed' | 'failed' | 'waiting';

/**
 * Everything that is true of a session now. A snapshot never changes; a slice whose value did not change keeps its
 * identity from one snapshot to the next, so that `===` tells what needs drawing again.
 */
export interface SessionSnapshot {
  readonly connection: ConnectionSnapshot;
  /** This client's identity, as the token gave it; undefined before connecting and for anonymous clients. */
  readonly clientId: string | undefined;
  readonly history: HistorySnapshot;
  /** The visible branch, oldest first; messages still on their way are at the end. */
  readonly messages: readonly SessionMessage[];
  /** The runs of the visible branch, oldest first, those still starting included. */
  readonly runs: readonly RunSnapshot[];
  /** This person's messages that wait for their turn, the next one first. They survive a reload. */
  readonly queue: readonly QueuedMessage[];
  /** Undefined while the queue is empty, or goes on by itself as runs end. */
  readonly queueHold: QueueHold | undefined;
  /** What agents have asked people to decide on the visible branch, oldest first, decided or not. */
  readonly approvals: readonly Approval[];
  /** The agents that are present, or of whom runs are seen. */
  readonly agents: readonly AgentSnapshot[];
  /** The people who are present, this one included. */
  readonly people: readonly PersonSnapshot[];
}

export const initialSnapshot: SessionSnapshot = {
  connection: {state: 'connecting', error: undefined},
  clientId: undefined,
  history: {state: 'loading', hasOlder: false, loadingOlder: false, error: undefined},
  messages: [],
  runs: [],
  queue: [],
  queueHold: undefined,
  approvals: [],
  agents: [],
  people: [],
};

/** Whether an agent is at work on the run, or about to be: what a stop of all reaches. */
export function isRunning(run: RunSnapshot): boolean {
  return (run.status === 'starting' || run.status === 'active') && run.stop !== 'unconfirmed';
}
