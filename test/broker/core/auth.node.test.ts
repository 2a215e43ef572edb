import assert from 'node:assert/strict';
import {createHmac} from 'node:crypto';
import {describe, test} from 'node:test';
import {resolveClientId} from '../../../broker/core/auth.ts';
import {Capability} from '../../../broker/core/capability.ts';
import {Bench, appRecord} from '../harness.ts';

describe('a capability', () => {
  const permits = (text: string, operation: string, channel: string) => Capability.read(text).permits(operation, channel);

  test('names channels exactly, by namespace, by segment, or all of a type', () => {
    assert.equal(permits('{"a":["publish"]}', 'publish', 'a'), true);
    assert.equal(permits('{"a":["publish"]}', 'publish', 'b'), false);
    assert.equal(permits('{"*":["*"]}', 'publish', 'any:thing'), true);
    assert.equal(permits('{"*":["*"]}', 'publish', '[meta]log'), false);
    assert.equal(permits('{"[*]*":["*"]}', 'publish', '[meta]log'), true);
    assert.equal(permits('{"ns:*":["publish"]}', 'publish', 'ns:a:b'), true);
    assert.equal(permits('{"ns:*":["publish"]}', 'publish', 'ns'), false);
    assert.equal(permits('{"a:*:c":["publish"]}', 'publish', 'a:b:c'), true);
    assert.equal(permits('{"a:*:c":["publish"]}', 'publish', 'a:b:d'), false);
    assert.equal(permits('{"foo*":["publish"]}', 'publish', 'foobar'), false);
  });

  test('is refused when malformed', () => {
    for (const text of ['', '[]', '"x"', '{"a":[]}', '{"a":["publish_"]}', '{"a":["*","publish"]}', '{"a":"publish"}']) {
      assert.throws(() => Capability.read(text), {statusCode: 400}, text);
    }
  });

  test('intersects resource by resource, operations in order', () => {
    const meet = (left: string, right: string) => Capability.read(left).intersect(Capability.read(right)).toString();
    assert.equal(meet('{"c":["subscribe","presence"],"x":["publish"]}', '{"c":["publish","subscribe"]}'), '{"c":["subscribe"]}');
    assert.equal(meet('{"c":["*"]}', '{"c":["subscribe","publish"]}'), '{"c":["publish","subscribe"]}');
    assert.equal(meet('{"ns:a":["publish"]}', '{"ns:*":["publish"]}'), '{"ns:a":["publish"]}');
    assert.equal(meet('{"*":["*"]}', '{"ns:*":["publish"]}'), '{"ns:*":["publish"]}');
    assert.equal(meet('{"a":["publish"]}', '{"b":["publish"]}'), '{}');
  });
});

describe('credentials', () => {
  test('a bad key is 40101, also when the app is unknown', () => {
    const bench = new Bench();
    for (const key of ['app.key:wrong', 'app.nokey:secret', 'noapp.key:secret', 'nonsense', '']) assert.throws(() => bench.connect({key}), {code: 40101, statusCode: 401});
  });

  test('the client id follows from the credentials and what the client asks for (RSA7, RSA15)', () => {
    const bench = new Bench();
    const resolve = (credentials: {key: string} | {token: string}, asked?: string) => resolveClientId(bench.broker.authenticator.authenticate(credentials), asked);
    const key = {key: 'app.key:secret'};
    const token = (clientId?: string) => ({token: bench.token(clientId === undefined ? {} : {clientId})});
    assert.equal(resolve(key), '*');
    assert.equal(resolve(key, 'a'), 'a');
    assert.equal(resolve(token()), undefined);
    assert.throws(() => resolve(token(), 'a'), {code: 40102});
    assert.equal(resolve(token('*')), '*');
    assert.equal(resolve(token('*'), 'a'), 'a');
    assert.equal(resolve(token('a')), 'a');
    assert.equal(resolve(token('a'), 'a'), 'a');
    assert.throws(() => resolve(token('a'), 'b'), {code: 40102});
  });

  test('tokens end, and forged ones are refused', () => {
    const bench = new Bench();
    const token = bench.token({ttl: 1});
    bench.environment.advance(1);
    assert.throws(() => bench.connect({token}), {code: 40142, statusCode: 401});
    const good = bench.token();
    assert.throws(() => bench.connect({token: `${good.slice(0, -2)}xx`}), {code: 40101});
    assert.throws(() => bench.connect({token: good.replace('app.key', 'other.key')}), {code: 40400});
    for (const garbage of ['', 'garbage', 'a.b.c', 'app.key~e30~x', '....']) assert.throws(() => bench.connect({token: garbage}), {name: 'AblyError'});
  });
});

describe('a JWT', () => {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const sign = (claims: Record<string, unknown>, {kid = 'app.key', secret = 'secret', alg = 'HS256'} = {}) => {
    const body = `${encode({typ: 'JWT', alg, kid})}.${encode(claims)}`;
    return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
  };
  const seconds = (bench: Bench) => Math.floor(bench.environment.now() / 1000);

  test('signed with a key gives what it claims, within what the key may', () => {
    const bench = new Bench({apps: [appRecord('app', '{"a":["*"]}')]});
    const now = seconds(bench);
    const claims = {iat: now, exp: now + 60, 'x-ably-capability': '{"*":["subscribe"]}', 'x-ably-clientId': 'ada'};
    const principal = bench.broker.authenticator.authenticate({token: sign(claims)});
    assert.equal(principal.clientId, 'ada');
    assert.equal(principal.capability.toString(), '{"a":["subscribe"]}');
    assert.equal(principal.expires, (now + 60) * 1000);
  });

  test('is refused when expired, forged, or of an unknown app', () => {
    const bench = new Bench();
    const now = seconds(bench);
    const code = (token: string) => {
      try {
        bench.broker.authenticator.authenticate({token});
        return 0;
      } catch (error) {
        return (error as {code?: number}).code;
      }
    };
    assert.equal(code(sign({iat: now - 60, exp: now - 1})), 40142);
    assert.equal(code(sign({iat: now, exp: now + 60}, {secret: 'wrong'})), 40144);
    assert.equal(code(sign({iat: now, exp: now + 60}, {alg: 'none'})), 40144);
    assert.equal(code(sign({iat: now, exp: now + 60}, {kid: 'invalid.invalid'})), 40400);
    assert.equal(code(sign({})), 40101);
    assert.equal(code(sign({'x-ably-token': bench.token()})), 0);
  });
});

describe('a token request', () => {
  const request = (bench: Bench, fields: Record<string, string | number> = {}, secret = 'secret') => {
    const body: Record<string, string | number> = {keyName: 'app.key', timestamp: bench.environment.now(), nonce: bench.environment.randomId(16), ...fields};
    const text = ['keyName', 'ttl', 'capability', 'clientId', 'timestamp', 'nonce'].map((field) => `${body[field] ?? ''}\n`).join('');
    return {...body, mac: createHmac('sha256', secret).update(text).digest('base64')};
  };
  const ask = (bench: Bench, body: unknown, keyName = 'app.key') => bench.broker.tokenRequests.answer(keyName, body);

  test('gives a token with the time, capability and client id asked for (RSA8)', () => {
    const bench = new Bench();
    const details = ask(bench, request(bench, {ttl: '123', clientId: 'ada', capability: '{"c":["subscribe","publish"]}'}));
    assert.equal(details.expires - details.issued, 123);
    assert.equal(details.capability, '{"c":["publish","subscribe"]}');
    assert.equal(bench.broker.authenticator.authenticate({token: details.token}).clientId, 'ada');
    assert.equal(ask(bench, request(bench)).expires - bench.environment.now(), 3_600_000);
  });

  test('is refused for what is wrong with it', () => {
    const bench = new Bench({apps: [appRecord('app', '{"c":["subscribe"]}')]});
    const refused = (body: unknown, code: number, keyName?: string) => assert.throws(() => ask(bench, body, keyName), {code}, JSON.stringify(body));
    refused(request(bench, {}, 'wrong'), 40101);
    refused(request(bench, {timestamp: bench.environment.now() - 30 * 60_000}), 40104);
    const once = request(bench);
    ask(bench, once);
    refused(once, 40105);
    for (const ttl of [0, -1, 25 * 3_600_000, 'soon']) refused(request(bench, {ttl}), 40003);
    refused(request(bench, {clientId: ''}), 40012);
    refused(request(bench, {capability: '{"c":["publish_"]}'}), 40000);
    refused(request(bench, {capability: '{"c":["publish"]}'}), 40160);
    refused(request(bench), 40400, 'app.other');
    refused('text', 40003);
  });
});
