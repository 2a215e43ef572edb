import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import * as Ably from 'ably';
import {type BrokerServer, createBroker, defaultKey} from '../broker/index.ts';
import {Agent} from './agent/agent.ts';
import {systemPrompt} from './agent/system-prompt.ts';
import {CountedModel} from './model/counted-model.ts';
import {chooseModel} from './model/choose-model.ts';
import type {Pace} from './model/pace.ts';
import {readInvocation} from './http/invocation.ts';
import {Page, type PageTarget} from './http/page.ts';
import {readJson, RequestError, requireMethod, sendError, sendJson, sendText} from './http/respond.ts';
import {agentClaims, claimsFor, signToken} from './http/token.ts';

/** How long runs may take to end when the demo is stopped. */
const closingMs = 3000;

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
  readonly url: string;
  /** The model in use, in words. */
  readonly model: string;
  /** The broker on the same port, where there is one. */
  readonly broker: BrokerServer | undefined;
  /** How often the model was called. */
  modelCalls(): number;
  /** Ends the runs under way and closes everything. */
  close(): Promise<void>;
}

/** Serves the page, the token endpoint, the agent and, unless told of another, the broker, all on one port. */
export async function startDemo(options: DemoOptions): Promise<RunningDemo> {
  const {environment = {}, isTest = false, log = () => undefined} = options;
  const ablyKey = environment['ABLY_API_KEY'] || undefined;
  const key = ablyKey ?? defaultKey;
  const chosen = await chooseModel(environment, options.pace);
  const model = new CountedModel(chosen.model);
  const isEmbedded = ablyKey === undefined && options.brokerPort === undefined;
  const broker = isEmbedded ? createBroker({data: options.data, faults: options.faults}) : undefined;
  const target = (): PageTarget => (ablyKey === undefined ? {type: 'broker', port: options.brokerPort ?? portOf()} : {type: 'ably'});
  const page = new Page({isWatching: options.isWatching ?? false, target});

  const routes: Readonly<Record<string, (request: IncomingMessage, response: ServerResponse, query: URLSearchParams) => Promise<void> | void>> = {
    '/api/auth/token': async (request, response, query) => {
      requireMethod(request, 'GET');
      sendText(response, 200, 'application/jwt', await signToken(key, claimsFor(query, {isTest})));
    },
    '/api/chat': async (request, response) => {
      requireMethod(request, 'POST');
      sendJson(response, 202, {status: agent.wake(readInvocation(await readJson(request)))});
    },
    ...(isTest && {'/api/test/stats': (_request, response) => sendJson(response, 200, {modelCalls: model.calls})}),
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const route = routes[url.pathname];
      if (route) await route(request, response, url.searchParams);
      else if (broker?.handleRequest(request, response)) return;
      else if (await page.handle(request, response, url.pathname)) return;
      else throw new RequestError(404, `Nothing is at ${url.pathname}.`);
    } catch (error) {
      if (!(error instanceof RequestError)) log(`request failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      sendError(response, error);
    }
  }

  const server = createServer((request, response) => void handle(request, response));
  server.on('upgrade', (request, socket, head) => {
    if (!broker?.handleUpgrade(request, socket, head)) socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
  });
  await page.prepare();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port, options.host ?? '127.0.0.1', resolve);
  });

  function portOf(): number {
    return (server.address() as AddressInfo).port; // a server that listens on TCP has an address of this kind
  }

  const client = new Ably.Realtime({
    ...(ablyKey === undefined && {endpoint: '127.0.0.1', port: options.brokerPort ?? portOf(), tls: false}),
    authCallback: (_params, done) => {
      signToken(key, agentClaims).then(
        (token) => done(null, token),
        (error: unknown) => done(String(error), null),
      );
    },
  });
  const agent = new Agent({
    client, model, system: systemPrompt,
    onFailure: (failure, {inputEventId, sessionName}) => log(`no answer to ${inputEventId} on ${sessionName}: ${failure.message}`),
  });

  return {
    port: portOf(),
    url: `http://localhost:${portOf()}`,
    model: chosen.label,
    broker,
    modelCalls: () => model.calls,
    close: async () => {
      await agent.close(AbortSignal.timeout(closingMs));
      client.close();
      page.close();
      broker?.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}
