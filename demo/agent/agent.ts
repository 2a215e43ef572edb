import {ErrorCode, type InvocationData} from '@ably/ai-transport';
import type {ApprovalIndex} from 'agent-session-elements/agent';
import type {LanguageModel} from 'ai';
import * as Ably from 'ably';
import {answer} from './answer.ts';
import type {ChannelSessions, HeldSession} from './channel-sessions.ts';
import {causeOf} from './failure.ts';
import {type AgentTools, noTools} from './tools.ts';
import {Vigils} from './vigils.ts';

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
  /** Where channels on which a person is to decide something are listed. */
  readonly index?: ApprovalIndex;
  /** How long a run may wait for a person, in ms; a day when absent. */
  readonly patienceMs?: number;
  /** Ms since the epoch. */
  readonly now?: () => number;
  /** How long a message may take to appear on its channel, in ms; 15 s when absent. */
  readonly locateMs?: number;
  /** Told of messages for which no run could be started, or whose run could not be ended. */
  readonly onFailure?: (failure: Error, invocation: InvocationData) => void;
}

/** AI Transport's code for what was stopped before it began. */
const stoppedCode: number = ErrorCode.OperationCancelled;

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
  /** The runs that are worked on, with how many pieces of work: one may begin as another ends. */
  readonly #runs = new Map<string, number>();
  readonly #shutDown = new AbortController();

  readonly #vigils: Vigils;

  constructor(options: AgentOptions) {
    const {sessions, index, patienceMs, now = Date.now, onFailure} = options;
    this.#options = options;
    const onError = (error: unknown): void => onFailure?.(asError(error), {inputEventId: '', sessionName: ''});
    this.#vigils = new Vigils({sessions, index, patienceMs, now, wake: (invocation) => void this.wake(invocation), onError});
  }

  /** Goes on where a former process stopped: on the channels whose runs wait for somebody. */
  async takeUp(): Promise<void> {
    await this.#vigils.takeUp();
  }

  /** Begins to answer the message and returns; says whether it had begun before. */
  wake(invocation: InvocationData): 'started' | 'running' {
    const key = JSON.stringify([invocation.sessionName, invocation.inputEventId]);
    const earlier = this.#working.get(key);
    if (earlier && !earlier.isEnding) return 'running';
    const work: Work = {
      isEnding: false,
      done: Promise.resolve(earlier?.done)
        .then(() => this.#answerOrEnd(invocation, () => (work.isEnding = true)))
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
    await Promise.race([aborted, Promise.all([...this.#working.values()].map(({done}) => done)).then(() => this.#vigils.close())]);
  }

  #report(error: unknown, invocation: InvocationData): void {
    this.#options.onFailure?.(asError(error), invocation);
  }

  /**
   * A run that is stopped before it has begun never begins: nobody would see what became of the message. It is begun once
   * more, with the stop known from the start, to be seen to end.
   */
  async #answerOrEnd(invocation: InvocationData, onEnding: () => void): Promise<void> {
    for (;;) {
      try {
        await this.#answer(invocation, onEnding);
        return;
      } catch (error) {
        if (this.#shutDown.signal.aborted || !(error instanceof Ably.ErrorInfo && error.code === stoppedCode)) throw error;
      }
    }
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
        onStarting: (id) => {
          runId = id;
          this.#runs.set(id, (this.#runs.get(id) ?? 0) + 1);
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
        const others = (this.#runs.get(runId) ?? 1) - 1;
        if (others === 0) this.#runs.delete(runId);
        else this.#runs.set(runId, others);
        planner?.endRun(channel, runId, {isStopped});
      }
      // While its runs wait for somebody the channel stays open.
      await this.#vigils.keep(channel, held).catch((error: unknown) => this.#report(error, invocation));
      await held.release();
    }
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(causeOf(error));
}
