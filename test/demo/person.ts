import {type ClientRun, type ClientSession, type InvocationData, OBJECT_MODES} from '@ably/ai-transport';
import {createAgentSession, createClientSession, type VercelInput, type VercelOutput, type VercelProjection} from '@ably/ai-transport/vercel';
import * as Ably from 'ably';
import {LiveObjects} from 'ably/liveobjects';
import type {UIMessage} from 'ai';
import type {RunningDemo} from '../../demo/start-demo.ts';

type Session = ClientSession<VercelInput, VercelOutput, VercelProjection, UIMessage>;

/** Somebody in a conversation, by the real SDK with a token of the demo's own endpoint. */
export class Person {
  readonly session: Session;
  readonly channel: string;
  readonly #client: Ably.Realtime;
  readonly #demo: RunningDemo;

  constructor(demo: RunningDemo, name: string, channel: string) {
    const query = new URLSearchParams({channel, clientId: name});
    this.#demo = demo;
    this.channel = channel;
    this.#client = new Ably.Realtime({endpoint: '127.0.0.1', port: demo.port, tls: false, plugins: {LiveObjects}, disconnectedRetryTimeout: 1000, authUrl: `${demo.url}/api/auth/token?${query.toString()}`, logLevel: 0});
    this.session = createClientSession({client: this.#client, channelName: channel, channelModes: OBJECT_MODES});
  }

  static async join(demo: RunningDemo, {name = 'Ana', channel}: {name?: string; channel: string}): Promise<Person> {
    const person = new Person(demo, name, channel);
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

  /** The same connection as an agent would use it. */
  agentSession(): ReturnType<typeof createAgentSession> {
    return createAgentSession({client: this.#client, channelName: this.channel});
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
