import assert from 'node:assert/strict';
import {describe, it, mock} from 'node:test';
import type {OpenAIOutput, OpenAIProjection} from '@ably/ai-transport/openai';
import type {VercelOutput} from '@ably/ai-transport/vercel';
import {createResponsesCodec} from '../../../src/ably/openai/responses-codec.ts';

const at = {output_index: 0, sequence_number: 0} as const;

/** A run of OpenAI's Responses as the codec gets it: one event after another. */
class Run {
  readonly #codec = createResponsesCodec();
  readonly #state = this.#codec.init();

  take(event: OpenAIOutput, messageId = 'answer'): this {
    // The codec is given out under the types of AI Transport's other one: see its last line.
    this.#codec.fold(this.#state, {direction: 'output', event: event as unknown as VercelOutput}, {serial: '', messageId});
    return this;
  }

  begin(id: string): this {
    this.take({type: 'response.output_item.added', ...at, item: {type: 'message', id, role: 'assistant', status: 'in_progress', content: []}});
    return this.slot(id, 0);
  }

  slot(id: string, content_index: number): this {
    return this.take({type: 'response.content_part.added', item_id: id, ...at, content_index, part: {type: 'output_text', text: '', annotations: []}});
  }

  token(id: string, delta: string, content_index = 0): this {
    return this.take({type: 'response.output_text.delta', item_id: id, ...at, content_index, delta, logprobs: []});
  }

  end(id: string): this {
    return this.take({type: 'response.output_item.done', ...at, item: {type: 'message', id, status: 'completed'}});
  }

  call(id: string, input: string): this {
    this.take({type: 'response.output_item.added', ...at, item: {type: 'function_call', id: `fc-${id}`, call_id: id, name: 'look', arguments: '', status: 'in_progress'}});
    for (const delta of input) this.take({type: 'response.function_call_arguments.delta', item_id: `fc-${id}`, ...at, delta});
    this.take({type: 'response.function_call_arguments.done', item_id: `fc-${id}`, ...at, name: 'look', arguments: input});
    return this.take({type: 'response.output_item.done', ...at, item: {type: 'function_call', id: `fc-${id}`, status: 'completed'}});
  }

  result(id: string, output: string): this {
    return this.take({type: 'function_call_output', item: {type: 'function_call_output', call_id: id, output}}, `result of ${id}`);
  }

  get parts(): readonly object[] {
    return this.#codec.getMessages(this.#state).flatMap(({message}) => message.parts);
  }

  /** What has been folded so far, as AI Transport keeps it. */
  get items(): readonly object[] {
    return (this.#state as unknown as OpenAIProjection).messages.flatMap(({message}) => message.items);
  }
}

/** Counts the reads of an item. */
function counted(item: object): () => number {
  let reads = 0;
  for (const [key, value] of Object.entries(item)) {
    Object.defineProperty(item, key, {enumerable: true, configurable: true, get: () => (reads++, value as unknown)});
  }
  return () => reads;
}

describe('The codec of OpenAI’s Responses', () => {
  it('reads what a tool has given once, however many tokens follow', () => {
    const run = new Run().call('1', '{"of":"all"}').result('1', JSON.stringify(Array.from({length: 1_000}, (_, index) => ({index}))));
    run.begin('text');
    const parse = mock.method(JSON, 'parse');
    try {
      for (let count = 0; count < 100; count++) run.token('text', 'a').parts.at(-1);
      run.end('text');
      assert.equal((run.parts[0] as {output: unknown[]}).output.length, 1_000);
      assert.equal(parse.mock.callCount(), 2, 'the input and the output');
    } finally {
      parse.mock.restore();
    }
  });

  it('reads nothing of a call’s input while it streams, and all of it as soon as it is whole', () => {
    const run = new Run();
    const parse = mock.method(JSON, 'parse');
    try {
      run.take({type: 'response.output_item.added', ...at, item: {type: 'function_call', id: 'fc', call_id: '1', name: 'write', arguments: '', status: 'in_progress'}});
      assert.deepEqual(run.parts, [{type: 'tool-write', toolCallId: '1', input: undefined, state: 'input-streaming'}]);
      for (const delta of '{"text":"{}{}{}{}"}') run.take({type: 'response.function_call_arguments.delta', item_id: 'fc', ...at, delta}).parts.at(-1);
      assert.equal(parse.mock.callCount(), 1);
      run.take({type: 'response.function_call_arguments.done', item_id: 'fc', ...at, name: 'write', arguments: '{"text":"{}{}{}{}"}'});
      assert.deepEqual(run.parts, [{type: 'tool-write', toolCallId: '1', input: {text: '{}{}{}{}'}, state: 'input-streaming'}]);
      assert.equal(parse.mock.callCount(), 2);
    } finally {
      parse.mock.restore();
    }
  });

  it('looks at no other item for a token', () => {
    const run = new Run();
    for (let count = 0; count < 20; count++) run.begin(`text ${count}`).token(`text ${count}`, 'before').end(`text ${count}`).call(`call ${count}`, '{}');
    run.begin('last').parts.at(-1);
    const reads = run.items.slice(0, -1).map(counted);
    for (let count = 0; count < 50; count++) assert.deepEqual(run.token('last', 'a').parts.at(-1), {type: 'text', text: 'a'.repeat(count + 1), state: 'streaming'});
    assert.deepEqual(reads.map((read) => read()), reads.map(() => 0));
  });

  it('keeps a part the same object while text is added to it', () => {
    const run = new Run().begin('text').token('text', 'a');
    const [part] = run.parts;
    assert.equal(run.token('text', 'b').end('text').parts[0], part);
    assert.deepEqual(part, {type: 'text', text: 'ab', state: 'done'});
  });

  it('shows a text once all that comes before it in its message is there', () => {
    const run = new Run().take({type: 'response.output_item.added', ...at, item: {type: 'message', id: 'text', role: 'assistant', status: 'in_progress', content: []}});
    run.slot('text', 1).token('text', 'second', 1);
    assert.deepEqual(run.parts, []);
    run.slot('text', 0);
    assert.equal(run.parts.length, 2);
    run.token('text', 'first').token('text', '!', 1);
    assert.deepEqual(run.parts.map((part) => (part as {text: string}).text), ['first', 'second!']);
  });
});
