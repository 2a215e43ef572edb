import type {UIMessageChunk} from 'ai';
import type {Ask} from './tools.ts';

export interface TendOptions {
  /** The model calls a tool, or begins to. */
  readonly onToolCall: () => void;
  /** The model is called: for the first time, or again after its tools. */
  readonly onStep: () => void;
  /** Says what a call that a person is to decide is about; undefined for tools that nobody is asked about. */
  readonly ask: (toolName: string, input: unknown) => Promise<Ask> | undefined;
  /** Is given the ids of the calls that wait for somebody: for a decision, or for a page to carry them out. */
  readonly waiting: Set<string>;
  /** What a page shows of a tool's result, beside the answer. */
  readonly shows?: (toolName: string, output: unknown) => readonly UIMessageChunk[];
  /** What people may want to say next, from the names of the tools that were used. */
  readonly suggestions?: (used: readonly string[]) => readonly string[];
}

/**
 * Passes on what the model writes. What is open when the model is given up is closed, so that it does not look as if it
 * were still being written; and what is to be decided goes out with who may decide it, never before.
 */
export function tendOutput(stream: ReadableStream<UIMessageChunk>, options: TendOptions): ReadableStream<UIMessageChunk> {
  const open = new Map<string, 'text' | 'reasoning'>();
  const calls = new Map<string, {readonly toolName: string; readonly input: unknown}>();
  return stream.pipeThrough(new TransformStream<UIMessageChunk, UIMessageChunk>({
    async transform(chunk, controller) {
      switch (chunk.type) {
        case 'start-step':
          options.onStep();
          break;
        case 'text-start':
          open.set(chunk.id, 'text');
          break;
        case 'reasoning-start':
          open.set(chunk.id, 'reasoning');
          break;
        case 'text-end':
        case 'reasoning-end':
          open.delete(chunk.id);
          break;
        case 'tool-input-start':
          options.onToolCall();
          break;
        case 'tool-input-available':
          options.onToolCall();
          calls.set(chunk.toolCallId, {toolName: chunk.toolName, input: chunk.input});
          options.waiting.add(chunk.toolCallId);
          break;
        case 'tool-output-available':
        case 'tool-output-error':
          if (chunk.type === 'tool-output-available' && chunk.preliminary === true) break;
          options.waiting.delete(chunk.toolCallId);
          controller.enqueue(chunk);
          if (chunk.type === 'tool-output-available') {
            for (const part of options.shows?.(calls.get(chunk.toolCallId)?.toolName ?? '', chunk.output) ?? []) controller.enqueue(part);
          }
          return;
        case 'finish': {
          const suggestions = options.waiting.size > 0 ? [] : (options.suggestions?.([...calls.values()].map(({toolName}) => toolName)) ?? []);
          if (suggestions.length > 0) controller.enqueue({type: 'data-suggestions', data: {suggestions}});
          break;
        }
        case 'tool-approval-request': {
          const call = calls.get(chunk.toolCallId);
          const ask = call && (await options.ask(call.toolName, call.input));
          if (ask) controller.enqueue(approvalPart(chunk.toolCallId, ask));
          break;
        }
        case 'abort':
          for (const [id, type] of open) controller.enqueue(type === 'text' ? {type: 'text-end', id} : {type: 'reasoning-end', id});
          open.clear();
          return; // Who gave it up says why by how the run goes on.
        default:
      }
      controller.enqueue(chunk);
    },
  }));
}

/** What `<agent-chat>` and `<approval-inbox>` read: who may decide, and what the matter is. */
function approvalPart(toolCallId: string, {approvers, note}: Ask): UIMessageChunk {
  return {type: 'data-approval', id: `approval-${toolCallId}`, data: {toolCallId, note, ...(approvers && {approvers})}};
}
