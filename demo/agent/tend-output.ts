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
          if (chunk.type === 'tool-output-error' || chunk.preliminary !== true) options.waiting.delete(chunk.toolCallId);
          break;
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
