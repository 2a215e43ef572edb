import type * as Ably from 'ably';
import type {SteerState} from '../session/message.ts';
import type {RunSnapshot} from '../session/snapshot.ts';
import {nameIn} from './client-name.ts';
import {transportHeaders} from './wire-facts.ts';

type RunNames = Pick<RunSnapshot, 'runId' | 'inputId'>;

/**
 * What was asked of runs, and heard by them, read off the raw messages, so that every page sees the same: the one that
 * asked, others, and those that come later. AI Transport itself tells only the handle of the send.
 */
export class WireSignals {
  readonly #consumed = new Set<string>();
  readonly #starts = new Map<string, {readonly at: number; readonly serial: string}>();
  readonly #cancels = new Map<string, number>();
  /** The newest stop that each participant has asked for, by its serial. */
  readonly #stopsBy = new Map<string | undefined, string>();
  #ownStop = '';
  #end = '';

  /** Returns whether it tells anything new. */
  observe(message: Ably.InboundMessage, ownConnectionId?: string): boolean {
    const headers = transportHeaders(message);
    if (message.serial !== undefined && message.serial > this.#end) this.#end = message.serial;
    const runId = headers['run-id'];
    const inputId = headers['input-codec-message-id'];
    if (message.name === 'ai-run-start' && runId !== undefined) this.#starts.set(runId, {at: message.timestamp, serial: message.serial ?? ''});
    if (message.name !== 'ai-cancel') return this.#observeStamp(headers['steer-codec-message-ids']);
    if (runId !== undefined) this.#noteCancel(`run ${runId}`, message.timestamp);
    if (inputId !== undefined) this.#noteCancel(`input ${inputId}`, message.timestamp);
    this.#noteStop(message, ownConnectionId);
    return true;
  }

  /** What became of a steer, by the state of its run. */
  steerState(messageId: string, run: Pick<RunSnapshot, 'status'> | undefined): SteerState {
    if (this.#consumed.has(messageId)) return 'consumed';
    return run?.status === 'complete' || run?.status === 'cancelled' || run?.status === 'error' ? 'missed' : 'waiting';
  }

  /**
   * When a stop was last asked for, in ms since the epoch, by the channel's clock. A stop of an earlier run of the same
   * message is not one of this run.
   */
  cancelledAt({runId, inputId}: RunNames): number | undefined {
    const ofRun = runId === undefined ? undefined : this.#cancels.get(`run ${runId}`);
    const ofInput = inputId === undefined ? undefined : this.#cancels.get(`input ${inputId}`);
    const start = runId === undefined ? undefined : this.#starts.get(runId);
    return ofRun ?? (ofInput !== undefined && ofInput >= (start?.at ?? 0) ? ofInput : undefined);
  }

  /** The serial of the newest message; empty where there is none. */
  get end(): string {
    return this.#end;
  }

  /** The newest stop that this page has asked for, by its serial; empty where there is none. */
  get ownStop(): string {
    return this.#ownStop;
  }

  /**
   * The newest stop, by its serial, after which neither who asked for it nor this person has gone on; undefined where there
   * is none. To go on is to have a run begin later, and not to stop it as well. A run that shall only make room for another
   * is cancelled on the wire as one that is stopped for good: what comes next tells the two apart.
   * @param runs those in view: what goes on in another version is not what is seen here.
   */
  openStop(runs: readonly Pick<RunSnapshot, 'runId' | 'inputId' | 'clientId' | 'status'>[], clientId: string | undefined): string | undefined {
    const open = [...this.#stopsBy].filter(([by, stop]) => !runs.some((run) => {
      if (run.runId === undefined || run.status === 'cancelled' || (run.clientId !== by && run.clientId !== clientId)) return false;
      // An agent may begin after a stop that was meant for its run.
      return (this.#starts.get(run.runId)?.serial ?? '') > stop && !this.#cancels.has(`input ${run.inputId}`);
    })).map(([, stop]) => stop);
    return open.sort().at(-1);
  }

  #noteStop({clientId, connectionId, serial = ''}: Ably.InboundMessage, ownConnectionId: string | undefined): void {
    const by = nameIn(clientId ?? undefined);
    if (serial > (this.#stopsBy.get(by) ?? '')) this.#stopsBy.set(by, serial);
    if (connectionId !== undefined && connectionId === ownConnectionId && serial > this.#ownStop) this.#ownStop = serial;
  }

  #noteCancel(key: string, at: number): void {
    this.#cancels.set(key, Math.max(at, this.#cancels.get(key) ?? 0));
  }

  /** Outputs name the steers that the model had before it for the first time; see `steer-codec-message-ids`. */
  #observeStamp(stamp: string | undefined): boolean {
    const before = this.#consumed.size;
    for (const id of idsIn(stamp)) this.#consumed.add(id);
    return this.#consumed.size > before;
  }
}

function idsIn(stamp: string | undefined): readonly string[] {
  if (stamp === undefined) return [];
  try {
    const ids = JSON.parse(stamp) as unknown;
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
  } catch {
    // An agent that writes what nobody can read has told nothing.
    return [];
  }
}
