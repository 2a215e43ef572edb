import {SessionError} from './errors.ts';
import type {RunSnapshot} from './snapshot.ts';

/** The run that an unsent steer is to join. */
export interface SteerTarget {
  /** Undefined where it had not begun when the steer was said. */
  readonly runId: string | undefined;
  /** The message that asked for the run. */
  readonly inputId: string | undefined;
  /** Whether the run was stopped before the steer could be sent. */
  readonly isMissed?: boolean;
}

/**
 * What is to be done with a steer that is not sent yet:
 *
 * - `join`: put it into the run.
 * - `wait`: its run has not begun.
 * - `alone`: its run has ended, or never began: it is a message of its own.
 * - `keep`: its run was stopped. Whoever stops an answer is not surprised by another one: it waits for the person.
 */
export type SteerPlace = {readonly kind: 'join'; readonly runId: string} | {readonly kind: 'wait' | 'alone' | 'keep'};

/** @param isInputUnsent whether the message that asks for the run is itself still on its way. */
export function placeOf({runId, inputId}: SteerTarget, runs: readonly RunSnapshot[], isInputUnsent = false): SteerPlace {
  const run = runs.findLast((candidate) => (runId === undefined ? candidate.inputId === inputId : candidate.runId === runId));
  if (!run) return {kind: isInputUnsent ? 'wait' : 'alone'};
  if (run.status === 'cancelled' || run.stop !== undefined) return {kind: 'keep'};
  if ((run.status === 'active' || run.status === 'suspended') && run.runId !== undefined) return {kind: 'join', runId: run.runId};
  return {kind: run.status === 'starting' ? 'wait' : 'alone'};
}

/** Why a steer was kept back: the run that it was to join was stopped before it could be sent. */
export function steerNotSent(): SessionError {
  return new SessionError('The run was stopped before the message could join it, so it was not sent.', {
    kind: 'input',
    hint: 'Send it again, and it starts a run of its own.',
  });
}
