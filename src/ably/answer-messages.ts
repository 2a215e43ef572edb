import type * as Ably from 'ably';
import type {CodecName} from '../session/settings.ts';

/** Where an answer to an agent belongs. */
export interface AnswerPlace {
  readonly toolCallId: string;
  /** The message that holds the call. */
  readonly messageId: string;
  readonly runId: string | undefined;
  /** Who answers, as far as the page knows; the channel sets its own word beside it. */
  readonly clientId: string | undefined;
  /** How the agent's runs are written. */
  readonly codec: CodecName;
}

/** A message for the channel, with the id by which an agent finds it. */
export interface AnswerMessage {
  readonly eventId: string;
  readonly message: Ably.Message;
}

/** What a person decided. */
export interface Verdict {
  readonly approved: boolean;
  readonly reason?: string;
  readonly input?: unknown;
}

/** What came of a tool that a page carried out. */
export type ToolOutcome = {readonly output: unknown} | {readonly error: string};

/**
 * A person's decision, as AI Transport's `tool-approval-response`. Its codec has no field for a changed input, and reads
 * no data of this kind of message, so the input travels there: one message, so that decision and input cannot part.
 */
export function decisionMessage(place: AnswerPlace, {approved, reason, input}: Verdict): AnswerMessage {
  const codec = {kind: 'tool-approval-response', ...callId(place), approved: String(approved), ...(reason === undefined ? {} : {reason})};
  return answerMessage(place, codec, input === undefined ? '' : {input});
}

/** What came of a tool call, as AI Transport's `tool-result` or `tool-result-error`. */
export function resultMessage(place: AnswerPlace, outcome: ToolOutcome): AnswerMessage {
  const isError = 'error' in outcome;
  const codec = {kind: isError ? 'tool-result-error' : 'tool-result', ...callId(place)};
  return answerMessage(place, codec, isError ? {message: outcome.error} : {output: outputOf(outcome.output, place)});
}

function callId({toolCallId, codec}: AnswerPlace): Record<string, string> {
  return codec === 'openai' ? {call_id: toolCallId} : {toolCallId};
}

/** OpenAI's Responses take text for a call's output. */
function outputOf(output: unknown, {codec}: AnswerPlace): unknown {
  if (codec === 'vercel' || typeof output === 'string') return output;
  return output === undefined ? '' : JSON.stringify(output);
}

/**
 * With the id of the run that asked, so that an agent goes on with that very run. The headers are those of AI
 * Transport's own `send` for a continuation.
 */
function answerMessage({messageId, runId, clientId}: AnswerPlace, codec: Record<string, string>, data: unknown): AnswerMessage {
  const eventId = crypto.randomUUID();
  const transport = {
    role: 'user', stream: 'false', parent: messageId, 'codec-message-id': messageId, 'event-id': eventId,
    ...(runId === undefined ? {} : {'run-id': runId}),
    ...(clientId === undefined ? {} : {'run-client-id': clientId}),
  };
  return {eventId, message: {name: 'ai-input', data, extras: {ai: {transport, codec}}}};
}
