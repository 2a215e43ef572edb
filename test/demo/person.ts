import {type ClientRun, type ClientSession, type InvocationData, OBJECT_MODES} from '@ably/ai-transport';
import {createClientSession, type VercelInput, type VercelOutput, type VercelProjection} from '@ably/ai-transport/vercel';
import * as Ably from 'ably';
import {LiveObjects} from 'ably/liveobjects';
import {getToolName, isToolUIPart, type UIMessage} from 'ai';
import type {RunningDemo} from '../../demo/start-demo.ts';

type Session = ClientSession<VercelInput, VercelOutput, VercelProjection, UIMessage>;

/** A tool call that waits for somebody. */
export interface Question {
  readonly toolCallId: string;
  readonly messageId: string;
  readonly runId: string;
}

/** Somebody in a conversation, by the real SDK with a token of the demo's own endpoint. */
export class Person {
  readonly session: Session;
  readonly channel: string;
  readonly #client: Ably.Realtime;
  readonly #demo: RunningDemo;
  readonly #heard = new Set<string>();

  constructor(demo: RunningDemo, name: string, channel: string, tokenFor = channel) {
    const query = new URLSearchParams({channel: tokenFor, clientId: name});
    this.#demo = demo;
    this.channel = channel;
    this.#client = new Ably.Realtime({endpoint: '127.0.0.1', port: demo.brokerPort ?? demo.port, tls: false, plugins: {LiveObjects}, disconnectedRetryTimeout: 1000, authUrl: `${demo.url}/api/auth/token?${query.toString()}`, logLevel: 0});
    this.session = createClientSession({client: this.#client, channelName: channel, channelModes: OBJECT_MODES});
    this.session.tree.on('output', ({steerCodecMessageIds = []}) => {
      for (const id of steerCodecMessageIds) this.#heard.add(id);
    });
  }

  static async join(demo: RunningDemo, {name = 'Ana', channel, tokenFor}: {name?: string; channel: string; tokenFor?: string}): Promise<Person> {
    const person = new Person(demo, name, channel, tokenFor);
    await person.session.connect();
    while (person.session.view.hasOlder()) await person.session.view.loadOlder();
    return person;
  }

  /** Puts a message on the channel without telling the agent. */
  async publish(text: string): Promise<ClientRun<VercelInput, UIMessage>> {
    const message: UIMessage = {id: crypto.randomUUID(), role: 'user', parts: [{type: 'text', text}]};
    return this.session.view.send({kind: 'user-message', message});
  }

  /** Tells the agent of a message. */
  async wake(invocation: InvocationData): Promise<{status: number; body: unknown}> {
    const response = await fetch(`${this.#demo.url}/api/chat`, {
      method: 'POST',
      headers: {'content-type': 'application/json'},
      body: JSON.stringify(invocation),
    });
    return {status: response.status, body: await response.json()};
  }

  /** Says something to the agent. */
  async say(text: string): Promise<ClientRun<VercelInput, UIMessage>> {
    const run = await this.publish(text);
    await this.wake(run.toInvocation().toJSON());
    return run;
  }

  /** Says something into a run that goes on. */
  async steer(runId: string, text: string): Promise<string> {
    const message: UIMessage = {id: crypto.randomUUID(), role: 'user', parts: [{type: 'text', text}]};
    const sent = await this.session.view.send({kind: 'user-message', message}, {runId});
    return sent.inputCodecMessageId;
  }

  /** Puts a decision on the channel, as `<agent-chat>` does, without telling the agent; gives what to wake it with. */
  async decide({toolCallId, messageId, runId}: Question, {approved, reason, input}: {approved: boolean; reason?: string; input?: object}): Promise<InvocationData> {
    const eventId = crypto.randomUUID();
    const transport = {role: 'user', stream: 'false', parent: messageId, 'codec-message-id': messageId, 'event-id': eventId, 'run-id': runId};
    const codec = {kind: 'tool-approval-response', toolCallId, approved: String(approved), ...(reason !== undefined && {reason})};
    await this.#client.channels.get(this.channel).publish({name: 'ai-input', data: input === undefined ? '' : {input}, extras: {ai: {transport, codec}}});
    return {inputEventId: eventId, sessionName: this.channel};
  }

  /** Puts on the channel what came of a tool call that was left to pages. */
  async give({toolCallId, messageId, runId}: Question, outcome: {output: unknown} | {error: string}): Promise<InvocationData> {
    const eventId = crypto.randomUUID();
    const isError = 'error' in outcome;
    const transport = {role: 'user', stream: 'false', parent: messageId, 'codec-message-id': messageId, 'event-id': eventId, 'run-id': runId};
    const codec = {kind: isError ? 'tool-result-error' : 'tool-result', toolCallId};
    await this.#client.channels.get(this.channel).publish({name: 'ai-input', data: isError ? {message: outcome.error} : {output: outcome.output}, extras: {ai: {transport, codec}}});
    return {inputEventId: eventId, sessionName: this.channel};
  }

  /** Puts on the channel what only agents are to: past the elements, by this person's own token. */
  async forge({toolCallId, messageId, runId}: Question, {data, ...codec}: {kind: string; data: unknown; id?: string}): Promise<void> {
    const transport = {'role': 'assistant', 'stream': 'false', 'codec-message-id': messageId, 'run-id': runId};
    await this.#client.channels.get(this.channel).publish({name: 'ai-output', data, extras: {ai: {transport, codec: {toolCallId, ...codec}}}});
  }

  /** The steers that agents have named as heard, in the order they were. */
  heardSteers(): string[] {
    return [...this.#heard];
  }

  /** All parts of the agent's messages, oldest first. */
  get parts(): UIMessage['parts'] {
    return this.session.view.getMessages().filter(({message}) => message.role === 'assistant').flatMap(({message}) => message.parts);
  }

  /** The data of parts of a type, oldest first. */
  data(type: `data-${string}`): Record<string, unknown>[] {
    return this.parts.flatMap((part) => (part.type === type && 'data' in part ? [part.data as Record<string, unknown>] : []));
  }

  /** The last call of a tool, with where an answer to it belongs. */
  question(toolName: string): Question & {readonly state: string; readonly input: unknown} {
    for (const {codecMessageId, message} of [...this.session.view.getMessages()].reverse()) {
      const part = message.parts.findLast((candidate) => isToolUIPart(candidate) && getToolName(candidate) === toolName);
      if (!part || !isToolUIPart(part)) continue;
      const runId = this.session.view.runOf(codecMessageId)?.runId ?? '';
      return {toolCallId: part.toolCallId, messageId: codecMessageId, runId, state: part.state, input: part.input};
    }
    return {toolCallId: '', messageId: '', runId: '', state: 'none', input: undefined};
  }

  /** The runs of the conversation as this person sees them. */
  get runs(): ReturnType<Session['view']['runs']> {
    return this.session.view.runs();
  }

  /** How each run stands, oldest first. */
  get statuses(): string[] {
    return this.runs.map(({status}) => status);
  }

  /** Why the last run failed. */
  get failure(): string {
    return this.runs.at(-1)?.error?.message ?? '';
  }

  /** The texts of the conversation, `role: text`. */
  get texts(): string[] {
    return this.session.view.getMessages().map(({message}) => {
      const text = message.parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
      return `${message.role}: ${text}`;
    });
  }

  /** The last answer's text. */
  get answer(): string {
    return this.texts.findLast((text) => text.startsWith('assistant: '))?.slice('assistant: '.length) ?? '';
  }

  /** Resolves as soon as the condition holds. */
  until(condition: () => boolean, timeoutMs = 8000): Promise<void> {
    const {tree} = this.session;
    return new Promise((resolve, reject) => {
      const check = (): void => {
        if (condition()) settle(resolve);
      };
      const settle = (done: () => void): void => {
        clearTimeout(timer);
        for (const stop of stops) stop();
        done();
      };
      const timer = setTimeout(() => {
        settle(() => reject(new Error(`It did not come about: ${JSON.stringify({runs: this.runs, texts: this.texts}, null, 1)}`)));
      }, timeoutMs);
      const stops = [tree.on('update', check), tree.on('run', check), tree.on('output', check)];
      check();
    });
  }

  /** What the channel says of a run, in its order: that it began, waited, went on, ended. */
  async courseOf(runId: string): Promise<string[]> {
    const {items} = await this.#client.channels.get(this.channel).history({direction: 'forwards', limit: 1000});
    return items.filter(({name = '', extras}) => {
      const {ai} = (extras ?? {}) as {ai?: {transport?: Partial<Record<string, string>>}};
      return name.startsWith('ai-run-') && ai?.transport?.['run-id'] === runId;
    }).map(({name = ''}) => name);
  }

  /** Closes the line without a goodbye; for when nobody is left to hear it. */
  hangUp(): void {
    this.#client.close();
  }

  async leave(): Promise<void> {
    await this.session.close();
    this.#client.close();
  }
}
