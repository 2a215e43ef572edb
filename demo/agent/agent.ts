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

interface Work {
  /** Whether its run is being ended: who sees that may ask anew before the end is confirmed to us. */
  isEnding: boolean;
  readonly done: Promise<void>;
}

/**
 * An agent that answers messages on any channel. Waking it for a message that it is answering, or has answered, does
 * nothing: a retried request never doubles an answer.
 */
export class Agent {
  readonly #options: AgentOptions;
  readonly #sessions: ChannelSessions;
  readonly #working = new Map<string, Work>();
  readonly #runs = new Set<string>();
  readonly #shutDown = new AbortController();

  constructor(options: AgentOptions) {
    this.#options = options;
    this.#sessions = new ChannelSessions(options.client);
  }

  /** Begins to answer the message and returns; says whether it had begun before. */
  wake(invocation: InvocationData): 'started' | 'running' {
    const key = JSON.stringify([invocation.sessionName, invocation.inputEventId]);
    const earlier = this.#working.get(key);
    if (earlier && !earlier.isEnding) return 'running';
    const work: Work = {
      isEnding: false,
      done: Promise.resolve(earlier?.done)
        .then(() => this.#answer(invocation, () => (work.isEnding = true)))
        .catch((error: unknown) => this.#report(error, invocation))
        .finally(() => {
          if (this.#working.get(key) === work) this.#working.delete(key);
        }),
    };
    this.#working.set(key, work);
    return 'started';
  }

  /** Ends the runs under way, with the reason. Resolves when all have ended, or when it is aborted: the line may be down. */
  async close(signal?: AbortSignal): Promise<void> {
    this.#shutDown.abort();
    const aborted = new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve(), {once: true}));
    await Promise.race([aborted, Promise.all([...this.#working.values()].map(({done}) => done))]);
  }

  #report(error: unknown, invocation: InvocationData): void {
    this.#options.onFailure?.(error instanceof Error ? error : new Error(causeOf(error)), invocation);
  }

  async #answer(invocation: InvocationData, onEnding: () => void): Promise<void> {
    const {model, system, locateMs = 15_000} = this.#options;
    const held = await this.#sessions.hold(invocation.sessionName);
    let runId: string | undefined;
    try {
      await answer({
        held, invocation, model, system, locateMs,
        signal: this.#shutDown.signal,
        isOurs: (id) => this.#runs.has(id),
        onStarting: (id) => void this.#runs.add((runId = id)),
        onEnding,
        onError: (error) => this.#report(error, invocation),
      });
    } finally {
      if (runId !== undefined) this.#runs.delete(runId);
      await held.release();
    }
  }
}
