import type * as Ably from 'ably';
import {callIdOf, decisionOf, headersOf, type WireDecision} from '../session/wire-decision.ts';
import {type Claim, claimOf} from './claims.ts';

/** A result or an error that a page has given for a tool call. */
export interface WireResult {
  readonly toolCallId: string;
  readonly runId: string | undefined;
  readonly eventId: string | undefined;
  readonly serial: string;
}

/**
 * What people and their pages have answered to agents, and which page does what, read off the raw messages: AI Transport's
 * tree keeps only the last of several answers, and nothing of who gave it.
 */
export class AskFacts {
  readonly #decisions = new Map<string, WireDecision[]>();
  readonly #results = new Map<string, WireResult[]>();
  readonly #claims = new Map<string, Claim[]>();
  readonly #resumes = new Map<string, string>();
  readonly #stopped = new Set<string>();

  /** Returns whether what is asked or answered may be different now. */
  observe(message: Ably.InboundMessage): boolean {
    const {name, serial} = message;
    // The SDK types extras as `any`.
    const extras: unknown = message.extras;
    if (serial === undefined) return false;
    const {'run-id': runId, 'input-codec-message-id': inputId, 'event-id': eventId} = headersOf(extras, 'transport');
    switch (name) {
      case 'ai-input': {
        const {kind, ...headers} = headersOf(extras, 'codec');
        const toolCallId = callIdOf(headers);
        const decision = decisionOf(message);
        if (decision) add(this.#decisions, decision.toolCallId, decision);
        else if ((kind === 'tool-result' || kind === 'tool-result-error') && toolCallId !== undefined) add(this.#results, toolCallId, {toolCallId, runId, eventId, serial});
        else return false;
        return true;
      }
      case 'ai-run-resume':
        if (runId !== undefined && serial > (this.#resumes.get(runId) ?? '')) this.#resumes.set(runId, serial);
        return true;
      case 'ai-cancel':
        for (const id of [runId, inputId]) if (id !== undefined) this.#stopped.add(id);
        return false;
      default: {
        const claim = claimOf(message);
        if (claim) add(this.#claims, claim.toolCallId, claim);
        return claim !== undefined;
      }
    }
  }

  /** The decisions on a tool call, in any order. */
  decisionsOn(toolCallId: string): readonly WireDecision[] {
    return this.#decisions.get(toolCallId) ?? [];
  }

  /** What pages have given for a tool call, in any order. */
  resultsOf(toolCallId: string): readonly WireResult[] {
    return this.#results.get(toolCallId) ?? [];
  }

  claimsOf(toolCallId: string): readonly Claim[] {
    return this.#claims.get(toolCallId) ?? [];
  }

  /** Whether an agent has gone on with a run after a place on the channel. */
  isResumedSince(runId: string, serial: string): boolean {
    return (this.#resumes.get(runId) ?? '') > serial;
  }

  /** Whether somebody has asked for a run to be stopped, by the run's id or that of the message that asked for it. */
  isStopped(id: string): boolean {
    return this.#stopped.has(id);
  }
}

/** History and live messages overlap. */
function add<T extends {readonly serial: string}>(map: Map<string, T[]>, key: string, item: T): void {
  const items = map.get(key) ?? [];
  if (items.some(({serial}) => serial === item.serial)) return;
  map.set(key, [...items, item]);
}
