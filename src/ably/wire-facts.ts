import type * as Ably from 'ably';

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

/**
 * Who said what, when, and which agent works on which run, read off the raw messages: AI Transport's tree keeps the
 * content but not the publisher and the time.
 */
export class WireFacts {
  readonly #messages = new Map<string, MessageFacts>();
  readonly #agents = new Map<string, string>();
  readonly #answered = new Set<string>();
  readonly #carriers = new Map<string, string>();

  /** Returns whether it tells of a message that was not known. */
  observe(message: Ably.InboundMessage): boolean {
    const headers = transportHeaders(message);
    const clientId = message.clientId ?? undefined;
    const runId = headers['run-id'];
    if (runId !== undefined && clientId !== undefined && message.name !== 'ai-input' && message.name !== 'ai-cancel') this.#agents.set(runId, clientId);
    const inputId = headers['input-codec-message-id'];
    if (message.name === 'ai-run-start' && inputId !== undefined) {
      this.#answered.add(inputId);
      if (runId !== undefined) this.#carriers.set(runId, inputId);
    }
    const id = headers['codec-message-id'];
    const serial = message.serial;
    if (id === undefined || serial === undefined) return false;
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

  agentOf(runId: string): string | undefined {
    return this.#agents.get(runId);
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
