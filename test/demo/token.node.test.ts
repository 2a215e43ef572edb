import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {decodeProtectedHeader, jwtVerify} from 'jose';
import {defaultKey} from '../../broker/index.ts';
import {agentClaims, claimsFor, signToken, tokenTtlSeconds} from '../../demo/http/token.ts';
import {type RunningDemo, startDemo} from '../../demo/start-demo.ts';

const [keyName = '', secret = ''] = defaultKey.split(':');

describe('the token endpoint', () => {
  let demo: RunningDemo;
  before(async () => {
    demo = await startDemo({port: 0});
  });
  after(() => demo.close());
  const ask = (query: string, init?: RequestInit) => fetch(`${demo.url}/api/auth/token${query}`, init);

  test('gives a token for one conversation, one person and ten minutes, signed by the key', async () => {
    const response = await ask('?channel=conversations:lisbon&clientId=Ana');
    assert.equal(response.headers.get('content-type'), 'application/jwt');
    assert.equal(response.headers.get('cache-control'), 'no-store');
    const token = await response.text();
    assert.equal(decodeProtectedHeader(token).kid, keyName);
    const {payload} = await jwtVerify(token, new TextEncoder().encode(secret), {algorithms: ['HS256']});
    assert.deepEqual(JSON.parse(String(payload['x-ably-capability'])), {'conversations:lisbon': ['history', 'publish', 'subscribe', 'presence', 'object-subscribe', 'object-publish']});
    assert.equal(payload['x-ably-clientId'], 'Ana');
    assert.equal(Number(payload.exp) - Number(payload.iat), tokenTtlSeconds);
  });

  test('is for all conversations where it is for their supervisor', async () => {
    const {payload} = await jwtVerify(await (await ask('?channel=conversations:*&clientId=Supervisor')).text(), new TextEncoder().encode(secret));
    assert.deepEqual(Object.keys(JSON.parse(String(payload['x-ably-capability'])) as object), ['conversations:*']);
  });

  for (const [query, expected] of [
    ['', /channel must name a conversation/],
    ['?channel=other:lisbon&clientId=Ana', /channel must name a conversation/],
    ['?channel=conversations:*&clientId=Ana', /channel must name a conversation/],
    ['?channel=conversations:_approvals&clientId=Ana', /channel must name a conversation/],
    ['?channel=conversations:lisbon', /clientId must be a name/],
    ['?channel=conversations:lisbon&clientId=*', /clientId must be a name/],
    ['?channel=conversations:lisbon&clientId=travel-agent', /that is the agent/],
    ['?channel=conversations:lisbon&clientId=hotels-agent', /that is the agent/],
  ] as const) {
    test(`refuses “${query}” and says why`, async () => {
      const response = await ask(query);
      assert.equal(response.status, 400);
      assert.match(((await response.json()) as {error: {message: string}}).error.message, expected);
    });
  }

  test('takes no other method', async () => {
    assert.equal((await ask('?channel=conversations:lisbon&clientId=Ana', {method: 'DELETE'})).status, 405);
  });

  test('gives nobody other rights or a longer life for the asking', async () => {
    const {payload} = await jwtVerify(await (await ask('?channel=conversations:lisbon&clientId=Ana&capability=*&ttl=86400')).text(), new TextEncoder().encode(secret));
    assert.deepEqual(JSON.parse(String(payload['x-ably-capability'])), {'conversations:lisbon': ['history', 'publish', 'subscribe', 'presence', 'object-subscribe', 'object-publish']});
    assert.equal(Number(payload.exp) - Number(payload.iat), tokenTtlSeconds);
  });
});

describe('a token', () => {
  const claims = (query: string) => claimsFor(new URLSearchParams(query), {isTest: true});

  test('has other rights and another life where a test asks for them', () => {
    const {capability, ttlSeconds} = claims('channel=conversations:lisbon&clientId=Ana&capability=publish,history&ttl=2');
    assert.deepEqual(capability, {'conversations:lisbon': ['publish', 'history']});
    assert.equal(ttlSeconds, 2);
  });

  test('expires its life after it was issued', async () => {
    const token = await signToken('app.key:secret:with:colons', {...agentClaims(), ttlSeconds: 2}, 1_000_000);
    const key = new TextEncoder().encode('secret:with:colons');
    const {payload} = await jwtVerify(token, key, {currentDate: new Date(1_001_000)});
    assert.equal(payload.exp, 1002);
    await assert.rejects(jwtVerify(token, key, {currentDate: new Date(1_003_000)}), {code: 'ERR_JWT_EXPIRED'});
  });
});
