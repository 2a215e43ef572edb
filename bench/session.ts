/** A burst through the real thing: an agent on a broker, the SDK and AI Transport in the page, and the elements on them. */
import Ably from 'ably';
import type {IncomingMessage, ServerResponse} from 'node:http';
import {defaultKey, startBroker} from '../broker/index.ts';
import {signToken} from '../demo/http/token.ts';
import {DrivenAgent, type DrivenAgentRun} from '../test/helpers/driven-agent.ts';
import type {PageServer} from './build-pages.ts';
import {Meter} from './measure.ts';
import {medians} from './outcomes.ts';
import {sampleMarkdown} from './page/sample.ts';
import {sharesOf} from './profile.ts';

const channel = 'conversations:bench';
const beginning = 'A first word, so that all is loaded.';
const endMark = 'The very last words.';

/** `chat`: a page with `<agent-chat>`; `bare`: the SDK and AI Transport subscribed, and nothing shown. */
type PageKind = 'chat' | 'bare';

/** CPU time of a page's main thread from the first to the last token, until nothing more happens, in ms. */
export interface PageCost {
  all: number;
  script: number;
  style: number;
  layout: number;
  /** Paint, layers, garbage collection and the browser's own work. */
  other: number;
  /** By the clock. */
  lasted: number;
}

export interface SessionResult {
  /** How often each page was measured; these are medians. */
  readonly runs: number;
  readonly chat: PageCost;
  readonly bare: PageCost;
  /** Of one more burst, under a profiler: CPU time by whose script used it. */
  readonly shares: Readonly<Record<string, number>>;
}

/** One answer of so many tokens, in both kinds of page in turns. */
export async function measureSession(server: PageServer, tokens: number, runs: number): Promise<SessionResult> {
  const costs = {chat: [] as PageCost[], bare: [] as PageCost[]};
  for (let run = 0; run < runs; run++) {
    for (const kind of ['bare', 'chat'] as const) costs[kind].push(await inPage(server, kind, async (meter, answer) => await costOf(meter, async () => await stream(answer, tokens))));
  }
  const shares = await inPage(server, 'chat', async (meter, answer) => await profiled(meter, async () => await stream(answer, tokens)));
  const of = (kind: PageKind): PageCost => medians(costs[kind].map((cost) => ({...cost}))) as unknown as PageCost; // The medians of its fields.
  return {runs, chat: of('chat'), bare: of('bare'), shares};
}

/** Opens a page whose conversation has a broker of its own and an answer that has begun, and waits until it is quiet. */
async function inPage<T>(server: PageServer, kind: PageKind, work: (meter: Meter, answer: DrivenAgentRun) => Promise<T>): Promise<T> {
  const broker = await startBroker({port: 0});
  const client = new Ably.Realtime({endpoint: 'localhost', port: broker.port, tls: false, key: defaultKey, clientId: 'planner', logLevel: 0, disableConnectivityCheck: true});
  const agent = await DrivenAgent.join(client, channel);
  server.routes.set('/token', (_request, response) => void signToken(defaultKey, {clientId: 'ana', capability: {'*': ['*']}, ttlSeconds: 600})
    .then((token) => response.setHeader('content-type', 'application/jwt').end(token)));
  server.routes.set('/agent', (request, response) => void wake(agent, request, response));
  const meter = await Meter.open(`${server.origin}/?kit=${kind === 'chat' ? 'session' : 'bare-session'}&port=${broker.port}`, {cap: 300_000});
  const has = async (text: string): Promise<boolean> =>
    kind === 'bare' ? await meter.page.evaluate<boolean>(`bareSession.has(${JSON.stringify(text)})`) : await meter.page.getByText(text, {exact: true}).count() > 0;
  try {
    if (kind === 'chat') {
      await meter.page.getByRole('textbox').fill('Go on');
      await meter.page.keyboard.press('Enter');
    }
    const answer = await agent.answerNext();
    await answer.append(`${beginning}\n\n`);
    await meter.quiet();
    if (!await has(beginning)) throw new Error(`The answer does not begin in the ${kind} page.`);
    const result = await work(meter, answer);
    if (!await has(endMark)) throw new Error(`The end of the answer is not in the ${kind} page.`);
    return result;
  } finally {
    await meter.close();
    await agent.close();
    client.close();
    await broker.close();
  }
}

async function stream(answer: DrivenAgentRun, tokens: number): Promise<void> {
  for (const delta of `${sampleMarkdown(1, tokens)}\n\n${endMark}`.match(/\s*\S{1,5}/g) ?? []) await answer.append(delta);
  await answer.end('complete');
}

/** Nothing looks into the page meanwhile: that would cost it time as well. */
async function costOf(meter: Meter, work: () => Promise<void>): Promise<PageCost> {
  const begun = performance.now();
  const before = await meter.metrics();
  await work();
  const {at} = await meter.quiet();
  const after = await meter.metrics();
  const of = (name: string): number => ((after[name] ?? 0) - (before[name] ?? 0)) * 1_000;
  const [all, script, style, layout] = [of('TaskDuration'), of('ScriptDuration'), of('RecalcStyleDuration'), of('LayoutDuration')];
  return {all, script, style, layout, other: all - script - style - layout, lasted: at - begun};
}

async function profiled(meter: Meter, work: () => Promise<void>): Promise<Record<string, number>> {
  await meter.client.send('Profiler.enable');
  await meter.client.send('Profiler.setSamplingInterval', {interval: 200});
  await meter.client.send('Profiler.start');
  await work();
  await meter.quiet();
  const {profile} = await meter.client.send('Profiler.stop');
  return sharesOf(profile);
}

async function wake(agent: DrivenAgent, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = '';
  for await (const part of request) body += String(part);
  await agent.wake(JSON.parse(body) as Parameters<DrivenAgent['wake']>[0]);
  response.end();
}
