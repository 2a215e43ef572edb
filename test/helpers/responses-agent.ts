import {type AgentSession, createAgentSession, Invocation} from '@ably/ai-transport';
import {type OpenAIMessage, type OpenAIOutput, type OpenAIProjection, ResponsesCodec} from '@ably/ai-transport/openai';
import * as Ably from 'ably';
import type {Invocation as InvocationData} from '../../src/session/settings.ts';
import type {Asked, AskingRun} from '../contract/ask-stage.ts';
import type {DrivenRun} from '../contract/session-contract.ts';

type Agent = AgentSession<OpenAIOutput, OpenAIProjection, OpenAIMessage>;
type Opened = ReturnType<Agent['createRun']>;

/** A run of OpenAI's Responses that a test drives. */
export interface ResponsesRun extends DrivenRun, Omit<AskingRun, 'end' | 'suspend' | 'refuse' | 'giveUp'> {
  /** Thinks aloud, as a summary of reasoning. */
  think(text: string): Promise<void>;
  /** Declines to answer. */
  declineTo(text: string): Promise<void>;
  /** Publishes the result of a call as agents do between two requests: in a message of its own. */
  result(callId: string, output: string): Promise<void>;
}

/** An agent on a real channel that writes the events of OpenAI's Responses, by AI Transport's own codec, as a test tells it. */
export class ResponsesAgent {
  readonly #session: Agent;
  readonly #client: Ably.Realtime;
  readonly #waiting: InvocationData[] = [];
  #wakeUp: (() => void) | undefined;

  private constructor(client: Ably.Realtime, session: Agent) {
    this.#client = client;
    this.#session = session;
  }

  static async join(client: Ably.Realtime, channelName: string): Promise<ResponsesAgent> {
    const session = createAgentSession({client, channelName, codec: ResponsesCodec});
    await session.connect();
    return new ResponsesAgent(client, session);
  }

  /** Told by a page that something waits. */
  wake(invocation: InvocationData): Promise<void> {
    this.#waiting.push(invocation);
    this.#wakeUp?.();
    return Promise.resolve();
  }

  async answerNext(): Promise<ResponsesRun> {
    const steered: {wakeUp?: () => void} = {};
    return new OneRun(await this.open(steered), this, steered);
  }

  /** Waits for the next wake, and opens the run that it is for. */
  async open(steered: {readonly wakeUp?: () => void} = {}): Promise<Opened> {
    while (this.#waiting.length === 0) await new Promise<void>((resolve) => (this.#wakeUp = resolve));
    const invocation = this.#waiting.shift();
    if (!invocation) throw new Error('Nothing waits.');
    const run = this.#session.createRun(Invocation.fromJSON(invocation), undefined, {onSteer: () => steered.wakeUp?.()});
    await run.start();
    run.hasInput();
    return run;
  }

  async close(): Promise<void> {
    await this.#session.end().catch(() => undefined);
    this.#client.close();
  }
}

class OneRun implements ResponsesRun {
  readonly #agent: ResponsesAgent;
  readonly #steered: {wakeUp?: () => void};
  #run: Opened;
  #writer: WritableStreamDefaultWriter<OpenAIOutput> | undefined;
  #done: Promise<unknown> = Promise.resolve();
  #isClosing = false;
  #ids = 0;
  /** The item that text goes into, with what it has so far. */
  #text: {readonly id: string; text: string} | undefined;

  constructor(run: Opened, agent: ResponsesAgent, steered: {wakeUp?: () => void}) {
    this.#run = run;
    this.#agent = agent;
    this.#steered = steered;
  }

  async append(delta: string): Promise<void> {
    if (!this.#text) {
      const id = this.#newId('msg');
      this.#text = {id, text: ''};
      await this.#write({type: 'response.output_item.added', ...at, item: {type: 'message', id, role: 'assistant', status: 'in_progress', content: []}});
      await this.#write({type: 'response.content_part.added', item_id: id, ...at, content_index: 0, part: {type: 'output_text', text: '', annotations: []}});
    }
    this.#text.text += delta;
    await this.#write({type: 'response.output_text.delta', item_id: this.#text.id, ...at, content_index: 0, delta, logprobs: []});
  }

  say(text: string): Promise<void> {
    return this.append(text);
  }

  async think(text: string): Promise<void> {
    const id = this.#newId('rs');
    await this.#write({type: 'response.output_item.added', ...at, item: {type: 'reasoning', id, summary: [], status: 'in_progress'}});
    await this.#write({type: 'response.reasoning_summary_part.added', item_id: id, ...at, summary_index: 0, part: {type: 'summary_text', text: ''}});
    await this.#write({type: 'response.reasoning_summary_text.delta', item_id: id, ...at, summary_index: 0, delta: text});
    await this.#write({type: 'response.reasoning_summary_text.done', item_id: id, ...at, summary_index: 0, text});
    await this.#write({type: 'response.output_item.done', ...at, item: {type: 'reasoning', id, status: 'completed'}});
  }

  async declineTo(refusal: string): Promise<void> {
    await this.#endText();
    const id = this.#newId('msg');
    await this.#write({type: 'response.output_item.added', ...at, item: {type: 'message', id, role: 'assistant', status: 'in_progress', content: []}});
    await this.#write({type: 'response.content_part.added', item_id: id, ...at, content_index: 0, part: {type: 'refusal', refusal: ''}});
    await this.#write({type: 'response.refusal.delta', item_id: id, ...at, content_index: 0, delta: refusal});
    await this.#write({type: 'response.refusal.done', item_id: id, ...at, content_index: 0, refusal});
    await this.#write({type: 'response.output_item.done', ...at, item: {type: 'message', id, status: 'completed'}});
  }

  async call({toolCallId, toolName: name, input}: Asked): Promise<void> {
    const id = this.#newId('fc');
    const whole = JSON.stringify(input);
    const item = {type: 'function_call', id, call_id: toolCallId, name} as const;
    await this.#write({type: 'response.output_item.added', ...at, item: {...item, arguments: '', status: 'in_progress'}});
    for (const delta of [whole.slice(0, 5), whole.slice(5)]) await this.#write({type: 'response.function_call_arguments.delta', item_id: id, ...at, delta});
    await this.#write({type: 'response.function_call_arguments.done', item_id: id, ...at, arguments: whole, name});
    await this.#write({type: 'response.output_item.done', ...at, item: {type: 'function_call', id, status: 'completed'}});
  }

  async ask(asked: Asked): Promise<void> {
    await this.call(asked);
    await this.#write({type: 'tool-approval-request', call_id: asked.toolCallId, name: asked.toolName, arguments: JSON.stringify(asked.input)});
  }

  async result(callId: string, output: string): Promise<void> {
    await this.#finish();
    await this.#write({type: 'function_call_output', item: {type: 'function_call_output', call_id: callId, output}});
    await this.#finish();
  }

  async hear(): Promise<void> {
    await this.#finish();
    while (!this.#run.hasInput()) await new Promise<void>((resolve) => (this.#steered.wakeUp = resolve));
    this.#open();
  }

  async suspend(): Promise<void> {
    await this.#finish();
    await this.#run.suspend();
  }

  async resumed(): Promise<void> {
    const {runId} = this.#run;
    this.#run = await this.#agent.open(this.#steered);
    if (this.#run.runId !== runId) throw new Error(`The agent was woken for the run ${this.#run.runId}, and waits for ${runId}.`);
  }

  async end(_reason?: 'complete' | 'error', message?: string): Promise<void> {
    await this.#finish();
    await (message === undefined ? this.#run.end({reason: 'complete'}) : this.#run.end({reason: 'error', error: new Ably.ErrorInfo(message, 50000, 500)}));
  }

  #newId(kind: string): string {
    return `${kind}_${this.#run.runId}_${++this.#ids}`;
  }

  #write(event: OpenAIOutput): Promise<void> {
    return this.#open().write(event);
  }

  /** A stop from the page ends the run by itself. */
  #open(): WritableStreamDefaultWriter<OpenAIOutput> {
    if (this.#writer) return this.#writer;
    const {readable, writable} = new TransformStream<OpenAIOutput, OpenAIOutput>(undefined, undefined, {highWaterMark: 100});
    const run = this.#run;
    this.#done = run.pipe(readable).then(({reason}) => (reason === 'cancelled' && !this.#isClosing ? run.end({reason}) : undefined));
    this.#writer = writable.getWriter();
    return this.#writer;
  }

  async #endText(): Promise<void> {
    if (!this.#text) return;
    const {id, text} = this.#text;
    this.#text = undefined;
    await this.#write({type: 'response.output_text.done', item_id: id, ...at, content_index: 0, text});
    await this.#write({type: 'response.output_item.done', ...at, item: {type: 'message', id, status: 'completed'}});
  }

  async #finish(): Promise<void> {
    this.#isClosing = true;
    await this.#endText();
    const writer = this.#writer;
    this.#writer = undefined;
    await writer?.close();
    await this.#done;
    this.#isClosing = false;
  }
}

/** Where an event stands in its response: neither is on the channel. */
const at = {output_index: 0, sequence_number: 0};
