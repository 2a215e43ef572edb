import type {Model, ModelAnswer, ModelCall, ModelStream, ModelStreamPart} from './model.ts';
import {naturalPace, type Pace} from './pace.ts';
import {tokensOf} from './tokens.ts';
import {type Reply, replyTo} from './write.ts';

export interface ScriptedModelOptions {
  pace?: Pace;
}

const textId = 'answer';

/**
 * A language model without a network: it plans city trips from a few rules and notes, one token at a time, at the pace
 * of a hosted model. The same conversation gets the same answer.
 *
 * `/fail` fails in mid-answer, `/slow …` answers slowly, `/long N` writes N numbered paragraphs.
 */
export class ScriptedModel implements Model {
  readonly specificationVersion = 'v4';
  readonly provider = 'scripted';
  readonly modelId = 'travel-planner';
  readonly supportedUrls = {};
  readonly #pace: Pace;

  constructor({pace = naturalPace()}: ScriptedModelOptions = {}) {
    this.#pace = pace;
  }

  doStream({prompt, abortSignal}: ModelCall): Promise<ModelStream> {
    const parts = answerParts(replyTo(messagesOfPerson(prompt)), this.#pace, abortSignal);
    return Promise.resolve({stream: streamOf(parts)});
  }

  async doGenerate(call: ModelCall): Promise<ModelAnswer> {
    const {stream} = await this.doStream(call);
    let text = '';
    for await (const part of stream) {
      if (part.type === 'text-delta') text += part.delta;
      if (part.type === 'error') throw part.error;
    }
    const tokens = tokensOf(text).length;
    return {content: [{type: 'text', text}], finishReason: {unified: 'stop', raw: 'stop'}, usage: usageOf(tokens), warnings: []};
  }
}

/** The failure that `/fail` asks for. */
export class ScriptedFailure extends Error {
  override readonly name = 'ScriptedFailure';

  constructor() {
    super('it broke off in mid-answer, as “/fail” asked');
  }
}

async function* answerParts(reply: Reply, pace: Pace, signal: AbortSignal | undefined): AsyncGenerator<ModelStreamPart, void, void> {
  const tokens = tokensOf(reply.text);
  const failsAt = reply.failsAfter === undefined ? Infinity : Math.floor(tokens.length * reply.failsAfter);
  yield {type: 'stream-start', warnings: []};
  yield {type: 'text-start', id: textId};
  for (const [index, token] of tokens.entries()) {
    await pace({token, index, slowdown: reply.slowdown, signal});
    if (index >= failsAt) {
      yield {type: 'error', error: new ScriptedFailure()};
      return;
    }
    yield {type: 'text-delta', id: textId, delta: token};
  }
  yield {type: 'text-end', id: textId};
  yield {type: 'finish', finishReason: {unified: 'stop', raw: 'stop'}, usage: usageOf(tokens.length)};
}

function streamOf<T>(parts: AsyncGenerator<T, void, void>): ReadableStream<T> {
  return new ReadableStream({
    async pull(controller) {
      const next = await parts.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
    async cancel() {
      await parts.return();
    },
  });
}

function usageOf(tokens: number): ModelAnswer['usage'] {
  return {
    inputTokens: {total: undefined, noCache: undefined, cacheRead: undefined, cacheWrite: undefined},
    outputTokens: {total: tokens, text: tokens, reasoning: undefined},
  };
}

function messagesOfPerson(prompt: ModelCall['prompt']): string[] {
  return prompt.flatMap((message) => {
    if (message.role !== 'user') return [];
    return message.content.map((part) => (part.type === 'text' ? part.text : '')).join(' ');
  });
}
