import {ErrorCode, Invocation, type InvocationData} from '@ably/ai-transport';
import {vercelRunOutcome, type VercelRunOutcome} from '@ably/ai-transport/vercel';
import {announce, type Announcement} from 'agent-session-elements/agent';
import {convertToModelMessages, isStepCount, type LanguageModel, streamText, type ToolSet, toUIMessageStream} from 'ai';
import * as Ably from 'ably';
import type {HeldSession} from './channel-sessions.ts';
import {conversationOf, type Run} from './conversation.ts';
import {causeOf, runFailure, tellingFailure} from './failure.ts';

/** How often the model is called for one answer at most: each time after tools have worked. */
const maxSteps = 8;

export interface AnswerOptions {
  readonly held: HeldSession;
  readonly invocation: InvocationData;
  readonly model: LanguageModel;
  readonly system: () => string;
  /** What the model can do in a run, besides writing. */
  readonly tools: (runId: string) => ToolSet | undefined;
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
 * Answers one message: reads the conversation, opens a run, lets the model write into it, and ends it with what came of
 * it. A message that has its answer is left alone; one whose run failed gets another.
 * @throws {Ably.ErrorInfo} when no run could be started; once one is, its failure is its end.
 */
export async function answer(options: AnswerOptions): Promise<void> {
  const {held, invocation, signal, isOurs} = options;
  const {session} = held;
  const stop = new AbortController();
  const run: Run = session.createRun(Invocation.fromJSON(invocation), undefined, {signal: AbortSignal.any([stop.signal, signal])});
  try {
    await readHistory(run);
    await located(run, options);
    await closeOrphans(options);
    const inputId = held.log().inputIdOf(invocation.inputEventId) ?? invocation.inputEventId;
    const answers = held.log().runsOf(inputId);
    if (answers.some(({runId, status}) => status !== 'error' || isOurs(runId))) return;
    const losses = held.losses();
    options.onStarting(run.runId);
    await run.start();
    // A stop that was asked for before this agent had attached is in history; the run still opens, so that all see it end.
    if (held.log().isCancelled(inputId)) stop.abort();
    await announce(session, {runId: run.runId}, async (announcement) => {
      const outcome = await write(run, inputId, announcement, options);
      const reason = reasonOf(outcome, {isShutDown: signal.aborted, isCutOff: held.losses() > losses});
      options.onEnding(reason.reason);
      await finish(run, reason);
    });
  } finally {
    // Unregisters a run that never opened; one that ended is gone already.
    stop.abort();
  }
}

async function readHistory({view}: Run): Promise<void> {
  while (view.hasOlder()) await view.loadOlder(100);
}

async function located(run: Run, {locateMs, invocation}: AnswerOptions): Promise<void> {
  const late = AbortSignal.timeout(locateMs);
  await new Promise<void>((resolve, reject) => {
    late.addEventListener('abort', () => {
      const {inputEventId, sessionName} = invocation;
      reject(new Ably.ErrorInfo(`message ${inputEventId} did not appear on ${sessionName} within ${locateMs} ms`, ErrorCode.InputEventNotFound, 504));
    });
    run.located.then(resolve, reject);
  });
}

/**
 * Ends runs that this agent left open when it was killed, so that nobody waits for them. It is the only agent on its
 * channels and runs in one process; where there are more, presence tells a busy one from a dead one.
 */
async function closeOrphans({held, isOurs, onError}: AnswerOptions): Promise<void> {
  const {session} = held;
  const log = held.log();
  for (const runId of log.activeRuns().filter((id) => !isOurs(id))) {
    const trigger = Invocation.fromJSON({inputEventId: '', sessionName: ''});
    const orphan = session.adoptRun(trigger, {runId, invocationId: crypto.randomUUID()});
    try {
      await orphan.load();
      await orphan.end(log.isCancelled(runId) ? {reason: 'cancelled'} : {reason: 'error', error: runFailure('the agent was restarted in mid-answer')});
    } catch (error) {
      onError(error);
    }
  }
}

/** Lets the model write until nothing is left to answer. */
async function write(run: Run, inputId: string, announcement: Announcement, {held, model, system, tools}: AnswerOptions): Promise<VercelRunOutcome> {
  let outcome: VercelRunOutcome = {reason: run.abortSignal.aborted ? 'cancelled' : 'complete'};
  try {
    while (outcome.reason === 'complete' && run.hasInput()) {
      let failure: unknown;
      const messages = await convertToModelMessages(conversationOf(run, held.log(), inputId), {ignoreIncompleteToolCalls: true});
      const result = streamText({
        model, messages,
        instructions: system(),
        tools: tools(run.runId),
        stopWhen: isStepCount(maxSteps),
        // While tools work the agent waits for them, and writes nothing.
        onChunk: ({chunk}) => announcement.set(chunk.type === 'text-delta' ? 'streaming' : 'thinking'),
        abortSignal: run.abortSignal,
        maxRetries: 1,
        onError: ({error}) => void (failure = error),
      });
      const piped = await run.pipe(toUIMessageStream({stream: result.stream, onError: causeOf}));
      outcome = await vercelRunOutcome(piped, result.finishReason);
      // A provider's failure comes as a part of the stream, which itself ends well.
      if (failure !== undefined && outcome.reason !== 'cancelled') {
        outcome = {reason: 'error', error: runFailure(`the model failed: ${causeOf(failure)}`, failure)};
      }
    }
    if (run.abortSignal.aborted && outcome.reason === 'complete') return {reason: 'cancelled'};
    return outcome;
  } catch (error) {
    return {reason: 'error', error: runFailure(causeOf(error), error)};
  }
}

function reasonOf(outcome: VercelRunOutcome, {isShutDown, isCutOff}: {isShutDown: boolean; isCutOff: boolean}): VercelRunOutcome {
  if (outcome.reason !== 'cancelled') return outcome;
  if (isShutDown) return {reason: 'error', error: runFailure('the agent was shut down in mid-answer')};
  if (isCutOff) return {reason: 'error', error: runFailure('the agent lost its connection in mid-answer')};
  return outcome;
}

async function finish(run: Run, outcome: VercelRunOutcome): Promise<void> {
  if (outcome.reason === 'suspend') await run.suspend();
  else await run.end(outcome.reason === 'error' ? {reason: 'error', error: tellingFailure(outcome.error)} : outcome);
}
