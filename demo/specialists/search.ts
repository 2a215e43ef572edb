import {announce, createProgress, someonePresent, type Task, whenSomeonePresent} from 'agent-session-elements/agent';
import type * as Ably from 'ably';
import type {LiveMap} from 'ably/liveobjects';
import {type Kind, type Option, specialistIds} from '../planner/trip.ts';
import {inventSearch} from './invent.ts';
import type {StepPace} from './pace.ts';
import type {Order} from './protocol.ts';

export interface SearchOptions {
  readonly kind: Kind;
  readonly order: Order;
  readonly channel: Ably.RealtimeChannel;
  readonly pace: StepPace;
  readonly patienceMs: number;
  /** Aborted when the search is no longer wanted; who aborts it says so on the channel. */
  readonly signal: AbortSignal;
}

/** Searches, present on the channel, and writes there how it goes and what it finds. Never rejects: a failure is told there. */
export async function search({kind, order, channel, pace, patienceMs, signal}: SearchOptions): Promise<void> {
  const {taskId, runId, trip, interest} = order;
  const {steps, summary} = inventSearch(kind, {trip, interest});
  await announce(channel, {runId}, async (announcement) => {
    const progress = createProgress(channel, {agent: specialistIds[kind]});
    const task = progress.task({id: taskId, label: steps[0]?.label ?? summary, value: 0, max: steps.length, runId});
    const company = new Company(channel, patienceMs);
    try {
      const results = await resultsOf(channel, kind);
      for (const [index, {label, found}] of steps.entries()) {
        await company.wait(task, signal);
        task.update({label, value: index});
        await pace.next(signal);
        announcement.set(found ? 'streaming' : 'thinking');
        if (found) await results.set(found.id, toJson(found));
        signal.throwIfAborted();
      }
      task.done({label: summary, value: steps.length});
    } catch (error) {
      if (!signal.aborted) task.fail(error);
    }
    await progress.close().catch((error: unknown) => console.error(error));
  });
}

/** The map for this search's results. Kept by itself, not by its path: after a new search another map is there. */
async function resultsOf(channel: Ably.RealtimeChannel, kind: Kind): Promise<{set(id: string, value: Record<string, string | number>): Promise<void>}> {
  const root = await channel.object.get();
  const map = root.get('options').get(kind).instance<LiveMap>();
  if (!map) throw new Error(`there is no map options.${kind} to write results to`);
  return map;
}

function toJson({id, title, detail, price}: Option): Record<string, string | number> {
  return {id, title, detail, price};
}

/** Keeps a search from going on for nobody. */
class Company {
  readonly #channel: Ably.RealtimeChannel;
  readonly #patienceMs: number;
  #seenAt = Date.now();

  constructor(channel: Ably.RealtimeChannel, patienceMs: number) {
    this.#channel = channel;
    this.#patienceMs = patienceMs;
  }

  /** Returns at once while somebody is there, or was until a moment ago: who reloads a page is not gone. */
  async wait(task: Task, signal: AbortSignal): Promise<void> {
    if (!(await someonePresent(this.#channel))) {
      if (Date.now() - this.#seenAt < this.#patienceMs) return;
      task.update({detail: 'Paused: nobody is here'});
      await whenSomeonePresent(this.#channel, {signal});
      task.update({detail: undefined});
    }
    this.#seenAt = Date.now();
  }
}
