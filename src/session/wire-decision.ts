import type {ChannelDecision} from './approval-reader.ts';

/** What is read of a message of the channel: Ably's `InboundMessage` has it. */
export interface WireMessage {
  readonly name?: string;
  readonly clientId?: string;
  readonly serial?: string;
  /** When the channel received it, in ms since the epoch. */
  readonly timestamp?: number;
  readonly data?: unknown;
  readonly extras?: unknown;
}

/** A decision on a tool call, with the run that it is for. */
export interface WireDecision extends ChannelDecision {
  readonly toolCallId: string;
  readonly runId: string | undefined;
  /** By which an agent finds it: AI Transport's `inputEventId`. */
  readonly eventId: string | undefined;
}

/**
 * Reads a decision off a raw message; undefined for all others. On the wire it is AI Transport's `ai-input` of the kind
 * `tool-approval-response`; an input that was changed is in the message's data, `{input}`, where AI Transport has nothing.
 */
export function decisionOf({name, clientId, serial, timestamp, data, extras}: WireMessage): WireDecision | undefined {
  if (name !== 'ai-input' || serial === undefined) return undefined;
  const {kind, approved, reason, ...headers} = headersOf(extras, 'codec');
  const toolCallId = callIdOf(headers);
  if (kind !== 'tool-approval-response' || toolCallId === undefined) return undefined;
  const {'run-id': runId, 'event-id': eventId} = headersOf(extras, 'transport');
  const input = isRecord(data) ? data['input'] : undefined;
  return {toolCallId, runId, eventId, serial, approved: approved === 'true', reason, input, clientId: clientId ?? undefined, decidedAt: timestamp ?? 0};
}

/** The tool call that a codec's headers name: AI Transport's codec of OpenAI's Responses calls it as those do. */
export function callIdOf(headers: Partial<Record<string, string>>): string | undefined {
  return headers['toolCallId'] ?? headers['call_id'];
}

/** The headers of `extras.ai`: those of AI Transport itself, or of its codec. */
export function headersOf(extras: unknown, tier: 'transport' | 'codec'): Partial<Record<string, string>> {
  const ai = isRecord(extras) ? extras['ai'] : undefined;
  const headers = isRecord(ai) ? ai[tier] : undefined;
  return isRecord(headers) ? (headers as Partial<Record<string, string>>) : {};
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
