import * as Ably from 'ably';
import {defaultKey, startBroker} from '../../broker/index.ts';
import {AiSession} from '../../src/ably/ai-session.ts';
import {Connection} from '../../src/ably/connection.ts';
import type {SessionSettings} from '../../src/session/settings.ts';
import {DrivenAgent} from '../helpers/driven-agent.ts';
import {noStore} from '../helpers/no-store.ts';
import {until} from '../helpers/until.ts';
import {queueContract} from './queue-contract.ts';
import {type OpenStage, sessionContract, type Stage} from './session-contract.ts';
import {steerContract} from './steer-contract.ts';

/** The real SDK on both sides of a socket: a session of ours, and an agent of AI Transport's own. */
const openStage: OpenStage = async ({past, pageSize}): Promise<Stage> => {
  const broker = await startBroker({port: 0});
  const client = (clientId: string): Ably.Realtime =>
    new Ably.Realtime({key: defaultKey, clientId, endpoint: 'localhost', port: broker.port, tls: false, transports: ['web_socket']});
  const channel = 'conversations:contract';
  const agent = await DrivenAgent.join(client('planner'), channel);
  const settings: SessionSettings = {channel, history: pageSize, wakeAgent: (invocation) => agent.wake(invocation)};
  const open = (): {session: AiSession; close: () => Promise<void>} => {
    const connection = new Connection({...settings, client: client('ana')});
    const session = new AiSession(connection, settings, {outbox: noStore});
    return {
      session,
      close: async () => {
        await session.close();
        connection.client.close();
        connection.close();
      },
    };
  };
  if (past > 0) await fill(open(), agent, past);
  const first = open();
  const pages = [first];
  return {
    session: first.session,
    another: () => {
      const page = open();
      pages.push(page);
      return page.session;
    },
    answerNext: () => agent.answerNext(),
    close: async () => {
      for (const {close} of pages) await close();
      await agent.close();
      await broker.close();
    },
  };
};

sessionContract('a session on a channel', openStage);
steerContract('a session on a channel', openStage);
queueContract('a session on a channel', openStage);

/** Has the conversation that shall be the past. */
async function fill({session, close}: {session: AiSession; close: () => Promise<void>}, agent: DrivenAgent, count: number): Promise<void> {
  for (let n = 1; n <= count; n++) {
    await session.dispatch({type: 'send', text: `question ${n}`});
    const run = await agent.answerNext();
    await run.append(`answer ${n}`);
    await run.end('complete');
    await until(session, ({runs}) => runs.filter(({status}) => status === 'complete').length === n);
  }
  await close();
}
