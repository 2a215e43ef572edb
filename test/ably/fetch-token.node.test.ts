import assert from 'node:assert/strict';
import {once} from 'node:events';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {after, before, describe, test} from 'node:test';
import {fetchToken} from '../../src/ably/fetch-token.ts';

const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';
const details = {token: 'app.token', keyName: 'app.key', expires: 1, issued: 0, capability: '{}'};

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const answers: Record<string, Answer> = {
  '/jwt': (_, response) => response.end(`${jwt}\n`),
  '/json-string': (_, response) => response.end(JSON.stringify('opaque-token')),
  '/details': (_, response) => response.end(JSON.stringify(details)),
  '/request': (_, response) => response.end(JSON.stringify({keyName: 'app.key', nonce: 'n', mac: 'm'})),
  '/500': (_, response) => response.writeHead(500).end('boom'),
  '/403': (_, response) => response.writeHead(403).end(),
  '/html': (_, response) => response.writeHead(200, {'content-type': 'text/html'}).end('<!doctype html><p>Sign in'),
  '/garbage': (_, response) => response.end('{"token'),
  '/empty': (_, response) => response.end(),
  '/other-json': (_, response) => response.end('{"user":1}'),
  '/echo': (request, response) => response.end(JSON.stringify({...details, token: `${request.method} ${request.url}`})),
};

describe('a token endpoint', () => {
  let base: string;
  const server = createServer((request, response) => {
    const answer = answers[(request.url ?? '').split('?')[0] ?? ''];
    if (answer) answer(request, response);
    else response.writeHead(404).end('Not found');
  });
  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => server.close());

  const ask = (path: string, method: 'GET' | 'POST' = 'GET', params = {}): Promise<string | object> => fetchToken({url: base + path, method}, params);

  test('may answer with a JWT, a token as JSON, TokenDetails or a TokenRequest', async () => {
    assert.equal(await ask('/jwt'), jwt);
    assert.equal(await ask('/json-string'), 'opaque-token');
    assert.deepEqual(await ask('/details'), details);
    assert.deepEqual(await ask('/request'), {keyName: 'app.key', nonce: 'n', mac: 'm'});
  });

  test('is told the client id, in the address or in the body', async () => {
    assert.deepEqual(await ask('/echo?a=1', 'GET', {clientId: 'ana b'}), {...details, token: 'GET /echo?a=1&clientId=ana+b'});
    assert.deepEqual(await ask('/echo', 'POST', {clientId: 'ana'}), {...details, token: 'POST /echo'});
  });

  for (const [path, said] of [
    ['/missing', /\/missing answered 404/], ['/500', /\/500 answered 500/], ['/html', /answered with an HTML page instead of a token/],
    ['/garbage', /unreadable text/], ['/empty', /an empty page/], ['/other-json', /JSON that holds no token/],
  ] as const) {
    test(`that fails at ${path} is named with what it answered, and with what to do`, async () => {
      await assert.rejects(ask(path), (error: Error & {kind?: string; hint?: string}) => {
        assert.match(error.message, said);
        assert.equal(error.kind, 'auth');
        assert.ok(error.hint);
        return true;
      });
    });
  }

  test('that forbids is final', async () => {
    await assert.rejects(ask('/403'), {kind: 'auth', code: 40300});
  });

  test('that cannot be reached is named', async () => {
    await assert.rejects(fetchToken({url: 'http://127.0.0.1:1/token', method: 'GET'}, {}), {kind: 'auth', message: /127\.0\.0\.1:1\/token cannot be reached/});
  });
});
