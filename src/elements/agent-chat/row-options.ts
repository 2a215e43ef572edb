import {type Approval, isRunning, type RunSnapshot, type RunStatus, type TimelineItem} from '../../session/index.ts';
import type {ChatContext} from './chat-context.ts';
import type {MessageRowOptions} from './message-row.ts';

type MessageItem = Extract<TimelineItem, {type: 'message'}>;

/** Finds what the row of each message is drawn from, of all that the session knows. */
export class RowOptions {
  readonly #items: readonly TimelineItem[];
  readonly #context: ChatContext;
  readonly #approvals: ReadonlyMap<string, readonly Approval[]>;
  readonly #statuses: ReadonlyMap<string | undefined, RunStatus>;
  readonly #isAnswering: boolean;
  /** By run: the last message that the agent has written in it. */
  readonly #ends = new Map<string, string>();

  constructor(items: readonly TimelineItem[], {runs, approvals, context}: {runs: readonly RunSnapshot[]; approvals: readonly Approval[]; context: ChatContext}) {
    this.#items = items;
    this.#context = context;
    this.#approvals = Map.groupBy(approvals, ({messageId}) => messageId);
    this.#statuses = new Map(runs.map(({runId, status}) => [runId, status]));
    this.#isAnswering = runs.some(isRunning);
    for (const item of items) {
      if (item.type === 'message' && item.message.role === 'assistant' && item.message.runId !== undefined) this.#ends.set(item.message.runId, item.message.id);
    }
  }

  /** The options of a message's row, and all that tells whether they are others than before. */
  of(item: MessageItem, index: number): {readonly options: MessageRowOptions; readonly inputs: unknown[]} {
    const {message, streaming: isStreaming} = item;
    const {rows, desk} = this.#context;
    const state = rows.of(message.id);
    const approvals = this.#approvals.get(message.id) ?? [];
    // What people said into an answer divides it; it is given again as a whole.
    const isAnswerEnd = message.runId === undefined || this.#ends.get(message.runId) === message.id;
    // Told only to rows that show it, so that no other is drawn again when an answer begins and ends.
    const hasStops = state.editor !== undefined || (message.role === 'assistant' && isAnswerEnd);
    const flat = {
      message, isStreaming, isAnswerEnd,
      hasAuthor: !isSameAuthor(this.#items[index - 1], item),
      run: message.runId === undefined ? undefined : this.#statuses.get(message.runId),
      isAnswering: this.#isAnswering && hasStops,
      isLast: index === this.#items.length - 1,
      context: this.#context,
    };
    const forms = approvals.map(({toolCallId}) => desk.formOf(toolCallId));
    return {options: {...flat, approvals}, inputs: [...Object.values(flat), state, ...approvals, ...forms]};
  }
}

function isSameAuthor(before: TimelineItem | undefined, {message}: MessageItem): boolean {
  return before?.type === 'message' && before.message.role === message.role && before.message.clientId === message.clientId
    && before.message.mine === message.mine;
}
