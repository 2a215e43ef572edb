/** A burst through the real thing: an agent on a broker, the SDK and AI Transport in the page, and the elements on them. */
import Ably from 'ably';
import type {IncomingMessage, ServerResponse} from 'node:http';
import {defaultKey, startBroker} from '../broker/index.ts';
import {signToken} from '../demo/http/token.ts';
import {DrivenAgent} from '../test/helpers/driven-agent.ts';
import type {PageServer} from './build-pages.ts';
import {Meter} from './measure.ts';
import {sampleMarkdown} from './page/sample.ts';

const channel = 'conversations:bench';
const endMark = 'The very last words.';

/** Whose a script is, by the name of its chunk. */
const groups: Readonly<Record<string, string>> = {
  sdk: 'Ably and AI Transport', elements: 'our session and elements', render: 'our renderer, with marked', lit: 'Lit', highlighter: 'colours of code',
};

/** CPU time of the page's scripts in ms, by whose they are, sampled over one answer of so many tokens. */
export async function measureSession(server: PageServer, tokens: number): Promise<Record<string, number>> {
  const broker = await startBroker({port: 0});
  const client = new Ably.Realtime({endpoint: 'localhost', port: broker.port, tls: false, key: defaultKey, clientId: 'planner', logLevel: 0, disableConnectivityCheck: true});
  const agent = await DrivenAgent.join(client, channel);
  server.routes.set('/token', (_request, response) => void signToken(defaultKey, {clientId: 'ana', capability: {'*': ['*']}, ttlSeconds: 600})
    .then((token) => response.setHeader('content-type', 'application/jwt').end(token)));
  server.routes.set('/agent', (request, response) => void wake(agent, request, response));
  const meter = await Meter.open(`${server.origin}/?kit=session&port=${broker.port}`);
  try {
    await meter.page.getByRole('textbox').fill('Go on');
    await meter.page.keyboard.press('Enter');
    const run = await agent.answerNext();
    await run.append('A first word, so that all is loaded.\n\n');
    await meter.page.getByText('A first word').waitFor();
    await meter.client.send('Profiler.enable');
    await meter.client.send('Profiler.setSamplingInterval', {interval: 200});
    await meter.client.send('Profiler.start');
    for (const delta of `${sampleMarkdown(1, tokens)}\n\n${endMark}`.match(/\s*\S{1,5}/g) ?? []) await run.append(delta);
    await run.end('complete');
    await meter.page.getByText(endMark, {exact: true}).waitFor();
    const {profile} = await meter.client.send('Profiler.stop');
    return shares(profile);
  } finally {
    await meter.close();
    await agent.close();
    client.close();
    await broker.close();
  }
}

async function wake(agent: DrivenAgent, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = '';
  for await (const part of request) body += String(part);
  await agent.wake(JSON.parse(body) as Parameters<DrivenAgent['wake']>[0]);
  response.end();
}

interface Profile {
  nodes: {id: number; callFrame: {functionName: string; url: string}; children?: number[]}[];
  samples?: number[];
  timeDeltas?: number[];
}

/** What the browser does for a script, such as parsing JSON, counts to that script. */
function shares({nodes, samples = [], timeDeltas = []}: Profile): Record<string, number> {
  const groupOf = new Map<number, string>();
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const assign = (id: number, inherited: string): void => {
    const node = byId.get(id);
    if (!node) return;
    const {url, functionName} = node.callFrame;
    const chunk = /([\w-]+?)(?:-[\w-]{8})?\.js$/.exec(url)?.[1];
    const own = chunk === undefined ? undefined : (groups[chunk] ?? 'other scripts');
    const group = own ?? (functionName.startsWith('(') && functionName !== '(garbage collector)' ? `browser ${functionName}` : functionName === '(garbage collector)' ? 'garbage collection' : inherited);
    groupOf.set(id, group);
    for (const child of node.children ?? []) assign(child, group);
  };
  const [root] = nodes;
  if (root) assign(root.id, 'other scripts');
  const result: Record<string, number> = {};
  for (const [index, id] of samples.entries()) {
    const group = groupOf.get(id) ?? 'other scripts';
    result[group] = (result[group] ?? 0) + (timeDeltas[index] ?? 0) / 1_000;
  }
  delete result['browser (idle)'];
  delete result['browser (root)'];
  return Object.fromEntries(Object.entries(result).sort(([, one], [, other]) => other - one));
}
