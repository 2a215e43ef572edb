import type * as Ably from 'ably';
import type {SteerState} from '../session/message.ts';
import type {RunSnapshot} from '../session/snapshot.ts';
import {transportHeaders} from './wire-facts.ts';

type RunNames = Pick<RunSnapshot, 'runId' | 'inputId'>;

/**
 * What was asked of runs, and heard by them, read off the raw messages, so that every page sees the same: the one that
 * asked, others, and those that come later. AI Transport itself tells only the handle of the send.
 */
export class WireSignals {
  readonly #consumed = new Set<string>();
  readonly #starts = new Map<string, number>();
  readonly #cancels = new Map<string, number>();

  /** Returns whether it tells anything new. */
  observe(message: Ably.InboundMessage): boolean {
    const headers = transportHeaders(message);
    const runId = headers['run-id'];
    const inputId = headers['input-codec-message-id'];
    if (message.name === 'ai-run-start' && runId !== undefined) this.#starts.set(runId, message.timestamp);
    if (message.name !== 'ai-cancel') return this.#observeStamp(headers['steer-codec-message-ids']);
    if (runId !== undefined) this.#noteCancel(`run ${runId}`, message.timestamp);
    if (inputId !== undefined) this.#noteCancel(`input ${inputId}`, message.timestamp);
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
    return ofRun ?? (ofInput !== undefined && ofInput >= (start ?? 0) ? ofInput : undefined);
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
