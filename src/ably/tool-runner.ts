import type * as Ably from 'ably';
import type {Unsubscribe} from '../internal/listeners.ts';
import type {ToolHandler} from '../session/client-tools.ts';
import {type OpenCall, openCalls} from '../session/open-calls.ts';
import {resultMessage, type ToolOutcome} from './answer-messages.ts';
import type {AskRoom} from './asks.ts';
import {claimMessage, type Claim, lastOf, leaseMs, missingMs, ownerOf, renewalMs} from './claims.ts';
import {isTransient} from './explain-error.ts';
import type {PresenceWatch} from './presence-watch.ts';

/** Room for what is around a result in its message, of the channel's limit on its size, in bytes. */
const envelopeBytes = 4096;
/** How long to wait before an answer that could not be sent for a passing reason is tried again, in ms. */
const retryMs = 2000;
/** How long pages of others leave a call to those of the person who asked for the run, in ms. */
export const courtesyMs = 3000;

/** A call that this page has claimed, or wants to. */
interface Task {
  readonly call: OpenCall;
  /** Carries the call out; undefined where it only has to be said that the page which had it is gone. */
  readonly work: (() => unknown) | undefined;
  readonly after: string | undefined;
  readonly stop: AbortController;
  state: 'claiming' | 'working' | 'lost' | 'done';
  renewal: ReturnType<typeof setInterval> | undefined;
  /** The answer that is not on the channel yet. */
  answer: {eventId: string; message: Ably.Message} | undefined;
}

/** Since when a claim has been seen here unrenewed, or its page missed, by its serial. */
interface Sighting {
  readonly since: number;
  missedSince: number | undefined;
}

/** Carries out the tool calls that agents leave to pages; each at most once over all pages, by claims on the channel. */
export class ToolRunner {
  readonly #room: AskRoom;
  readonly #presence: PresenceWatch;
  readonly #claimant = crypto.randomUUID();
  readonly #handlers = new Set<ToolHandler>();
  readonly #tasks = new Map<string, Task>();
  readonly #sightings = new Map<string, Sighting>();
  /** Since when calls are left to somebody else's pages, in ms since the epoch. */
  readonly #left = new Map<string, number>();
  #watch: {readonly at: number; readonly timer: ReturnType<typeof setTimeout>} | undefined;
  #isClosed = false;

  constructor(room: AskRoom, presence: PresenceWatch) {
    this.#room = room;
    this.#presence = presence;
  }

  offer(handler: ToolHandler): Unsubscribe {
    this.#handlers.add(handler);
    this.#room.invalidate();
    this.look();
    return () => void this.#handlers.delete(handler);
  }

  /** Looks for calls that wait, for what became of claims, and for pages that are gone. */
  look(): void {
    if (this.#isClosed || !this.#room.transport()) return;
    this.#dropEnded();
    const calls = openCalls(this.#room.snapshot());
    for (const id of this.#left.keys()) if (!calls.some(({toolCallId}) => toolCallId === id)) this.#left.delete(id);
    for (const call of calls) this.#consider(call);
    for (const task of this.#tasks.values()) if (task.answer) void this.#send(task);
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#watch?.timer);
    for (const task of this.#tasks.values()) {
      if (task.state === 'working') void this.#answer(task, {error: 'The page that carried it out was closed.'});
      this.#end(task, 'done');
    }
  }

  #consider(call: OpenCall): void {
    const {toolCallId} = call;
    const facts = this.#room.facts();
    if (facts.resultsOf(toolCallId).length > 0) return;
    const claims = facts.claimsOf(toolCallId);
    const {owner, after} = ownerOf(claims, (claimant) => this.#isGone(claims, claimant));
    const task = this.#tasks.get(toolCallId);
    if (task?.state === 'claiming' && owner !== undefined) {
      if (owner === this.#claimant && task.after === after) this.#begin(task);
      else this.#end(task, 'lost');
      return;
    }
    if (owner !== undefined || (task && task.state !== 'lost')) return;
    if (after === undefined && this.#isForOthers(call)) return;
    // The page that had it is gone: what it has done nobody knows, so it is not done again.
    const work = after === undefined ? this.#handlerFor(call) : undefined;
    if (after === undefined && !work) return;
    void this.#claim({call, work: work?.work, after, stop: work?.stop ?? new AbortController(), state: 'claiming', renewal: undefined, answer: undefined});
  }

  /**
   * Whether the call is left to the pages of the person who asked for the run, for a while: where they are and what they
   * have open is theirs to tell. Nobody waits for pages that are not there.
   */
  #isForOthers({toolCallId, runId}: OpenCall): boolean {
    const {runs, clientId} = this.#room.snapshot();
    const asker = runs.find((run) => run.runId === runId)?.clientId;
    if (asker === undefined || asker === clientId || !this.#presence.isFollowed) return false;
    if (this.#presence.isKnown && !this.#presence.members.some((member) => member.clientId === asker)) return false;
    const since = this.#left.get(toolCallId) ?? Date.now();
    this.#left.set(toolCallId, since);
    if (Date.now() >= since + courtesyMs) return false;
    this.#lookAt(since + courtesyMs);
    return true;
  }

  #handlerFor({toolCallId, toolName, input, messageId}: OpenCall): {work: () => unknown; stop: AbortController} | undefined {
    const stop = new AbortController();
    for (const handler of this.#handlers) {
      const work = handler({toolCallId, toolName, input, messageId, signal: stop.signal});
      if (work) return {work, stop};
    }
    return undefined;
  }

  async #claim(task: Task): Promise<void> {
    const {toolCallId} = task.call;
    this.#tasks.set(toolCallId, task);
    try {
      await this.#room.publish(this.#claimOf(task));
    } catch {
      // Whoever can reach the channel has it; this page tries again when something changes.
      if (task.state === 'claiming') this.#tasks.delete(toolCallId);
    }
  }

  #claimOf({call: {toolCallId}, after}: Task): Ably.Message {
    return claimMessage({toolCallId, claimant: this.#claimant, after, isPresent: this.#isPresent(this.#room.transport()?.connectionId)});
  }

  #begin(task: Task): void {
    const {work} = task;
    if (!work) {
      void this.#answer(task, {error: 'The page that carried it out is gone.'});
      return;
    }
    task.state = 'working';
    task.renewal = setInterval(() => void this.#room.publish(this.#claimOf(task)).catch(() => undefined), renewalMs);
    void Promise.resolve().then(work).then(
      (output) => this.#answer(task, {output: output === undefined ? null : output}),
      (failure: unknown) => this.#answer(task, {error: failure instanceof Error ? failure.message : String(failure)}),
    );
  }

  async #answer(task: Task, outcome: ToolOutcome): Promise<void> {
    if (task.state === 'done') return;
    const {toolCallId, messageId, runId} = task.call;
    const {clientId} = this.#room.snapshot();
    task.answer = resultMessage({toolCallId, messageId, runId, clientId, codec: this.#room.codec}, sendable(outcome, this.#room.maxMessageBytes() - envelopeBytes));
    this.#end(task, 'done');
    await this.#send(task);
  }

  async #send(task: Task): Promise<void> {
    const {answer, call: {messageId, runId}} = task;
    if (!answer) return;
    task.answer = undefined;
    try {
      await this.#room.publish(answer.message);
      if (runId !== undefined) this.#room.wakes.now({eventId: answer.eventId, messageId, runId});
    } catch (failure) {
      if (!isTransient(failure)) return;
      // It waits for the line, or for what refused it to pass.
      task.answer = answer;
      this.#lookAt(Date.now() + retryMs);
    }
  }

  #end(task: Task, state: 'lost' | 'done'): void {
    clearInterval(task.renewal);
    task.renewal = undefined;
    task.state = state;
    if (this.#isClosed) task.stop.abort();
  }

  /** Lets go of calls whose run has ended. */
  #dropEnded(): void {
    const {runs} = this.#room.snapshot();
    for (const [toolCallId, task] of this.#tasks) {
      const status = runs.find(({runId}) => runId === task.call.runId)?.status;
      if (status !== 'complete' && status !== 'cancelled' && status !== 'error') continue;
      this.#end(task, 'done');
      task.answer = undefined;
      task.stop.abort();
      this.#tasks.delete(toolCallId);
    }
  }

  /**
   * Whether a page that has a call has vanished: it was present on the channel and is missed for a while, or it has not
   * renewed its claim for longer than that may take.
   */
  #isGone(claims: readonly Claim[], claimant: string): boolean {
    if (claimant === this.#claimant) return false;
    const last = lastOf(claims, claimant);
    if (!last) return false;
    const now = Date.now();
    const sighting = this.#sightings.get(last.serial) ?? {since: now, missedSince: undefined};
    this.#sightings.set(last.serial, sighting);
    const isMissed = last.isPresent && this.#presence.isKnown && !this.#isPresent(last.connectionId);
    sighting.missedSince = isMissed ? (sighting.missedSince ?? now) : undefined;
    const end = Math.min(sighting.since + leaseMs, (sighting.missedSince ?? Infinity) + missingMs);
    if (now >= end) return true;
    this.#lookAt(end);
    return false;
  }

  #isPresent(connectionId: string | undefined): boolean {
    return connectionId !== undefined && this.#presence.members.some(({key}) => key.startsWith(`${connectionId}:`));
  }

  #lookAt(at: number): void {
    if (this.#isClosed || (this.#watch && this.#watch.at <= at)) return;
    clearTimeout(this.#watch?.timer);
    const timer = setTimeout(() => {
      this.#watch = undefined;
      this.look();
    }, at - Date.now());
    this.#watch = {at, timer};
  }
}

/** What can be put on the channel of an outcome: where it cannot, an error that says why. */
function sendable(outcome: ToolOutcome, limit: number): ToolOutcome {
  let size: number;
  try {
    size = new TextEncoder().encode(JSON.stringify(outcome)).length;
  } catch (failure) {
    return {error: `The result cannot be sent: ${failure instanceof Error ? failure.message : String(failure)}.`};
  }
  if (size <= limit) return outcome;
  return {error: `The result is too large: ${Math.ceil(size / 1024)} kB, and the channel takes ${Math.floor(limit / 1024)} kB.`};
}
