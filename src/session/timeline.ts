import type {SessionMessage} from './message.ts';
import type {RunSnapshot, SessionSnapshot} from './snapshot.ts';

/** A day on which clocks are put forward, in ms. */
const shortestDayMs = 23 * 3_600_000;

/** One row of a conversation as it is shown. Keys are unique and stay with what they stand for. */
export type TimelineItem =
  | {readonly type: 'day'; readonly key: string; readonly date: number}
  | {
      readonly type: 'message';
      readonly key: string;
      readonly message: SessionMessage;
      /** Whether an agent is writing this message now. */
      readonly streaming: boolean;
    }
  | {
      readonly type: 'run';
      readonly key: string;
      readonly run: RunSnapshot;
      /** The message that a retry of this run asks again, where it is known. */
      readonly retryId: string | undefined;
    };

/**
 * Arranges the messages, the state of each run behind the last message it has to do with, and a separator where a new
 * day begins. Runs that ended well say nothing.
 * @param dayOf gives the start of the local day of a time, both in ms since the epoch; injected for time zones and tests.
 */
export function timelineOf(
  {messages, runs}: Pick<SessionSnapshot, 'messages' | 'runs'>,
  dayOf: (time: number) => number = startOfDay,
): readonly TimelineItem[] {
  const places = placesOfRuns(messages, runs);
  const written = messagesBeingWritten(messages, runs);
  const items: TimelineItem[] = [];
  let day: number | undefined;
  messages.forEach((message, index) => {
    const at = message.createdAt;
    // Asking the calendar for each of thousands of messages takes longer than all the rest.
    const isSameDay = at === undefined || (day !== undefined && at >= day && at < day + shortestDayMs);
    const today = isSameDay ? day : dayOf(at);
    if (today !== undefined && today !== day) items.push({type: 'day', key: `day:${today}`, date: today});
    day = today;
    const here = places.get(index) ?? [];
    items.push({type: 'message', key: message.id, message, streaming: written.has(message.id)});
    for (const run of here) if (run.status !== 'complete') items.push(runItem(run));
  });
  for (const run of places.get(-1) ?? []) if (run.status !== 'complete') items.push(runItem(run));
  return items;
}

/** Arranges again only what changed: the same list for the same messages and runs. */
export class Timeline {
  #messages: SessionSnapshot['messages'] | undefined;
  #runs: SessionSnapshot['runs'] | undefined;
  #items: readonly TimelineItem[] = [];

  of(messages: SessionSnapshot['messages'], runs: SessionSnapshot['runs']): readonly TimelineItem[] {
    if (messages !== this.#messages || runs !== this.#runs) this.#items = timelineOf({messages, runs});
    this.#messages = messages;
    this.#runs = runs;
    return this.#items;
  }
}

function runItem(run: RunSnapshot): TimelineItem {
  return {type: 'run', key: `run:${run.key}`, run, retryId: run.inputId};
}

/** The last message of each active run that is not a person's steer. */
function messagesBeingWritten(messages: readonly SessionMessage[], runs: readonly RunSnapshot[]): Set<string> {
  const active = new Set(runs.flatMap(({status, runId}) => (status === 'active' && runId !== undefined ? runId : [])));
  const lastOf = new Map<string, string>();
  for (const {id, role, runId} of messages) if (runId !== undefined && role !== 'user' && active.has(runId)) lastOf.set(runId, id);
  return new Set(lastOf.values());
}

/** The index of the message that each run's state stands behind; -1 for runs without any. */
function placesOfRuns(messages: readonly SessionMessage[], runs: readonly RunSnapshot[]): Map<number, RunSnapshot[]> {
  const lastOfRun = new Map<string, number>();
  const indexOfId = new Map<string, number>();
  messages.forEach((message, index) => {
    indexOfId.set(message.id, index);
    if (message.runId !== undefined) lastOfRun.set(message.runId, index);
  });
  const places = new Map<number, RunSnapshot[]>();
  for (const run of runs) {
    const own = run.runId === undefined ? undefined : lastOfRun.get(run.runId);
    const asked = run.inputId === undefined ? undefined : indexOfId.get(run.inputId);
    const place = own ?? asked ?? -1;
    places.set(place, [...(places.get(place) ?? []), run]);
  }
  return places;
}

function startOfDay(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0);
}
