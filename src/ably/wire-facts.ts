import * as Ably from 'ably';

/** What the channel says of a message beside its content. */
export interface MessageFacts {
  readonly serial: string;
  /** Who published it. */
  readonly clientId: string | undefined;
  /** When the channel received it, in ms since the epoch. */
  readonly createdAt: number;
  /** The `event-id` by which an agent finds it: AI Transport's `inputEventId`. */
  readonly eventId: string | undefined;
}

/** How a run stands. */
export type RunState = {readonly status: 'active' | 'suspended' | 'complete' | 'cancelled'} | {readonly status: 'error'; readonly error: Ably.ErrorInfo};

/**
 * Who said what, when, and which agent works on which run, read off the raw messages: AI Transport's tree keeps the
 * content but not the publisher and the time.
 */
export class WireFacts {
  readonly #messages = new Map<string, MessageFacts>();
  readonly #agents = new Map<string, string>();
  readonly #answered = new Set<string>();
  readonly #carriers = new Map<string, string>();
  readonly #states = new Map<string, {readonly serial: string; readonly at: number; readonly state: RunState}>();
  readonly #runsFor = new Map<string, Set<string>>();

  /** Returns whether it tells of a message that was not known. */
  observe(message: Ably.InboundMessage): boolean {
    const headers = transportHeaders(message);
    const clientId = message.clientId ?? undefined;
    const runId = headers['run-id'];
    if (runId !== undefined && clientId !== undefined && message.name !== 'ai-input' && message.name !== 'ai-cancel') this.#agents.set(runId, clientId);
    const hasGoneOn = this.#observeState(message, headers);
    const inputId = headers['input-codec-message-id'];
    if (message.name === 'ai-run-start' && inputId !== undefined) {
      this.#answered.add(inputId);
      if (runId !== undefined) this.#carriers.set(runId, inputId);
      const answered = headers['parent'];
      if (runId !== undefined && answered !== undefined) this.#runsFor.set(answered, new Set([...this.runsFor(answered), runId]));
    }
    const id = headers['codec-message-id'];
    const serial = message.serial;
    if (id === undefined || serial === undefined) return hasGoneOn;
    const known = this.#messages.get(id);
    // The oldest message of an id is the one that introduced it; later ones amend it (tool results, approvals).
    if (known && known.serial <= serial) return false;
    this.#messages.set(id, {serial, clientId, createdAt: message.timestamp, eventId: headers['event-id']});
    return known === undefined;
  }

  message(id: string): MessageFacts | undefined {
    return this.#messages.get(id);
  }

  /** Whether an agent has begun to answer a message. */
  isAnswered(messageId: string): boolean {
    return this.#answered.has(messageId);
  }

  /** The id of what asked for a run: of a message, or of the request to give an answer again. */
  carrierOf(runId: string): string | undefined {
    return this.#carriers.get(runId);
  }

  /** The runs that answer a message, also those that no version in view has. */
  runsFor(messageId: string): ReadonlySet<string> {
    return this.#runsFor.get(messageId) ?? new Set();
  }

  /**
   * How a run stands, by the last that was said of it; undefined where nothing was. AI Transport overlooks the end of a run
   * of which it has read nothing yet: where a page of history begins just before it.
   */
  stateOf(runId: string): RunState | undefined {
    return this.#states.get(runId)?.state;
  }

  /** When a run that is active began or went on, in ms since the epoch; undefined where that is not known. */
  activeSince(runId: string): number | undefined {
    const known = this.#states.get(runId);
    return known?.state.status === 'active' ? known.at : undefined;
  }

  /** When a run came to stand as it does, in ms since the epoch; undefined where that is not known. */
  changedAt(runId: string): number | undefined {
    return this.#states.get(runId)?.at;
  }

  agentOf(runId: string): string | undefined {
    return this.#agents.get(runId);
  }

  /** Returns whether it tells of a later state than was known. */
  #observeState(message: Ably.InboundMessage, headers: Partial<Record<string, string>>): boolean {
    const {serial} = message;
    const runId = headers['run-id'];
    const state = runStateIn(message, headers);
    if (!state || serial === undefined || runId === undefined || serial <= (this.#states.get(runId)?.serial ?? '')) return false;
    this.#states.set(runId, {serial, at: message.timestamp, state});
    return true;
  }
}

function runStateIn({name}: Ably.InboundMessage, headers: Partial<Record<string, string>>): RunState | undefined {
  switch (name) {
    case 'ai-run-start':
    case 'ai-run-resume':
      return {status: 'active'};
    case 'ai-run-suspend':
      return {status: 'suspended'};
    case 'ai-run-end': {
      const reason = headers['run-reason'];
      if (reason !== 'error') return {status: reason === 'cancelled' ? 'cancelled' : 'complete'};
      const code = Number(headers['error-code'] ?? 0);
      return {status: 'error', error: new Ably.ErrorInfo(headers['error-message'] ?? 'the agent gave no reason', code, Math.floor(code / 100))};
    }
    default:
      return undefined;
  }
}

/** The codec message id that a raw message carries, if any. */
export function idOf(message: Ably.InboundMessage): string | undefined {
  return transportHeaders(message)['codec-message-id'];
}

/** The headers of `extras.ai.transport`, where the wire protocol of AI Transport keeps its routing. */
export function transportHeaders(message: Ably.InboundMessage): Partial<Record<string, string>> {
  // The SDK types extras as `any`; every step down is checked.
  const extras: unknown = message.extras;
  const ai = isRecord(extras) ? extras['ai'] : undefined;
  const transport = isRecord(ai) ? ai['transport'] : undefined;
  return isRecord(transport) ? (transport as Partial<Record<string, string>>) : {};
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
