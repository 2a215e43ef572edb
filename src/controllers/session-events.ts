import type {ReactiveController} from 'lit';
import {AgentConnectionChangedEvent, AgentErrorEvent, AgentMessageReceivedEvent, AgentRunEndedEvent, AgentRunStartedEvent} from '../events.ts';
import type {RunSnapshot, RunStatus, SessionChange, SessionError, SessionSnapshot} from '../session/index.ts';
import {type SessionHost, SessionSource} from './session-source.ts';

/** Tells the page what happens in a session, as events of the one element that brought it about. */
export class SessionEvents implements ReactiveController {
  readonly #host: SessionHost;
  readonly #source: SessionSource;
  #stops: (() => void)[] = [];

  constructor(host: SessionHost) {
    this.#host = host;
    this.#source = SessionSource.of(host);
    host.addController(this);
  }

  hostConnected(): void {
    this.#stops = [
      this.#source.onChange((change) => {
        // A token changes no slice, and there may be thousands of messages to look through.
        if (this.#source.state.isOwn && change.snapshot !== change.previous) this.#announce(change);
      }),
      this.#source.onState((state) => {
        if (state.status === 'refused' && state.isOwn) this.#host.dispatchEvent(new AgentErrorEvent(state.error));
      }),
    ];
  }

  hostDisconnected(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
  }

  #announce({snapshot, previous}: SessionChange): void {
    for (const event of [...connectionEvents(snapshot, previous), ...runEvents(snapshot, previous), ...messageEvents(snapshot, previous)]) {
      this.#host.dispatchEvent(event);
    }
    for (const error of newErrors(snapshot, previous)) this.#host.dispatchEvent(new AgentErrorEvent(error));
  }
}

function connectionEvents({connection}: SessionSnapshot, previous: SessionSnapshot): Event[] {
  return connection.state === previous.connection.state ? [] : [new AgentConnectionChangedEvent(connection, previous.connection)];
}

const ended: readonly RunStatus[] = ['complete', 'cancelled', 'error'];

function runEvents(snapshot: SessionSnapshot, previous: SessionSnapshot): Event[] {
  if (snapshot.runs === previous.runs) return [];
  const before = new Map(previous.runs.map((run) => [run.key, run]));
  return snapshot.runs.flatMap((run): Event[] => {
    const earlier = before.get(run.key);
    if (earlier?.status === run.status) return [];
    if (run.status === 'active') return [new AgentRunStartedEvent(run)];
    // Runs that history brings have ended long ago.
    return earlier && ended.includes(run.status) ? [new AgentRunEndedEvent(run)] : [];
  });
}

function messageEvents(snapshot: SessionSnapshot, previous: SessionSnapshot): Event[] {
  if (snapshot.messages === previous.messages || previous.history.state !== 'ready') return [];
  const shown = new Set(snapshot.messages.map(({id}) => id));
  // Another branch is shown: what is in it was said before.
  if (previous.messages.some(({id, delivery}) => delivery === 'sent' && !shown.has(id))) return [];
  const known = new Set(previous.messages.map(({id}) => id));
  const newest = snapshot.messages.findLastIndex(({id}) => known.has(id));
  return snapshot.messages
    .slice(newest + 1)
    .filter(({mine, id}) => !mine && !known.has(id))
    .map((message) => new AgentMessageReceivedEvent(message));
}

/** Failures that nobody waits for: of the line, of history, of runs, of messages on their way. */
function newErrors(snapshot: SessionSnapshot, previous: SessionSnapshot): SessionError[] {
  const before = errorsOf(previous);
  // What has failed long ago comes with the history, and is not news.
  const now = previous.history.state === 'ready' ? errorsOf(snapshot) : errorsOf({...snapshot, runs: [], messages: []});
  const errors = [...now].filter((error) => !before.has(error));
  const lineError = lineErrorOf(snapshot);
  // Each attempt to connect fails with an error of its own, which says nothing new.
  return lineError && lineError.message !== lineErrorOf(previous)?.message ? [...new Set([lineError, ...errors])] : errors;
}

function errorsOf({history, runs, messages}: SessionSnapshot): Set<SessionError> {
  const errors = [history.error, ...runs.filter(isFailed).map(({error}) => error), ...messages.map(({error}) => error)];
  return new Set(errors.filter((error) => error !== undefined));
}

/** What is wrong with the line beyond being down, which mends by itself. */
function lineErrorOf({connection: {state, error}}: SessionSnapshot): SessionError | undefined {
  return state === 'failed' || (state === 'offline' && error?.kind !== 'connection') ? error : undefined;
}

function isFailed({status}: RunSnapshot): boolean {
  return status === 'error' || status === 'unanswered' || status === 'suspended';
}
