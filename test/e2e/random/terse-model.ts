import type {Model, ModelAnswer, ModelCall, ModelStream, ModelStreamPart} from '../../../demo/model/model.ts';
import type {Pace} from '../../../demo/model/pace.ts';

/** One call of the model. */
export interface RecordedCall {
  readonly number: number;
  /** What people had said, oldest first. */
  readonly heard: readonly string[];
  /** Whether it answered to what a tool gave. */
  readonly isAfterTool: boolean;
  /** Whether it was given up before it had written all. */
  isGivenUp: boolean;
}

const usage: ModelAnswer['usage'] = {
  inputTokens: {total: undefined, noCache: undefined, cacheRead: undefined, cacheWrite: undefined},
  outputTokens: {total: 3, text: 3, reasoning: undefined},
};

/** A model of few words, no two answers the same: “book” in the last message asks a person, “look” uses a tool of the agent's. */
export class TerseModel implements Model {
  readonly specificationVersion = 'v4';
  readonly provider = 'test';
  readonly modelId = 'terse';
  readonly supportedUrls = {};
  readonly calls: RecordedCall[] = [];
  readonly #pace: Pace;

  constructor(pace: Pace) {
    this.#pace = pace;
  }

  doGenerate(): Promise<ModelAnswer> {
    return Promise.reject(new Error('the agent streams'));
  }

  doStream({prompt, abortSignal}: ModelCall): Promise<ModelStream> {
    const heard = prompt.flatMap(({role, content}) => (role === 'user' ? content.map((part) => (part.type === 'text' ? part.text : '')).join(' ') : []));
    const call: RecordedCall = {number: this.calls.length, heard, isAfterTool: prompt.at(-1)?.role === 'tool', isGivenUp: false};
    this.calls.push(call);
    const parts = this.#write(call, abortSignal);
    return Promise.resolve({stream: new ReadableStream<ModelStreamPart>({
      async pull(controller) {
        const next = await parts.next();
        if (next.done) controller.close();
        else controller.enqueue(next.value);
      },
      async cancel() {
        await parts.return();
      },
    })});
  }

  async *#write(call: RecordedCall, signal: AbortSignal | undefined): AsyncGenerator<ModelStreamPart, void, void> {
    const last = call.heard.at(-1) ?? '';
    const tool = call.isAfterTool ? undefined : last.startsWith('book') ? 'book' : last.startsWith('look') ? 'currentItinerary' : undefined;
    let isWhole = false;
    try {
      yield {type: 'stream-start', warnings: []};
      yield {type: 'text-start', id: 'text'};
      for (const [index, token] of [`Answer ${call.number}`, ` to ${last}`, '.'].entries()) {
        await this.#pace({token, index, slowdown: 1, signal});
        yield {type: 'text-delta', id: 'text', delta: token};
      }
      yield {type: 'text-end', id: 'text'};
      if (tool !== undefined) {
        const input = tool === 'book' ? {what: 'all', people: 1, travelClass: 'economy'} : {};
        yield {type: 'tool-call', toolCallId: crypto.randomUUID(), toolName: tool, input: JSON.stringify(input)};
      }
      isWhole = true;
      const reason = tool === undefined ? 'stop' : 'tool-calls';
      yield {type: 'finish', finishReason: {unified: reason, raw: reason}, usage};
    } finally {
      call.isGivenUp = !isWhole;
    }
  }
}
