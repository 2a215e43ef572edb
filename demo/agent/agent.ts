import type {InvocationData} from '@ably/ai-transport';
import type {LanguageModel} from 'ai';
import {answer} from './answer.ts';
import type {ChannelSessions, HeldSession} from './channel-sessions.ts';
import {causeOf} from './failure.ts';
import {type AgentTools, noTools} from './tools.ts';

/** What an agent can do besides writing, and what is to know of its runs. */
export interface Planner {
  /** The tools for one run. */
  tools(context: {channel: string; runId: string; held: HeldSession}): AgentTools;
  beginRun(channel: string, runId: string): void;
  endRun(channel: string, runId: string, how: {isStopped: boolean}): void;
}

export interface AgentOptions {
  readonly sessions: ChannelSessions;
  readonly planner?: Planner;
  readonly model: LanguageModel;
  /** What the model is told; asked anew for each answer. */
  readonly system: () => string;
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
  readonly #working = new Map<string, Work>();
  readonly #runs = new Set<string>();
  /** The last piece of work on each run that is worked on, or will be. */
  readonly #turns = new Map<string, Promise<void>>();
  readonly #shutDown = new AbortController();

  constructor(options: AgentOptions) {
    this.#options = options;
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
    const {sessions, planner, model, system, locateMs = 15_000} = this.#options;
    const channel = invocation.sessionName;
    const held = await sessions.hold(channel);
    let runId: string | undefined;
    let isStopped = false;
    try {
      await answer({
        held, invocation, model, system, locateMs,
        tools: (id) => planner?.tools({channel, runId: id, held}) ?? noTools,
        signal: this.#shutDown.signal,
        isOurs: (id) => this.#runs.has(id),
        inTurn: (id, work) => this.#inTurn(id, work),
        onStarting: (id) => {
          this.#runs.add((runId = id));
          planner?.beginRun(channel, id);
        },
        onEnding: (reason) => {
          isStopped = reason === 'cancelled';
          onEnding();
        },
        onError: (error) => this.#report(error, invocation),
      });
    } finally {
      if (runId !== undefined) {
        this.#runs.delete(runId);
        planner?.endRun(channel, runId, {isStopped});
      }
      await held.release();
    }
  }

  /** Two decisions on a run may come at once: the second one looks when the first is done with. */
  async #inTurn(runId: string, work: () => Promise<void>): Promise<void> {
    const turn = Promise.resolve(this.#turns.get(runId)).catch(() => undefined).then(work);
    this.#turns.set(runId, turn);
    try {
      await turn;
    } finally {
      if (this.#turns.get(runId) === turn) this.#turns.delete(runId);
    }
  }
}
