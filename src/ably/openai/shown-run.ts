import {type OpenAIItem, type OpenAIMessage, type OpenAIOutput, type OpenAIProjection, ResponsesCodec} from '@ably/ai-transport/openai';
import type {UIMessage} from 'ai';
import type {MessagePart} from '../../session/message.ts';
import {type CallFacts, callFacts, JsonValues, partsOfEarlyCalls, partsOfItem} from './responses-parts.ts';

interface Shown {
  readonly codecMessageId: string;
  readonly message: UIMessage;
}

/** An item that text may be added to, and where its parts stand among those of its message. */
interface Growing {
  readonly item: OpenAIItem;
  readonly parts: MessagePart[];
  readonly at: number;
  readonly count: number;
}

/**
 * The messages of a run in the shape that the rest of the library reads. Parts are changed in place, as those of AI
 * Transport's other codec are: see `MessagePart`. A token costs as much as its own item does; what begins, ends or
 * answers something is rare, and has the parts of all items derived again.
 */
export class ShownRun {
  readonly #values = new JsonValues();
  readonly #known = new Map<string, UIMessage>();
  #messages: Shown[] = [];
  #facts: CallFacts = callFacts([]);
  /** By the ids of message and item. */
  readonly #growing = new Map<string, Growing>();
  readonly #grown = new Set<Growing>();
  #isStale = true;

  /** Takes note of what has been folded: an agent's output, or undefined for anything else. */
  fold(output: OpenAIOutput | undefined, messageId: string | undefined): void {
    // Of a call's input nothing is shown before it is whole.
    if (this.#isStale || output?.type === 'response.function_call_arguments.delta') return;
    const growing = output && 'delta' in output && 'item_id' in output ? this.#growing.get(keyOf(messageId, output.item_id)) : undefined;
    if (growing) this.#grown.add(growing);
    else this.#isStale = true;
  }

  /** The messages as they are now, without those that have results of calls alone: these are shown with the calls. */
  messages(projection: OpenAIProjection): Shown[] {
    for (const growing of this.#grown) this.#grow(growing);
    this.#grown.clear();
    if (this.#isStale) this.#derive(projection);
    return this.#messages;
  }

  #grow({item, parts, at, count}: Growing): void {
    const next = partsOfItem(item, this.#facts, this.#values);
    if (next.length === count) update(parts, at, next);
    else this.#isStale = true;
  }

  #derive(projection: OpenAIProjection): void {
    const messages = ResponsesCodec.getMessages(projection);
    const folded = new Map(projection.messages.map(({codecMessageId, byItemId}) => [codecMessageId, byItemId]));
    this.#facts = callFacts(messages.map(({message}) => message));
    this.#growing.clear();
    this.#messages = messages.filter(({message}) => !isOnlyResults(message)).map(({codecMessageId, message}) => {
      let known = this.#known.get(codecMessageId);
      if (!known) this.#known.set(codecMessageId, (known = {id: codecMessageId, role: message.role, parts: []}));
      const parts = known.parts as MessagePart[];
      let at = 0;
      for (const item of message.items) {
        const next = partsOfItem(item, this.#facts, this.#values);
        update(parts, at, next);
        // An item with a part missing is a copy without those behind it, in which nothing grows.
        const id = 'id' in item ? item.id : undefined;
        const isLive = typeof id === 'string' && folded.get(codecMessageId)?.get(id) === item;
        if (isLive) this.#growing.set(keyOf(codecMessageId, id), {item, parts, at, count: next.length});
        at += next.length;
      }
      const early = partsOfEarlyCalls(message, this.#facts, this.#values);
      update(parts, at, early);
      parts.length = at + early.length;
      return {codecMessageId, message: known};
    });
    this.#isStale = false;
  }
}

const keyOf = (messageId: string | undefined, itemId: string): string => `${messageId ?? ''} ${itemId}`;

function isOnlyResults({items, toolCallStates}: OpenAIMessage): boolean {
  return toolCallStates === undefined && items.length > 0 && items.every(({type}) => type === 'function_call_output');
}

/** Changes the parts that stand at `at` into `next`. */
function update(parts: MessagePart[], at: number, next: readonly MessagePart[]): void {
  for (const [index, part] of next.entries()) {
    const known = parts[at + index];
    if (known && isSame(known, part)) Object.assign(known, part);
    else parts[at + index] = part;
  }
}

function isSame(one: MessagePart, other: MessagePart): boolean {
  return one.type === other.type && ('toolCallId' in one ? one.toolCallId : undefined) === ('toolCallId' in other ? other.toolCallId : undefined);
}
