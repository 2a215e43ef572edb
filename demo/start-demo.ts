import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {type ApprovalIndex, createApprovalIndex} from 'agent-session-elements/agent';
import type * as Ably from 'ably';
import {type BrokerServer, createBroker, defaultKey} from '../broker/index.ts';
import {Agent} from './agent/agent.ts';
import {ChannelSessions} from './agent/channel-sessions.ts';
import {connectAgent} from './agent/connect-agent.ts';
import {systemPrompt} from './agent/system-prompt.ts';
import {approvalsChannel} from './channels.ts';
import {Page} from './http/page.ts';
import {requestHandler} from './http/routes.ts';
import {agentClaims, signToken} from './http/token.ts';
import {chooseModel} from './model/choose-model.ts';
import {CountedModel} from './model/counted-model.ts';
import type {Model} from './model/model.ts';
import type {Pace} from './model/pace.ts';
import {plannerFor} from './planner/planner.ts';
import {Searches} from './planner/searches.ts';
import {Specialists} from './planner/specialists.ts';

/** How long runs may take to end when the demo is stopped. */
const closingMs = 3000;

export interface SpecialistOptions {
  /** About the time between two steps of a search, in ms; `stepped` has them wait for {@link Specialists.step}. */
  readonly stepMs?: number | 'stepped';
  /** How long they go on while nobody is there, in ms. */
  readonly patienceMs?: number;
  /** How long a search may take, in ms. */
  readonly deadlineMs?: number;
  /** How long one that left presence may take to come back, in ms. */
  readonly returnMs?: number;
  /** How long searches outlive a run that was stopped, in ms. */
  readonly graceMs?: number;
}

export interface DemoOptions {
  /** 0 picks a free one. */
  port: number;
  /** Interface to listen on; this machine only when absent. */
  host?: string;
  /** File that keeps the conversations; in memory when absent. */
  data?: string;
  /** Where `ABLY_API_KEY` and the models' keys are read from; none of them when absent. */
  environment?: Readonly<Record<string, string | undefined>>;
  /** A broker that runs elsewhere, on this machine, instead of one of its own. */
  brokerPort?: number;
  /** The rhythm of the scripted model. */
  pace?: Pace;
  /** Answers in place of the model that the environment asks for. */
  model?: Model;
  /** How the specialists work; at a pace to watch when absent. */
  specialists?: SpecialistOptions;
  /** How long a run waits for a person's decision, in ms; a day when absent. */
  approvalPatienceMs?: number;
  /** How far the agent's clock is ahead, in ms: for tests of what happens hours later. */
  aheadMs?: number;
  /** Lets tests break the broker's connections. */
  faults?: boolean;
  /** Answers `/api/test/stats`, and lets tokens be asked for with other rights and lifetimes. */
  isTest?: boolean;
  /** Builds the page again when its sources change. */
  isWatching?: boolean;
  log?: (line: string) => void;
}

export interface RunningDemo {
  readonly port: number;
  /** Where the broker is; undefined on Ably itself. */
  readonly brokerPort: number | undefined;
  readonly url: string;
  /** The model in use, in words. */
  readonly model: string;
  /** The broker on the same port, where there is one. */
  readonly broker: BrokerServer | undefined;
  /** The specialists' processes. */
  readonly specialists: Specialists;
  /** How often the model was called. */
  modelCalls(): number;
  /** Ends the runs under way and closes everything. */
  close(): Promise<void>;
}

/** Serves the page, the token endpoint, the agent and, unless told of another, the broker, all on one port. */
export async function startDemo(options: DemoOptions): Promise<RunningDemo> {
  const {environment = {}, isTest = false, isWatching = false, log = () => undefined} = options;
  const ablyKey = environment['ABLY_API_KEY'] || undefined;
  const key = ablyKey ?? defaultKey;
  const chosen = options.model ? {model: options.model, label: options.model.modelId} : await chooseModel(environment, options.pace);
  const model = new CountedModel(chosen.model);

  const server = createServer();
  const port = await listen(server, options.port, options.host ?? '127.0.0.1');
  const brokerPort = ablyKey === undefined ? (options.brokerPort ?? port) : undefined;
  const broker = brokerPort === port ? createBroker({data: options.data, faults: options.faults}) : undefined;
  const page = new Page({isWatching, target: brokerPort === undefined ? {type: 'ably'} : {type: 'broker', port: brokerPort}});
  const client = connectAgent(key, brokerPort);
  const sessions = new ChannelSessions(client);
  const {stepMs = 450, patienceMs = 20_000, ...searching} = options.specialists ?? {};
  const specialists = new Specialists({brokerPort, stepMs, patienceMs, log, token: (clientId) => signToken(key, agentClaims(clientId))});
  const searches = new Searches({sessions, specialists, log, ...searching});
  const index = indexOn(client);
  const agent = new Agent({
    sessions, model, index,
    patienceMs: options.approvalPatienceMs,
    now: () => Date.now() + (options.aheadMs ?? 0), planner: plannerFor(searches), system: () => systemPrompt(),
    onFailure: (failure, {inputEventId, sessionName}) => log(`no answer to ${inputEventId} on ${sessionName}: ${failure.message}`),
  });
  const stats = isTest ? () => ({modelCalls: model.calls}) : undefined;
  const handle = requestHandler({key, agent, page, broker, stats, log});
  server.on('request', (request, response) => void handle(request, response));
  server.on('upgrade', (request, socket, head) => {
    if (!broker?.handleUpgrade(request, socket, head)) socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
  });

  const close = async (): Promise<void> => {
    const late = AbortSignal.timeout(closingMs);
    const tooLate = new Promise((resolve) => late.addEventListener('abort', resolve, {once: true}));
    await Promise.all([agent.close(late), Promise.race([searches.close(), tooLate])]);
    index.close();
    await specialists.close();
    client.close();
    page.close();
    broker?.close();
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  };
  // Conversations in which something waits are gone on with as soon as the line is there.
  void agent.takeUp().catch((error: unknown) => log(`what waits for decisions could not be looked up: ${String(error)}`));
  try {
    await page.prepare();
  } catch (error) {
    await close();
    throw error;
  }
  return {port, brokerPort, url: `http://localhost:${port}`, model: chosen.label, broker, specialists, modelCalls: () => model.calls, close};
}

/** Resolves with the port; rejects when it is taken. */
async function listen(server: Server, port: number, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  return (server.address() as AddressInfo).port; // a server that listens on TCP has an address of this kind
}

function indexOn(client: Ably.Realtime): ApprovalIndex {
  return createApprovalIndex(client.channels.get(approvalsChannel, {modes: ['OBJECT_SUBSCRIBE', 'OBJECT_PUBLISH']}));
}
