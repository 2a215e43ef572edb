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

/** A page in which an answer has begun. */
interface Opened {
  readonly meter: Meter;
  readonly answer: DrivenAgentRun;
  /** Whether so much of the answer has come. Asking costs the page time. */
  has(text: string): Promise<boolean>;
}

/** How long a page may take for its answer, in ms by the clock. */
const limitMs = 300_000;

/** One answer of so many tokens, in both kinds of page in turns. */
export async function measureSession(server: PageServer, tokens: number, runs: number): Promise<SessionResult> {
  const costs: Record<PageKind, PageCost[]> = {chat: [], bare: []};
  for (let run = 0; run < runs; run++) {
    for (const kind of ['bare', 'chat'] as const) costs[kind].push(await inPage(server, kind, async (opened) => await costOf(opened, tokens)));
  }
  const shares = await inPage(server, 'chat', async (opened) => await profiled(opened, tokens));
  const of = (kind: PageKind): PageCost => medians(costs[kind].map((cost) => ({...cost}))) as unknown as PageCost; // The medians of its fields.
  return {runs, chat: of('chat'), bare: of('bare'), shares};
}

/** Opens a page whose conversation has a broker of its own and an answer that has begun, and waits until it is quiet. */
async function inPage<T>(server: PageServer, kind: PageKind, work: (opened: Opened) => Promise<T>): Promise<T> {
  const broker = await startBroker({port: 0});
  const client = new Ably.Realtime({endpoint: 'localhost', port: broker.port, tls: false, key: defaultKey, clientId: 'planner', logLevel: 0, disableConnectivityCheck: true});
  const agent = await DrivenAgent.join(client, channel);
  server.routes.set('/token', (_request, response) => void signToken(defaultKey, {clientId: 'ana', capability: {'*': ['*']}, ttlSeconds: 600})
    .then((token) => response.setHeader('content-type', 'application/jwt').end(token)));
  server.routes.set('/agent', (request, response) => void wake(agent, request, response));
  const meter = await Meter.open(`${server.origin}/?kit=${kind === 'chat' ? 'session' : 'bare-session'}&port=${broker.port}`, {cap: limitMs});
  const has = async (text: string): Promise<boolean> => (kind === 'bare'
    ? await meter.page.evaluate<boolean>(`bareSession.has(${JSON.stringify(text)})`)
    : await meter.page.getByText(text, {exact: true}).count() > 0);
  try {
    if (kind === 'chat') {
      await meter.page.getByRole('textbox').fill('Go on');
      await meter.page.keyboard.press('Enter');
    }
    const opened = {meter, answer: await agent.answerNext(), has};
    await opened.answer.append(`${beginning}\n\n`);
    await arrived(opened, beginning);
    return await work(opened);
  } finally {
    await meter.close();
    await agent.close();
    client.close();
    await broker.close();
  }
}

/**
 * Waits until the page does nothing more and has so much of the answer; resolves to what it had used by then, and when, by the
 * clock. It is looked into only once it is quiet, since that costs it time as well.
 * @throws {Error} when the text does not come
 */
async function arrived({meter, has}: Opened, text: string): Promise<{metrics: Record<string, number>; at: number}> {
  for (const begun = performance.now(); performance.now() - begun < limitMs;) {
    const {at} = await meter.quiet();
    const metrics = await meter.metrics();
    if (await has(text)) return {metrics, at};
  }
  throw new Error(`"${text}" never came.`);
}

async function stream(answer: DrivenAgentRun, tokens: number): Promise<void> {
  for (const delta of `${sampleMarkdown(1, tokens)}\n\n${endMark}`.match(/\s*\S{1,5}/g) ?? []) await answer.append(delta);
  await answer.end('complete');
}

async function costOf(opened: Opened, tokens: number): Promise<PageCost> {
  const begun = performance.now();
  const before = await opened.meter.metrics();
  await stream(opened.answer, tokens);
  const {metrics: after, at} = await arrived(opened, endMark);
  const of = (name: string): number => ((after[name] ?? 0) - (before[name] ?? 0)) * 1_000;
  const [all, script, style, layout] = [of('TaskDuration'), of('ScriptDuration'), of('RecalcStyleDuration'), of('LayoutDuration')];
  return {all, script, style, layout, other: all - script - style - layout, lasted: at - begun};
}

async function profiled(opened: Opened, tokens: number): Promise<Record<string, number>> {
  const {client} = opened.meter;
  await client.send('Profiler.enable');
  await client.send('Profiler.setSamplingInterval', {interval: 200});
  await client.send('Profiler.start');
  await stream(opened.answer, tokens);
  await opened.meter.quiet();
  const {profile} = await client.send('Profiler.stop');
  await arrived(opened, endMark);
  return sharesOf(profile);
}

async function wake(agent: DrivenAgent, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = '';
  for await (const part of request) body += String(part);
  await agent.wake(JSON.parse(body) as Parameters<DrivenAgent['wake']>[0]);
  response.end();
}
