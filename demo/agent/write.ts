import {vercelRunOutcome, type VercelRunOutcome} from '@ably/ai-transport/vercel';
import type {Announcement} from 'agent-session-elements/agent';
import {convertToModelMessages, isStepCount, type LanguageModel, streamText, toUIMessageStream, type UIMessageChunk} from 'ai';
import type {ChannelLog} from './channel-log.ts';
import {type CallResult, conversationOf, type Run} from './conversation.ts';
import {causeOf, runFailure} from './failure.ts';
import type {StandBy} from './stand-by.ts';
import type {Steering} from './steering.ts';
import {tendOutput} from './tend-output.ts';
import type {AgentTools} from './tools.ts';

/** How often the model is called for one answer at most: each time after tools have worked. */
const maxSteps = 8;

export interface WriteOptions {
  readonly log: ChannelLog;
  /** The message that asked for the run. */
  readonly inputId: string;
  readonly model: LanguageModel;
  readonly system: () => string;
  readonly tools: AgentTools;
  readonly steering: Steering;
  readonly standBy: StandBy;
  readonly announcement: Announcement;
  /** What came of calls that were decided or carried out before, by their ids. */
  readonly results: ReadonlyMap<string, CallResult>;
}

/** Lets the model write until nothing is left to answer. */
export async function write(run: Run, options: WriteOptions): Promise<VercelRunOutcome> {
  const {steering, standBy, model, system, tools, announcement} = options;
  let outcome: VercelRunOutcome = {reason: run.abortSignal.aborted ? 'cancelled' : 'complete'};
  let isDue = true;
  try {
    // What people say from here on is told to `steering`; what they said before is in the conversation.
    while (outcome.reason === 'complete' && !standBy.signal.aborted && !run.abortSignal.aborted && (isDue || steering.isWaiting)) {
      isDue = false;
      run.hasInput(); // Has what was said named as heard by what is written next.
      const given = steering.begin();
      const conversation = conversationOf(run, {...options, colleague: standBy.colleague});
      let failure: unknown;
      const isGivenUp = (): boolean => !run.abortSignal.aborted && (given.aborted || standBy.signal.aborted);
      const result = streamText({
        model,
        messages: await convertToModelMessages(conversation, {ignoreIncompleteToolCalls: true}),
        instructions: system(),
        tools: tools.set,
        toolApproval: Object.fromEntries(Object.keys(tools.asks).map((name) => [name, 'user-approval' as const])),
        stopWhen: [isStepCount(maxSteps), () => steering.isWaiting],
        // While tools work the agent waits for them, and writes nothing.
        onChunk: ({chunk}) => announcement.set(chunk.type === 'text-delta' ? 'streaming' : 'thinking'),
        abortSignal: AbortSignal.any([run.abortSignal, standBy.signal, given]),
        maxRetries: 1,
        onError: ({error}) => void (failure = error),
      });
      const waiting = new Set<string>();
      const piped = await run.pipe(tendOutput(toUIMessageStream({stream: result.stream, sendSources: true, onError: causeOf}), {
        onToolCall: () => steering.hold(),
        onStep: () => steering.proceed(),
        ask: (toolName, input) => tools.asks[toolName]?.about(input),
        waiting,
        shows: tools.shows,
        suggestions: tools.suggestions,
      }));
      outcome = outcomeOf(await vercelRunOutcome(piped, result.finishReason), {isWaiting: waiting.size > 0, isGivenUp: isGivenUp(), failure});
    }
    if (run.abortSignal.aborted && outcome.reason === 'complete') return {reason: 'cancelled'};
    if (standBy.signal.aborted && outcome.reason === 'complete') await run.pipe(chunks(...standBy.farewell()));
    return outcome;
  } catch (error) {
    return {reason: 'error', error: runFailure(causeOf(error), error)};
  }
}

/** What a call of the model has come to, for the run. */
function outcomeOf(outcome: VercelRunOutcome, {isWaiting, isGivenUp, failure}: {isWaiting: boolean; isGivenUp: boolean; failure: unknown}): VercelRunOutcome {
  if (isGivenUp) return outcome.reason === 'cancelled' ? {reason: 'complete'} : outcome;
  // A provider's failure comes as a part of the stream, which itself ends well.
  if (failure !== undefined && outcome.reason !== 'cancelled') return {reason: 'error', error: runFailure(`the model failed: ${causeOf(failure)}`, failure)};
  // The model stops after a tool call for three reasons: it waits for somebody, somebody said something, or it is enough.
  return outcome.reason === 'suspend' && !isWaiting ? {reason: 'complete'} : outcome;
}

/** A message that is there at once. */
export function chunks(...parts: readonly UIMessageChunk[]): AsyncIterable<UIMessageChunk> {
  return piece({type: 'start'}, ...parts, {type: 'finish'});
}

/** What is to be added to messages that are there already. */
// eslint-disable-next-line @typescript-eslint/require-await -- what is piped is read asynchronously, also where it is there
export async function* piece(...parts: readonly UIMessageChunk[]): AsyncGenerator<UIMessageChunk, void, void> {
  yield* parts;
}
