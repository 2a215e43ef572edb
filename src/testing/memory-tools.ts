import type {Unsubscribe} from '../internal/listeners.ts';
import type {ToolHandler} from '../session/client-tools.ts';
import {type OpenCall, openCalls} from '../session/open-calls.ts';
import {isToolPart} from '../session/tool-part.ts';
import {partsOf} from './memory-approvals.ts';
import type {MemoryRoom} from './memory-room.ts';

/** The tools that pages carry out, in a {@link MemorySession}. What comes of a call is written into its part. */
export class MemoryTools {
  /** Whether another page carries out whatever this one offers to; then nothing is done here. */
  isClaimedElsewhere = false;
  readonly #room: MemoryRoom;
  readonly #handlers = new Set<ToolHandler>();
  readonly #taken = new Map<string, {readonly runId: string | undefined; readonly stop: AbortController}>();

  constructor(room: MemoryRoom) {
    this.#room = room;
  }

  /** @internal */
  offer(handler: ToolHandler): Unsubscribe {
    this.#handlers.add(handler);
    this.look();
    return () => void this.#handlers.delete(handler);
  }

  /** Looks for calls that wait. @internal */
  look(): void {
    const snapshot = this.#room.snapshot();
    for (const [toolCallId, {runId, stop}] of this.#taken) {
      const status = snapshot.runs.find((run) => run.runId === runId)?.status;
      if (status !== 'complete' && status !== 'cancelled' && status !== 'error') continue;
      stop.abort();
      this.#taken.delete(toolCallId);
    }
    if (this.isClaimedElsewhere || this.#handlers.size === 0) return;
    for (const call of openCalls(snapshot)) if (!this.#taken.has(call.toolCallId)) this.#take(call);
  }

  #take({runId, toolCallId, toolName, input, messageId}: OpenCall): void {
    const stop = new AbortController();
    for (const handler of this.#handlers) {
      const work = handler({toolCallId, toolName, input, messageId, signal: stop.signal});
      if (!work) continue;
      this.#taken.set(toolCallId, {runId, stop});
      // Later, as where a claim has to come back from the channel first.
      void Promise.resolve().then(() => (stop.signal.aborted ? undefined : work())).then(
        (output: unknown) => this.#settle({toolCallId, messageId}, stop.signal, {state: 'output-available', output}),
        (failure: unknown) => this.#settle({toolCallId, messageId}, stop.signal, {state: 'output-error', errorText: failure instanceof Error ? failure.message : String(failure)}),
      );
      return;
    }
  }

  #settle(call: Pick<OpenCall, 'toolCallId' | 'messageId'>, signal: AbortSignal, result: {state: 'output-available'; output: unknown} | {state: 'output-error'; errorText: string}): void {
    const message = this.#room.snapshot().messages.find(({id}) => id === call.messageId);
    const index = message?.parts.findIndex((part) => isToolPart(part) && part.toolCallId === call.toolCallId) ?? -1;
    const part = message?.parts[index];
    if (signal.aborted || !message || !part || !isToolPart(part)) return;
    partsOf(message.parts)[index] = {...part, ...result};
    this.#room.touch(message.id);
  }
}
