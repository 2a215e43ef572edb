import {type AgentSession, Invocation} from '@ably/ai-transport';
import {createAgentSession, type VercelOutput, type VercelProjection} from '@ably/ai-transport/vercel';
import type * as Ably from 'ably';
import type {UIMessage} from 'ai';
import {type Decisions, watchDecisions} from '../../src/agent/decisions.ts';
import type {Invocation as InvocationData} from '../../src/session/settings.ts';
import type {Asked, AskingRun} from '../contract/ask-stage.ts';

type Agent = AgentSession<VercelOutput, VercelProjection, UIMessage>;
type Opened = ReturnType<Agent['createRun']>;

/** An agent on a real channel, by AI Transport's agent session, that asks people and leaves tools to pages as a test tells it. */
export class AskingAgent {
  readonly decisions: Decisions;
  /** Every wake so far. */
  readonly wakes: InvocationData[] = [];
  readonly #session: Agent;
  readonly #client: Ably.Realtime;
  readonly #channel: Ably.RealtimeChannel;
  #taken = 0;
  #wakeUp: (() => void) | undefined;

  private constructor(client: Ably.Realtime, session: Agent, channel: Ably.RealtimeChannel) {
    this.#client = client;
    this.#session = session;
    this.#channel = channel;
    this.decisions = watchDecisions(session);
  }

  static async join(client: Ably.Realtime, channelName: string): Promise<AskingAgent> {
    const session = createAgentSession({client, channelName});
    const agent = new AskingAgent(client, session, client.channels.get(channelName));
    await session.connect();
    return agent;
  }

  /** Told by a page that something waits. */
  wake(invocation: InvocationData): Promise<void> {
    this.wakes.push(invocation);
    this.#wakeUp?.();
    return Promise.resolve();
  }

  /** Waits for the next message, and begins a run that answers it. A stop from the page ends the run by itself. */
  async answerNext(): Promise<AskingRun> {
    return new OneRun(await this.open(), this);
  }

  /** Waits for the next wake, and opens the run that it is for: a new one, or the one that waited. */
  async open(): Promise<Opened> {
    while (this.wakes.length === this.#taken) await new Promise<void>((resolve) => (this.#wakeUp = resolve));
    const invocation = this.wakes[this.#taken++];
    if (!invocation) throw new Error('Nothing waits.');
    const run = this.#session.createRun(Invocation.fromJSON(invocation));
    await run.start();
    return run;
  }

  /** Says that a run is over, without going on with it. */
  async declareOver(runId: string, reason: 'complete' | 'cancelled' = 'complete'): Promise<void> {
    await this.declare('ai-run-end', runId, {'run-reason': reason});
  }

  /** Says on the channel what an agent says of a run. */
  async declare(name: 'ai-run-end' | 'ai-run-resume' | 'ai-run-suspend', runId: string, more: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.#channel.publish({name, extras: {ai: {transport: {'run-id': runId, 'run-client-id': 'ana', ...more}}}});
  }

  async close(): Promise<void> {
    this.decisions.close();
    await this.#session.end().catch(() => undefined);
    this.#client.close();
  }
}

/** One run, over all its suspensions. */
class OneRun implements AskingRun {
  readonly #agent: AskingAgent;
  #run: Opened;
  #writer: WritableStreamDefaultWriter<VercelOutput> | undefined;
  #done: Promise<unknown> = Promise.resolve();
  #isText = false;

  constructor(run: Opened, agent: AskingAgent) {
    this.#run = run;
    this.#agent = agent;
  }

  async say(text: string): Promise<void> {
    const writer = await this.#open();
    if (!this.#isText) await writer.write({type: 'text-start', id: 'text'});
    this.#isText = true;
    await writer.write({type: 'text-delta', id: 'text', delta: text});
  }

  async ask(asked: Asked): Promise<void> {
    const {toolCallId, approvers, note} = asked;
    const writer = await this.#open();
    await writer.write({type: 'data-approval', data: {toolCallId, approvers, note}});
    await this.call(asked);
    await writer.write({type: 'tool-approval-request', toolCallId, approvalId: `asked-${toolCallId}`});
  }

  async call({toolCallId, toolName, input}: Asked): Promise<void> {
    const writer = await this.#open();
    await writer.write({type: 'tool-input-start', toolCallId, toolName});
    await writer.write({type: 'tool-input-delta', toolCallId, inputTextDelta: JSON.stringify(input)});
    await writer.write({type: 'tool-input-available', toolCallId, toolName, input});
  }

  async refuse(toolCallId: string, clientId: string, reason: string): Promise<void> {
    await (await this.#open()).write({type: 'data-approval-refused', data: {toolCallId, clientId, reason}});
  }

  async suspend(): Promise<void> {
    await this.#finish();
    await this.#run.suspend();
  }

  async resumed(): Promise<void> {
    const {runId} = this.#run;
    this.#run = await this.#agent.open();
    if (this.#run.runId !== runId) throw new Error(`The agent was woken for the run ${this.#run.runId}, and waits for ${runId}.`);
  }

  async end(): Promise<void> {
    await this.#finish();
    await this.#run.end({reason: 'complete'});
  }

  giveUp(): Promise<void> {
    return this.#agent.declareOver(this.#run.runId);
  }

  async #open(): Promise<WritableStreamDefaultWriter<VercelOutput>> {
    if (this.#writer) return this.#writer;
    const {readable, writable} = new TransformStream<VercelOutput, VercelOutput>(undefined, undefined, {highWaterMark: 100});
    const run = this.#run;
    this.#done = run.pipe(readable).then(({reason}) => reason === 'cancelled' ? run.end({reason}) : undefined);
    this.#writer = writable.getWriter();
    await this.#writer.write({type: 'start'});
    return this.#writer;
  }

  async #finish(): Promise<void> {
    const writer = this.#writer;
    this.#writer = undefined;
    if (this.#isText) await writer?.write({type: 'text-end', id: 'text'});
    this.#isText = false;
    await writer?.write({type: 'finish'});
    await writer?.close();
    await this.#done;
  }
}
