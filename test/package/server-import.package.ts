import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {describe, it} from 'node:test';
import {promisify} from 'node:util';

const root = new URL('../../', import.meta.url);
const {exports} = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as {exports: Record<string, unknown>};

/** The script tag's file needs a browser; the others that are left out are data and style sheets. */
const entries = Object.keys(exports).filter((entry) => !entry.endsWith('.json') && entry !== './script' && !entry.endsWith('/*')).map((entry) => `agent-session-elements${entry.slice(1)}`);

/**
 * What imported packages themselves leave on a server: Lit's registry and lists of versions, and zod's settings (of the AI
 * SDK). None of them makes it look like a browser.
 */
const ofOthers = /^(lit\w*|reactiveElementVersions|customElements|__zod_global\w+)$/;

/** Imports each in a Node of its own, without `document`, and tells what is left behind. */
const script = `
const touchable = () => new Map(Reflect.ownKeys(globalThis).map((key) => [key, Object.getOwnPropertyDescriptor(globalThis, key)]));
touchable(); // Looking makes Node itself set up some of them.
const before = touchable();
const said = [];
for (const level of ['log', 'warn', 'error']) console[level] = (...words) => said.push(words.join(' '));
process.on('warning', ({message}) => said.push(message));
await import(process.argv[1]);
await new Promise((resolve) => setImmediate(resolve));
const touched = [...touchable()].filter(([key, {value, get}]) => !before.has(key) || !Object.is(before.get(key).value, value) || before.get(key).get !== get).map(([key]) => String(key));
const busy = process.getActiveResourcesInfo().filter((name) => name !== 'CloseReq');
process.stdout.write(JSON.stringify({touched, said, busy}));
`;

describe('On a server without a DOM', () => {
  for (const entry of entries) {
    it(`${entry} is imported without error, word or effect`, async () => {
      const {stdout} = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script, entry], {cwd: root, timeout: 30_000});
      const {touched, said, busy} = JSON.parse(stdout) as Record<'touched' | 'said' | 'busy', string[]>;
      assert.deepEqual(touched.filter((name) => !ofOthers.test(name)), [], 'globals');
      assert.deepEqual(said, [], 'words in the console');
      // Standard output of this very process is a pipe.
      assert.deepEqual(busy.filter((name) => !/^(PipeWrap|TTYWrap)$/.test(name)), [], 'what keeps the process alive');
    });
  }

  it('finds the entry of every element', () => {
    for (const tag of ['agent-session', 'agent-chat', 'barge-in-input', 'agent-status', 'agent-progress', 'shared-state', 'approval-inbox', 'agent-handover']) assert.ok(entries.includes(`agent-session-elements/${tag}`), tag);
  });
});
