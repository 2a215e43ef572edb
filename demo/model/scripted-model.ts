import type {Model, ModelAnswer, ModelCall, ModelStream, ModelStreamPart} from './model.ts';
import {naturalPace, type Pace} from './pace.ts';
import type {Itinerary} from '../planner/shared-trip.ts';
import {announceBooking, answerTo, announcementOf, thoughtsOn, type ToolAnswer} from './planner-words.ts';
import {tokensOf} from './tokens.ts';
import {changeIn, type PlannerAsk, plannerAskIn} from './trip-words.ts';
import {type Reply, replyTo} from './write.ts';

export interface ScriptedModelOptions {
  pace?: Pace;
  /** `YYYY-MM-DD`; dates that people name are the next ones after it. */
  today?: () => string;
}

/** What a call gives: text, and then tools to call, where there are any. */
interface Turn {
  readonly reply: Reply;
  readonly thoughts?: string;
  readonly calls: readonly {readonly toolName: string; readonly input: object}[];
}

const textId = 'answer';
const thoughtsId = 'thoughts';

/**
 * A language model without a network: it plans city trips from a few rules and notes, one token at a time, at the pace
 * of a hosted model. The same conversation gets the same answer. Where it is given the planner's tools, it has specialists
 * search and answers from what they find.
 *
 * `/fail` fails in mid-answer, `/slow …` answers slowly, `/long N` writes N numbered paragraphs.
 */
export class ScriptedModel implements Model {
  readonly specificationVersion = 'v4';
  readonly provider = 'scripted';
  readonly modelId = 'travel-planner';
  readonly supportedUrls = {};
  readonly #pace: Pace;
  readonly #today: () => string;

  constructor({pace = naturalPace(), today = () => new Date().toISOString().slice(0, 10)}: ScriptedModelOptions = {}) {
    this.#pace = pace;
    this.#today = today;
  }

  doStream(call: ModelCall): Promise<ModelStream> {
    const parts = answerParts(turnFor(call, this.#today()), this.#pace, call.abortSignal);
    return Promise.resolve({stream: streamOf(parts)});
  }

  /** Says a text and calls tools, at its pace: for models that have tools of their own. */
  turn({text, calls = []}: {readonly text: string; readonly calls?: Turn['calls']}, signal: AbortSignal | undefined): Promise<ModelStream> {
    return Promise.resolve({stream: streamOf(answerParts({reply: say(text), calls}, this.#pace, signal))});
  }

  async doGenerate(call: ModelCall): Promise<ModelAnswer> {
    const {stream} = await this.doStream(call);
    let text = '';
    for await (const part of stream) {
      if (part.type === 'text-delta') text += part.delta;
      if (part.type === 'error') throw part.error;
    }
    const tokens = tokensOf(text).length;
    return {content: [{type: 'text', text}], finishReason: {unified: 'stop', raw: 'stop'}, usage: usageOf(tokens), warnings: []};
  }
}

/** The failure that `/fail` asks for. */
class ScriptedFailure extends Error {
  override readonly name = 'ScriptedFailure';

  constructor() {
    super('it broke off in mid-answer, as “/fail” asked');
  }
}

async function* answerParts({reply, thoughts = '', calls}: Turn, pace: Pace, signal: AbortSignal | undefined): AsyncGenerator<ModelStreamPart, void, void> {
  const tokens = tokensOf(reply.text);
  const failsAt = reply.failsAfter === undefined ? Infinity : Math.floor(tokens.length * reply.failsAfter);
  yield {type: 'stream-start', warnings: []};
  const thinking = tokensOf(thoughts);
  if (thinking.length > 0) {
    yield {type: 'reasoning-start', id: thoughtsId};
    for (const [index, token] of thinking.entries()) {
      await pace({token, index, slowdown: reply.slowdown, signal});
      yield {type: 'reasoning-delta', id: thoughtsId, delta: token};
    }
    yield {type: 'reasoning-end', id: thoughtsId};
  }
  if (tokens.length > 0) yield {type: 'text-start', id: textId};
  for (const [index, token] of tokens.entries()) {
    await pace({token, index, slowdown: reply.slowdown, signal});
    if (index >= failsAt) {
      yield {type: 'error', error: new ScriptedFailure()};
      return;
    }
    yield {type: 'text-delta', id: textId, delta: token};
  }
  if (tokens.length > 0) yield {type: 'text-end', id: textId};
  for (const {url, title} of reply.sources ?? []) yield {type: 'source', sourceType: 'url', id: url, url, title};
  for (const {toolName, input} of calls) {
    yield {type: 'tool-call', toolCallId: crypto.randomUUID(), toolName, input: JSON.stringify(input)};
  }
  const reason = calls.length > 0 ? 'tool-calls' : 'stop';
  yield {type: 'finish', finishReason: {unified: reason, raw: reason}, usage: usageOf(tokens.length)};
}

function turnFor({prompt, tools}: ModelCall, today: string): Turn {
  const messages = messagesOfPerson(prompt);
  const results = toolAnswers(prompt);
  const ask = tools?.length ? plannerAskIn(messages, today) : undefined;
  if (results.length > 0) return afterTools(prompt, results, ask);
  const steered = ask ? undefined : afterSteer(prompt, messages.at(-1) ?? '', today);
  if (steered) return steered;
  if (!ask) return {reply: replyTo(messages), calls: []};
  return {thoughts: thoughtsOn(ask), reply: say(announcementOf(ask)), calls: callsFor(ask)};
}

/** The tools have worked: what they gave is told, or is what the next tool needs. */
function afterTools(prompt: ModelCall['prompt'], results: readonly ToolAnswer[], ask: PlannerAsk | undefined): Turn {
  const last = results.at(-1);
  if (ask?.type === 'book' && last?.toolName === 'currentItinerary' && !last.isFailure) {
    const {trip, flight, hotel, activities, total} = last.value as Itinerary;
    if (!flight && !hotel && activities.length === 0) return {reply: say(answerTo([{toolName: 'book', value: {end: 'nothing-chosen'}, isFailure: false}])), calls: []};
    const {what, travelClass} = ask;
    return {reply: say(announceBooking({total, trip})), calls: [{toolName: 'book', input: {what, people: ask.people ?? trip.people ?? 1, travelClass}}]};
  }
  if (last?.toolName === 'book' && (last.value as {end?: unknown} | undefined)?.end === 'needs-supervisor') {
    const input = lastInput(prompt, 'book');
    return {reply: say(`${answerTo([last])} So I ask your supervisor.`), calls: input ? [{toolName: 'book', input}] : []};
  }
  // What was looked up before a booking has been told before.
  return {reply: say(answerTo(last?.toolName === 'book' ? [last] : results)), calls: []};
}

/** Somebody said something while tools worked: it changes what to search for, or how to tell what was found. */
function afterSteer(prompt: ModelCall['prompt'], steer: string, today: string): Turn | undefined {
  if (prompt.at(-2)?.role !== 'tool') return undefined;
  const results = toolAnswers(prompt.slice(0, -1));
  const searched = results.filter(({toolName}) => toolName.startsWith('search')).map(({toolName}) => toolName);
  const change = changeIn(steer, today);
  if (searched.length > 0 && Object.keys(change).length > 0) {
    return {reply: say('As you say. I am searching again with that.'), calls: [...new Set(searched)].map((toolName) => ({toolName, input: change}))};
  }
  return {reply: say(`As you say: *${steer.replaceAll('*', '')}*.\n\n${answerTo(results)}`), calls: []};
}

function say(text: string): Reply {
  return {text, slowdown: 1};
}

function lastInput(prompt: ModelCall['prompt'], name: string): object | undefined {
  const calls = prompt.flatMap(({role, content}) => (role === 'assistant' ? content : [])).filter((part) => part.type === 'tool-call' && part.toolName === name);
  const call = calls.at(-1);
  return call?.type === 'tool-call' && typeof call.input === 'object' && call.input !== null ? call.input : undefined;
}

const searchTools = {flights: 'searchFlights', hotels: 'searchHotels', activities: 'searchActivities'} as const;

function callsFor(ask: PlannerAsk): Turn['calls'] {
  switch (ask.type) {
    case 'itinerary':
    case 'book':
      return [{toolName: 'currentItinerary', input: {}}];
    case 'locate':
      return [{toolName: 'locate', input: {}}];
    case 'weather':
      return [{toolName: 'weather', input: {city: ask.city}}];
    case 'cancel':
      return [{toolName: 'cancelSearch', input: {kinds: ask.kinds}}];
    case 'search':
      return ask.kinds.map((kind) => ({
        toolName: searchTools[kind],
        input: {...ask.trip, ...(kind === 'activities' && ask.interest !== undefined && {interest: ask.interest})},
      }));
  }
}

/** The results of the tools that this answer has called: those at the end of the prompt. */
export function toolAnswers(prompt: ModelCall['prompt']): ToolAnswer[] {
  if (prompt.at(-1)?.role !== 'tool') return [];
  const start = prompt.findLastIndex(({role}) => role === 'user');
  return prompt.slice(start).flatMap(({role, content}) => (role === 'tool' ? content : [])).flatMap((part) => {
    if (part.type !== 'tool-result') return [];
    const {output} = part;
    const value = 'value' in output ? output.value : undefined;
    return {toolName: part.toolName, value, isFailure: output.type !== 'json'};
  });
}

function streamOf<T>(parts: AsyncGenerator<T, void, void>): ReadableStream<T> {
  return new ReadableStream({
    async pull(controller) {
      const next = await parts.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
    async cancel() {
      await parts.return();
    },
  });
}

function usageOf(tokens: number): ModelAnswer['usage'] {
  return {
    inputTokens: {total: undefined, noCache: undefined, cacheRead: undefined, cacheWrite: undefined},
    outputTokens: {total: tokens, text: tokens, reasoning: undefined},
  };
}

/** What people said, oldest first. */
export function messagesOfPerson(prompt: ModelCall['prompt']): string[] {
  return prompt.flatMap((message) => {
    if (message.role !== 'user') return [];
    return message.content.map((part) => (part.type === 'text' ? part.text : '')).join(' ');
  });
}
