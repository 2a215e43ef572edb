import {EVENT_CANCEL, EVENT_RUN_START, getTransportHeaders, HEADER_CODEC_MESSAGE_ID, HEADER_RUN_ID} from '@ably/ai-transport';
import type {createAgentSession} from '@ably/ai-transport/vercel';

export type AgentSession = ReturnType<typeof createAgentSession>;
type Tree = AgentSession['tree'];
type RunState = NonNullable<ReturnType<Tree['getRunNode']>>['state']['status'];

/** Names, on a run's start and on a cancel, the message that asked for the run. The SDK does not export the header. */
const inputHeader = 'input-codec-message-id';

/**
 * What the channel has said about runs and cancels, from history and live. The SDK routes cancels that arrive while a
 * run is registered; those that were published before the agent had attached are only in history, and are found here.
 */
export class ChannelLog {
  readonly tree: Tree;
  readonly #runsOfInput = new Map<string, Set<string>>();
  readonly #cancelled = new Set<string>();
  readonly #stop: () => void;

  constructor(tree: Tree) {
    this.tree = tree;
    this.#stop = tree.on('ably-message', (message) => {
      const headers = getTransportHeaders(message);
      const {[inputHeader]: inputId, [HEADER_RUN_ID]: runId} = headers;
      if (message.name === EVENT_CANCEL) {
        for (const id of [inputId, runId]) if (id !== undefined) this.#cancelled.add(id);
      } else if (message.name === EVENT_RUN_START && inputId !== undefined && runId !== undefined) {
        this.#runsOfInput.set(inputId, new Set([...(this.#runsOfInput.get(inputId) ?? []), runId]));
      }
    });
  }

  /** The codec message id of the message with this event id; undefined while it has not been read. */
  inputIdOf(inputEventId: string): string | undefined {
    const message = this.tree.findAblyMessageByEventId(inputEventId);
    return message && getTransportHeaders(message)[HEADER_CODEC_MESSAGE_ID];
  }

  /** The runs that answered a message, and how each stands. */
  runsOf(inputId: string): readonly {runId: string; status: RunState}[] {
    return [...(this.#runsOfInput.get(inputId) ?? [])].map((runId) => ({runId, status: this.#statusOf(runId)}));
  }

  /** All runs that have begun and not ended. */
  activeRuns(): readonly string[] {
    return [...this.#runsOfInput.values()].flatMap((runs) => [...runs]).filter((runId) => this.#statusOf(runId) === 'active');
  }

  /** Whether somebody asked to stop this run, or the run for this message. */
  isCancelled(id: string): boolean {
    return this.#cancelled.has(id);
  }

  close(): void {
    this.#stop();
  }

  #statusOf(runId: string): RunState {
    return this.tree.getRunNode(runId)?.state.status ?? 'active';
  }
}
