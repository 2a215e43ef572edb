import {type AgentSession, Invocation} from '@ably/ai-transport';
import {createAgentSession, type VercelOutput, type VercelProjection} from '@ably/ai-transport/vercel';
import * as Ably from 'ably';
import type {UIMessage} from 'ai';
import type {Invocation as InvocationData} from '../../src/session/settings.ts';

type Agent = AgentSession<VercelOutput, VercelProjection, UIMessage>;

/** A run on a real channel that a test drives token by token. */
export interface DrivenAgentRun {
  append(delta: string): Promise<void>;
  /** Says something that is not text. */
  write(output: VercelOutput): Promise<void>;
  /** Waits for something said into the run, and has the model before it all that was; what it appends then is another message. */
  hear(): Promise<void>;
  /** Waits for a person, as for an approval. */
  suspend(): Promise<void>;
  /** Hears a stop, but leaves the run unended until the returned function is called. */
  holdStop(): () => void;
  /** Ends the run, with a message where it failed; `cancelled` is the agent's own doing, without a stop. */
  end(reason: 'complete' | 'cancelled' | 'error', message?: string): Promise<void>;
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
    return beginRun(this.#session, invocation);
  }

  async close(): Promise<void> {
    await this.#session.end().catch(() => undefined);
    this.#client.close();
  }
}

type Pass = WritableStreamDefaultWriter<VercelOutput>;

async function beginRun(session: Agent, invocation: InvocationData): Promise<DrivenAgentRun> {
  let onSteer: (() => void) | undefined;
  const run = session.createRun(Invocation.fromJSON(invocation), undefined, {onSteer: () => onSteer?.()});
  await run.start();
  run.hasInput();
  let piped: Promise<{reason: string}>;
  let isClosing = false;
  let mayStop = Promise.resolve();
  /** Begins one call of the model. A stop from the page ends it, and the run with it. */
  const begin = async (): Promise<Pass> => {
    const {readable, writable} = new TransformStream<VercelOutput, VercelOutput>(undefined, undefined, {highWaterMark: 100});
    const writer = writable.getWriter();
    const done = run.pipe(readable);
    piped = done;
    void done.then(async ({reason}) => {
      if (isClosing || reason !== 'cancelled') return;
      await mayStop;
      await run.end({reason: 'cancelled'});
    });
    await writer.write({type: 'start'});
    await writer.write({type: 'text-start', id: 'text'});
    return writer;
  };
  const finish = async (writer: Pass): Promise<void> => {
    isClosing = true;
    await writer.write({type: 'text-end', id: 'text'});
    await writer.write({type: 'finish'});
    await writer.close();
    await piped;
    isClosing = false;
  };
  let pass = await begin();
  return {
    append: (delta) => pass.write({type: 'text-delta', id: 'text', delta}),
    write: (output) => pass.write(output),
    hear: async () => {
      await finish(pass);
      while (!run.hasInput()) await new Promise<void>((resolve) => (onSteer = resolve));
      pass = await begin();
    },
    suspend: async () => {
      await finish(pass);
      await run.suspend();
    },
    holdStop: () => {
      let release = (): void => undefined;
      mayStop = new Promise((resolve) => (release = resolve));
      return release;
    },
    end: async (reason, message) => {
      await finish(pass);
      await (message === undefined ? run.end({reason: reason === 'cancelled' ? reason : 'complete'}) : run.end({reason: 'error', error: new Ably.ErrorInfo(message, 50000, 500)}));
    },
  };
}
