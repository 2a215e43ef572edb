import * as Ably from 'ably';
import {defaultKey, type RunningBroker, startBroker} from '../../broker/index.ts';
import {AiSession} from '../../src/ably/ai-session.ts';
import type {BranchStore} from '../../src/ably/branch-store.ts';
import {Connection} from '../../src/ably/connection.ts';
import type {SessionSettings} from '../../src/session/settings.ts';
import {AskingAgent} from './asking-agent.ts';
import {noStore} from './no-store.ts';
import {until} from './until.ts';

export const channel = 'conversations:asks';

/** What a browser keeps of a viewer's choices over a reload. */
export class KeptBranches implements BranchStore {
  readonly #kept = new Map<string | undefined, readonly string[]>();
  load(clientId: string | undefined): readonly string[] {
    return this.#kept.get(clientId) ?? [];
  }
  save(clientId: string | undefined, chosen: readonly string[]): void {
    this.#kept.set(clientId, chosen);
  }
}

/** A page on the session. */
export interface Page {
  readonly session: AiSession;
  readonly connection: Connection;
  close(): Promise<void>;
}

/** One channel with an agent, and as many pages as a test opens. The real SDK on both sides of a socket. */
export class AskTable {
  readonly broker: RunningBroker;
  readonly agent: AskingAgent;
  readonly #pages: Page[] = [];

  private constructor(broker: RunningBroker, agent: AskingAgent) {
    this.broker = broker;
    this.agent = agent;
  }

  static async set(): Promise<AskTable> {
    const broker = await startBroker({port: 0, faults: true});
    return new AskTable(broker, await AskingAgent.join(clientOn(broker.port, 'planner'), channel));
  }

  /** Opens a page of somebody, and waits until it shows the conversation. */
  async visit(clientId: string, settings: Partial<SessionSettings> = {}, {branches = new KeptBranches(), port = this.broker.port}: {branches?: BranchStore; port?: number} = {}): Promise<Page> {
    const all: SessionSettings = {channel, history: 30, wakeAgent: (invocation) => this.agent.wake(invocation), ...settings};
    const connection = new Connection({...all, client: clientOn(port, clientId)});
    const session = new AiSession(connection, all, {outbox: noStore, branches});
    const page: Page = {
      session, connection,
      close: async () => {
        await session.close();
        connection.client.close();
        connection.close();
      },
    };
    this.#pages.push(page);
    await until(session, ({connection: line, history}) => line.state === 'connected' && history.state === 'ready');
    return page;
  }

  async close(): Promise<void> {
    for (const page of this.#pages) await page.close();
    await this.agent.close();
    await this.broker.close();
  }
}

function clientOn(port: number, clientId: string): Ably.Realtime {
  return new Ably.Realtime({key: defaultKey, clientId, endpoint: 'localhost', port, tls: false, transports: ['web_socket'], disableConnectivityCheck: true, disconnectedRetryTimeout: 200});
}
