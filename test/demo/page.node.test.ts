import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {policyFor} from '../../demo/http/page.ts';
import {type RunningDemo, startDemo} from '../../demo/start-demo.ts';

describe('the page', () => {
  let demo: RunningDemo;
  before(async () => {
    demo = await startDemo({port: 0});
  });
  after(() => demo.close());

  test('names the elements and the broker’s port, and has no inline script or style', async () => {
    const html = await (await fetch(demo.url)).text();
    assert.match(html, /<agent-session auth-url="\/api\/auth\/token" agent-url="\/api\/chat">/);
    assert.match(html, new RegExp(`<meta name="broker-port" content="${demo.port}">`));
    assert.doesNotMatch(html, /<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/);
  });

  test('has a second one for who supervises a session, with all that is shared', async () => {
    const html = await (await fetch(`${demo.url}/operator`)).text();
    assert.match(html, /<agent-chat barge-in="alongside">[\s\S]*<\/agent-chat>/);
    assert.match(html, /<shared-state path="" editable>/);
    assert.match(html, new RegExp(`<meta name="broker-port" content="${demo.port}">`));
    assert.doesNotMatch(html, /<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/);
  });

  test('and every file of it comes under a strict policy', async () => {
    const html = await (await fetch(demo.url)).text();
    const files = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((match) => match[1] ?? '');
    assert.ok(files.length >= 3);
    for (const path of ['/', '/operator', ...files]) {
      const response = await fetch(demo.url + path);
      assert.equal(response.status, 200);
      assert.match(response.headers.get('content-security-policy') ?? '', /^default-src 'self'; connect-src 'self' ws:\/\/localhost:\d+ .*require-trusted-types-for 'script'; trusted-types lit-html$/);
      assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
    }
  });

  test('says so when there is nothing at an address', async () => {
    const response = await fetch(`${demo.url}/assets/../../package.json`);
    assert.equal(response.status, 404);
    assert.deepEqual(await response.json(), {error: {message: 'Nothing is at /package.json.'}});
  });

  test('has no test switches outside of tests', async () => {
    assert.equal((await fetch(`${demo.url}/api/test/stats`)).status, 404);
  });
});

describe('the policy of the page', () => {
  test('lets it reach Ably where it runs on Ably', () => {
    assert.match(policyFor('example.com', {type: 'ably'}), /connect-src 'self' wss:\/\/\*\.ably\.net https:\/\/\*\.ably\.net /);
  });

  test('lets it reach a broker on its own host, however it is written', () => {
    assert.match(policyFor('[::1]:8080', {type: 'broker', port: 9010}), / ws:\/\/\[::1\]:9010 /);
  });

  test('takes nothing from a Host header that is not a host', () => {
    assert.match(policyFor("x; script-src 'unsafe-inline'", {type: 'broker', port: 1}), /connect-src 'self' ws:\/\/localhost:1 http:\/\/localhost:1; base-uri/);
  });
});
