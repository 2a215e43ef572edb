import type {InvocationData} from '@ably/ai-transport';
import type {LanguageModel} from 'ai';
import type * as Ably from 'ably';
import {answer} from './answer.ts';
import {ChannelSessions} from './channel-sessions.ts';
import {causeOf} from './failure.ts';

export interface AgentOptions {
  /** The agent's connection; it stays the caller's, who closes it. */
  readonly client: Ably.Realtime;
  readonly model: LanguageModel;
  readonly system: string;
  /** How long a message may take to appear on its channel, in ms; 15 s when absent. */
  readonly locateMs?: number;
  /** Told of messages for which no run could be started, or whose run could not be ended. */
  readonly onFailure?: (failure: Error, invocation: InvocationData) => void;
}

/**
 * An agent that answers messages on any channel. Waking it for a message that it is answering, or has answered, does
 * nothing: a retried request never doubles an answer.
 */
export class Agent {
  readonly #options: AgentOptions;
  readonly #sessions: ChannelSessions;
  readonly #working = new Map<string, Promise<void>>();
  readonly #runs = new Set<string>();
  readonly #shutDown = new AbortController();

  constructor(options: AgentOptions) {
    this.#options = options;
    this.#sessions = new ChannelSessions(options.client);
  }

  /** Begins to answer the message and returns; says whether it had begun before. */
  wake(invocation: InvocationData): 'started' | 'running' {
    const key = JSON.stringify([invocation.sessionName, invocation.inputEventId]);
    if (this.#working.has(key)) return 'running';
    const work = this.#answer(invocation)
      .catch((error: unknown) => this.#report(error, invocation))
      .finally(() => this.#working.delete(key));
    this.#working.set(key, work);
    return 'started';
  }

  /** Ends the runs under way, with the reason, and resolves when all have ended. */
  async close(): Promise<void> {
    this.#shutDown.abort();
    await Promise.all(this.#working.values());
  }

  #report(error: unknown, invocation: InvocationData): void {
    this.#options.onFailure?.(error instanceof Error ? error : new Error(causeOf(error)), invocation);
  }

  async #answer(invocation: InvocationData): Promise<void> {
    const {model, system, locateMs = 15_000} = this.#options;
    const held = await this.#sessions.hold(invocation.sessionName);
    let runId: string | undefined;
    try {
      await answer({
        held, invocation, model, system, locateMs,
        signal: this.#shutDown.signal,
        isOurs: (id) => this.#runs.has(id),
        onStarting: (id) => void this.#runs.add((runId = id)),
        onError: (error) => this.#report(error, invocation),
      });
    } finally {
      if (runId !== undefined) this.#runs.delete(runId);
      await held.release();
    }
  }
}
