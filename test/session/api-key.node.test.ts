import assert from 'node:assert/strict';
import {test} from 'node:test';
import {isApiKeyAttribute} from '../../src/session/api-key.ts';

const secret = 'Zx9-Kq2_LmN8pQrStUvWxYz0123456789AbCdEfGhIj';

test('a key is recognised in any attribute', () => {
  assert.equal(isApiKeyAttribute('channel', `xVLyHw.A-Bcde:${secret}`), true);
  assert.equal(isApiKeyAttribute('auth-url', `/token?key=local.demo:local-secret`), true);
  assert.equal(isApiKeyAttribute('client-id', `local.demo:local-secret`), true);
  assert.equal(isApiKeyAttribute('api-key', 'anything'), true);
});

test('channel names and addresses are not taken for keys', () => {
  assert.equal(isApiKeyAttribute('channel', 'conversations:lisbon'), false);
  assert.equal(isApiKeyAttribute('channel', 'acme.eu:conversation-2026'), false);
  assert.equal(isApiKeyAttribute('auth-url', 'https://auth.example.com:8443/api/token?channel=conversations:lisbon'), false);
  assert.equal(isApiKeyAttribute('endpoint', 'main.realtime.ably.net'), false);
  assert.equal(isApiKeyAttribute('client-id', 'ana@example.com'), false);
});
