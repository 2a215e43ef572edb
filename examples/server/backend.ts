import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {createBroker, type BrokerServer, defaultKey} from '../../broker/index.ts';
import {Agent} from '../../demo/agent/agent.ts';
import {ChannelSessions} from '../../demo/agent/channel-sessions.ts';
import {connectAgent} from '../../demo/agent/connect-agent.ts';
import {readInvocation} from '../../demo/http/invocation.ts';
import {readJson, RequestError, requireMethod, sendError, sendJson, sendText} from '../../demo/http/respond.ts';
import {claimsFor, signToken} from '../../demo/http/token.ts';
import {chooseModel} from '../../demo/model/choose-model.ts';
import type {Model} from '../../demo/model/model.ts';
import {naturalPace, type Pace} from '../../demo/model/pace.ts';
import {ScriptedModel} from '../../demo/model/scripted-model.ts';
import {Site} from './site.ts';
import {TripModel} from './trip-model.ts';
import {tripTools} from './trip-tools.ts';

export interface BackendOptions {
  /** 0 picks a free one. */
  readonly port: number;
  /** Folder with a built page to serve beside the API, under a strict policy. */
  readonly site?: string;
  /** Folder of the package's build, served at `/` for script tags of pages elsewhere. */
  readonly script?: string;
  /** Names of Trusted Types policies that the page's framework makes, beside Lit's. */
  readonly policies?: readonly string[];
  /** Where the models' keys are read from; the scripted model when absent. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** The rhythm of the scripted model and of the tools; a natural one when absent. */
  readonly pace?: Pace;
  /** A model in place of that. */
  readonly model?: Model;
  readonly log?: (line: string) => void;
}

export interface RunningBackend {
  readonly port: number;
  readonly url: string;
  readonly broker: BrokerServer;
  /** What the agent was asked with: the headers of each POST to `/api/chat`. */
  readonly asked: readonly IncomingMessage['headers'][];
  close(): Promise<void>;
}

const instructions = `You plan city trips together with people, calmly and concretely, in Markdown and in their language. Call compareFares for
fares, localTime for their time, and bookTrip to book: the page asks them then, so do not ask them yourself.`;

/**
 * What the examples, and pages of one's own, need besides themselves, on one port: a broker, a token endpoint at
 * `/api/auth/token?channel=…&clientId=…`, and an agent at `/api/chat`. Pages of any origin on this machine may ask it.
 */
export async function startBackend(options: BackendOptions): Promise<RunningBackend> {
  const {environment = {}, pace = naturalPace(), log = () => undefined} = options;
  const chosen = options.model ?? (await chooseModel(environment, pace)).model;
  const server = createServer();
  const port = await listen(server, options.port);
  const broker = createBroker();
  const client = connectAgent(defaultKey, port);
  const agent = new Agent({
    sessions: new ChannelSessions(client), model: chosen instanceof ScriptedModel ? new TripModel(chosen) : chosen, system: () => instructions,
    planner: {tools: ({held}) => tripTools({held, pace}), beginRun: () => undefined, endRun: () => undefined},
    onFailure: (failure, {sessionName}) => log(`no answer on ${sessionName}: ${failure.message}`),
  });
  const site = options.site === undefined ? undefined : new Site(options.site, {policies: options.policies ?? [], port});
  const script = options.script === undefined ? undefined : new Site(options.script);
  const asked: IncomingMessage['headers'][] = [];

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const {pathname, searchParams} = new URL(request.url ?? '/', 'http://localhost');
    if (pathname.startsWith('/api/')) allowOthers(request, response);
    if (request.method === 'OPTIONS' && pathname.startsWith('/api/')) {
      response.writeHead(204).end();
    } else if (pathname === '/api/auth/token') {
      requireMethod(request, 'GET');
      sendText(response, 200, 'application/jwt', await signToken(defaultKey, claimsFor(searchParams)));
    } else if (pathname === '/api/chat') {
      requireMethod(request, 'POST');
      asked.push(request.headers);
      sendJson(response, 202, {status: agent.wake(readInvocation(await readJson(request)))});
    } else if (broker.handleRequest(request, response)) {
      return;
    } else if (!site?.handle(response, pathname) && !script?.handle(response, pathname)) {
      throw new RequestError(404, `Nothing is at ${pathname}.`);
    }
  };
  server.on('request', (request, response) => void answer(request, response).catch((error: unknown) => sendError(response, error)));
  server.on('upgrade', (request, socket, head) => {
    if (!broker.handleUpgrade(request, socket, head)) socket.destroy();
  });

  return {
    port, url: `http://localhost:${port}`, broker, asked,
    close: async () => {
      await agent.close(AbortSignal.timeout(1000));
      client.close();
      broker.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

/** For development on this machine. A real server names the origins that it serves. */
function allowOthers({headers}: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Access-Control-Allow-Origin', headers.origin ?? '*');
  response.setHeader('Access-Control-Allow-Headers', headers['access-control-request-headers'] ?? 'content-type');
  response.setHeader('Vary', 'Origin');
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port; // a server that listens on TCP has an address of this kind
}
