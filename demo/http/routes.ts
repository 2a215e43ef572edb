import type {IncomingMessage, ServerResponse} from 'node:http';
import type {BrokerServer} from '../../broker/index.ts';
import type {Agent} from '../agent/agent.ts';
import {readInvocation} from './invocation.ts';
import type {Page} from './page.ts';
import {readJson, RequestError, requireMethod, sendError, sendJson, sendText} from './respond.ts';
import {claimsFor, signToken} from './token.ts';

export interface RouteOptions {
  /** Ably's API key, or the broker's: it signs tokens. */
  readonly key: string;
  readonly agent: Agent;
  readonly page: Page;
  readonly broker: BrokerServer | undefined;
  /** What tests may read at `/api/test/stats`; undefined outside of tests. */
  readonly stats: (() => object) | undefined;
  readonly log: (line: string) => void;
}

type Route = (request: IncomingMessage, response: ServerResponse, query: URLSearchParams) => Promise<void> | void;

/** Answers every request: token endpoint, agent endpoint, the broker's REST, and the page. */
export function requestHandler({key, agent, page, broker, stats, log}: RouteOptions): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const routes: Readonly<Record<string, Route>> = {
    '/api/auth/token': async (request, response, query) => {
      requireMethod(request, 'GET');
      sendText(response, 200, 'application/jwt', await signToken(key, claimsFor(query, {isTest: stats !== undefined})));
    },
    '/api/chat': async (request, response) => {
      requireMethod(request, 'POST');
      // The answer goes to the channel, for all to see; who asked need not wait for it.
      sendJson(response, 202, {status: agent.wake(readInvocation(await readJson(request)))});
    },
    ...(stats && {'/api/test/stats': (_request, response) => sendJson(response, 200, stats())}),
  };

  return async (request, response) => {
    try {
      const {pathname, searchParams} = new URL(request.url ?? '/', 'http://localhost');
      const route = routes[pathname];
      if (route) await route(request, response, searchParams);
      else if (broker?.handleRequest(request, response)) return;
      else if (!(await page.handle(request, response, pathname))) throw new RequestError(404, `Nothing is at ${pathname}.`);
    } catch (error) {
      if (!(error instanceof RequestError)) log(`${request.method} ${request.url} failed: ${error instanceof Error ? error.stack : String(error)}`);
      sendError(response, error);
    }
  };
}
