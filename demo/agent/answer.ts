import {ErrorCode, Invocation, type InvocationData} from '@ably/ai-transport';
import type {VercelRunOutcome} from '@ably/ai-transport/vercel';
import {announce, handoverOf} from 'agent-session-elements/agent';
import type {LanguageModel} from 'ai';
import * as Ably from 'ably';
import type {Input} from './channel-log.ts';
import type {HeldSession} from './channel-sessions.ts';
import {closeOrphans, closeStopped} from './clear-up.ts';
import type {CallResult, Run} from './conversation.ts';
import {runFailure, tellingFailure} from './failure.ts';
import {type Due, dueOf, settle} from './go-on.ts';
import {openCallsOf, pageResultsOf} from './open-calls.ts';
import {isParticipant, isStopped} from './participants.ts';
import {followHandover} from './stand-by.ts';
import {Steering} from './steering.ts';
import type {AgentTools} from './tools.ts';
import {echoMs, waitFor} from './wait-for.ts';
import {write} from './write.ts';

export interface AnswerOptions {
  readonly held: HeldSession;
  readonly invocation: InvocationData;
  readonly model: LanguageModel;
  readonly system: () => string;
  /** What the model can do in a run, besides writing. */
  readonly tools: (runId: string) => AgentTools;
  /** Aborted when the agent shuts down. */
  readonly signal: AbortSignal;
  /** How long the message may take to appear on the channel, in ms. */
  readonly locateMs: number;
  /** Whether this process works on a run; others that are active have lost their agent. */
  readonly isOurs: (runId: string) => boolean;
  readonly onStarting: (runId: string) => void;
  readonly onEnding: (reason: VercelRunOutcome['reason']) => void;
  /** Told of what went wrong beside the answer. */
  readonly onError: (error: unknown) => void;
}

/**
 * Answers what is on the channel: a message, by a run of its own; a decision or a page's result, by going on with the run
 * that waits for it. A message that has its answer is left alone; one whose run failed gets another. While a person
 * answers in the agent's place, messages are theirs.
 * @throws {Ably.ErrorInfo} when no run could be started; once one is, its failure is its end.
 */
export async function answer(options: AnswerOptions): Promise<void> {
  const {held} = options;
  await held.read();
  const input = await located(options);
  await held.read(); // anew, where the line had a gap meanwhile
  await closeOrphans(options);
  await closeStopped(options);
  const {runId} = input;
  if (runId !== undefined) return held.inTurn(runId, () => goOn(runId, options));
  if ((await handoverOf(held.session)) === undefined) await begin(input, options);
}

async function begin({messageId}: Input, options: AnswerOptions): Promise<void> {
  const {held, isOurs} = options;
  const answers = held.log().runsOf(messageId);
  if (answers.some(({runId, status}) => status !== 'error' || isOurs(runId))) return;
  await work(messageId, options);
}

/** Goes on with a run that waits. Of two decisions at once the second finds that the run no longer does. */
async function goOn(runId: string, options: AnswerOptions): Promise<void> {
  const {held} = options;
  const node = held.log().tree.getRunNode(runId);
  const inputId = held.log().inputIdOfRun(runId);
  if (!node || held.hasEnded(runId) || held.log().statusOf(runId) !== 'suspended' || inputId === undefined) return;
  const due = dueOf(openCallsOf(held.log(), node), pageResultsOf(held.log(), node));
  if (due) await work(inputId, options, due);
}

/** Opens the run and works on it until it ends, or has to wait for somebody. */
async function work(inputId: string, options: AnswerOptions, due?: Due): Promise<void> {
  const {held, invocation, signal, onStarting, onEnding, onError} = options;
  const {session} = held;
  const losses = held.losses();
  const stop = new AbortController();
  const run: Run = session.createRun(Invocation.fromJSON(invocation), undefined, {
    signal: AbortSignal.any([stop.signal, signal]),
    onCancel: async ({message: {clientId}, runId}) => {
      const isAllowed = await isParticipant(held, clientId);
      if (!isAllowed) onError(new Error(`${clientId ?? 'Somebody without a name'} may not stop run ${runId}: they take no part in the session`));
      return isAllowed;
    },
  });
  const steering = new Steering(() => held.log().saidInto(run.runId));
  const unwatch = held.watch(() => steering.look());
  const workOff = async (): Promise<void> => {
    // Present first: a run that begins while its agent has left would be taken for lost.
    await announce(session, {runId: run.runId}, async (announcement) => {
      const standBy = await followHandover(held);
      try {
        await run.start();
        // A stop that was asked for before this agent had attached is in history; the run still opens, so that all see it end.
        if (await isStopped(held, held.log(), inputId, run.runId)) stop.abort();
        const tools = options.tools(run.runId);
        const outcome = await carryOn(run, due, tools, (results) =>
          write(run, {...options, log: held.log(), inputId, tools, steering, standBy, announcement, results}));
        const reason = reasonOf(outcome, {isShutDown: signal.aborted, isCutOff: held.losses() > losses});
        onEnding(reason.reason);
        await finish(run, reason);
        await isTold(run.runId, options);
      } finally {
        standBy.stop();
      }
    });
  };
  try {
    await run.located;
    onStarting(run.runId);
    // A decision may come before the run waits for it: who goes on with it has their turn already, who begins it takes it.
    await (due ? workOff() : held.inTurn(run.runId, workOff));
  } finally {
    unwatch();
    // Unregisters a run that never opened; one that ended is gone already.
    stop.abort();
  }
}

/** First what people decided, then the model; it is not called while something is left to wait for. */
async function carryOn(run: Run, due: Due | undefined, tools: AgentTools, writeOn: (results: ReadonlyMap<string, CallResult>) => Promise<VercelRunOutcome>): Promise<VercelRunOutcome> {
  let results: ReadonlyMap<string, CallResult> = new Map();
  try {
    if (due && !run.abortSignal.aborted) results = await settle(run, due, tools);
  } catch (error) {
    return {reason: 'error', error: runFailure(error instanceof Error ? error.message : String(error), error)};
  }
  return due?.isWaiting === true && !run.abortSignal.aborted ? {reason: 'suspend'} : await writeOn(results);
}

/** Waits for the message: who asks us may be faster than the channel. */
async function located({held, invocation: {inputEventId, sessionName}, locateMs, signal}: AnswerOptions): Promise<Input> {
  const input = await waitFor(held, () => held.log().inputOf(inputEventId), {ms: locateMs, signal});
  if (input) return input;
  if (signal.aborted) throw new Error('the agent was shut down');
  throw new Ably.ErrorInfo(`message ${inputEventId} did not appear on ${sessionName} within ${locateMs} ms`, ErrorCode.InputEventNotFound, 504);
}

function reasonOf(outcome: VercelRunOutcome, {isShutDown, isCutOff}: {isShutDown: boolean; isCutOff: boolean}): VercelRunOutcome {
  if (outcome.reason !== 'cancelled') return outcome;
  if (isShutDown) return {reason: 'error', error: runFailure('the agent was shut down in mid-answer')};
  if (isCutOff) return {reason: 'error', error: runFailure('the agent lost its connection in mid-answer')};
  return outcome;
}

/** Waits until the channel has said how a run stands now: what comes next goes by it. */
async function isTold(runId: string, {held, signal}: AnswerOptions): Promise<void> {
  await waitFor(held, () => held.log().statusOf(runId) !== 'active' || undefined, {ms: echoMs, signal});
}

async function finish(run: Run, outcome: VercelRunOutcome): Promise<void> {
  if (outcome.reason === 'suspend') await run.suspend();
  else await run.end(outcome.reason === 'error' ? {reason: 'error', error: tellingFailure(outcome.error)} : outcome);
}
