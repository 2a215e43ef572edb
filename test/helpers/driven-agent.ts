import {type AgentSession, Invocation} from '@ably/ai-transport';
import {createAgentSession, type VercelOutput, type VercelProjection} from '@ably/ai-transport/vercel';
import * as Ably from 'ably';
import type {UIMessage} from 'ai';
import type {Invocation as InvocationData} from '../../src/session/settings.ts';

type Agent = AgentSession<VercelOutput, VercelProjection, UIMessage>;

/** A run on a real channel that a test drives token by token. */
export interface DrivenAgentRun {
  append(delta: string): Promise<void>;
  end(reason: 'complete' | 'error', message?: string): Promise<void>;
}

/** An agent on a real channel, by AI Transport's agent session, that answers as a test tells it. */
export class DrivenAgent {
  readonly #session: Agent;
  readonly #client: Ably.Realtime;
  readonly #waiting: InvocationData[] = [];
  #wakeUp: (() => void) | undefined;

  private constructor(client: Ably.Realtime, session: Agent) {
    this.#client = client;
    this.#session = session;
  }

  static async join(client: Ably.Realtime, channelName: string): Promise<DrivenAgent> {
    const session = createAgentSession({client, channelName});
    await session.connect();
    return new DrivenAgent(client, session);
  }

  /** Told by the page that a message waits. */
  wake(invocation: InvocationData): Promise<void> {
    this.#waiting.push(invocation);
    this.#wakeUp?.();
    return Promise.resolve();
  }

  /** Waits for the next message, and begins a run that answers it. A stop from the page ends the run by itself. */
  async answerNext(): Promise<DrivenAgentRun> {
    while (this.#waiting.length === 0) await new Promise<void>((resolve) => (this.#wakeUp = resolve));
    const invocation = this.#waiting.shift();
    if (!invocation) throw new Error('Nothing waits.');
    const run = this.#session.createRun(Invocation.fromJSON(invocation));
    await run.start();
    const {readable, writable} = new TransformStream<VercelOutput, VercelOutput>(undefined, undefined, {highWaterMark: 100});
    const writer = writable.getWriter();
    let failure: string | undefined;
    const done = run.pipe(readable).then(({reason}) =>
      failure === undefined ? run.end({reason: reason === 'error' ? 'complete' : reason}) : run.end({reason: 'error', error: new Ably.ErrorInfo(failure, 50000, 500)}),
    );
    await writer.write({type: 'start'});
    await writer.write({type: 'text-start', id: 'text'});
    return {
      append: (delta) => writer.write({type: 'text-delta', id: 'text', delta}),
      end: async (_reason, message) => {
        failure = message;
        await writer.write({type: 'text-end', id: 'text'});
        await writer.write({type: 'finish'});
        await writer.close();
        await done;
      },
    };
  }

  async close(): Promise<void> {
    await this.#session.end().catch(() => undefined);
    this.#client.close();
  }
}
