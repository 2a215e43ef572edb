import assert from 'node:assert/strict';
import type {PageRecord} from './hand.ts';
import {people} from './plan.ts';
import type {RecordedCall} from './terse-model.ts';
import type {ChannelEvent} from './witness.ts';

export interface Outcome {
  /** What was said, or was refused with a word to the person. */
  readonly said: readonly string[];
  readonly records: readonly PageRecord[];
  readonly events: readonly ChannelEvent[];
  readonly calls: readonly RecordedCall[];
}

/** Everything that must hold when three people have done what they wanted, and nothing goes on any more. */
export function checkAll({said, records, events, calls}: Outcome): void {
  const course = new Course(events);
  checkTexts(said, records, course);
  checkRuns(course);
  checkPages(records, course);
  checkCalls(calls, course);
  checkWritten(calls.filter(({heard}) => said.includes(heard.at(-1) ?? '')), events, course);
}

/** What goes on, by the channel's word. */
export function openIn(events: readonly ChannelEvent[]): string[] {
  const {runs, requests, regenerates, requestOf} = new Course(events);
  const answered = new Set(requestOf.values());
  return [
    ...[...runs].filter(([, steps]) => ['start', 'resume'].includes(steps.at(-1) ?? '')).map(([runId]) => `run ${runId} goes on`),
    ...[...requests].filter(([id]) => !answered.has(id) && !regenerates.has(id)).map(([id, text]) => `“${text}” (${id}) has no run`),
  ];
}

/** What the channel says of runs, messages and decisions. */
class Course {
  readonly texts = new Map<string, string[]>();
  /** Ids of messages that ask for a run, and of requests for another answer, with the text that is answered. */
  readonly requests = new Map<string, string>();
  /** Those of them that ask for another answer. Who reloads before the agent is told has asked nobody. */
  readonly regenerates = new Set<string>();
  readonly steers = new Set<string>();
  /** The runs into which somebody spoke. */
  readonly steered = new Set<string>();
  /** What runs have gone through, by their ids: `start`, `suspend`, `resume`, and how they ended. */
  readonly runs = new Map<string, string[]>();
  /** The runs in which anything was said. */
  readonly spoken = new Set<string>();
  /** The request that each run answers. */
  readonly requestOf = new Map<string, string>();
  /** The first decision on each call. */
  readonly decisions = new Map<string, {readonly who: string | undefined; readonly approved: boolean}>();

  constructor(events: readonly ChannelEvent[]) {
    const textOf = new Map<string, string>();
    for (const {name, clientId, transport, codec, data} of [...events].sort((one, other) => (one.serial < other.serial ? -1 : 1))) {
      const {'codec-message-id': id = '', 'run-id': runId = '', parent = ''} = transport;
      if (runId !== '' && id !== '') this.spoken.add(runId);
      if (name === 'ai-input' && codec['kind'] === 'user-message') {
        const text = String(data);
        textOf.set(id, text);
        this.texts.set(text, [...(this.texts.get(text) ?? []), id]);
        if (runId === '') this.requests.set(id, text);
        else {
          this.steers.add(text);
          this.steered.add(runId);
        }
      } else if (name === 'ai-input' && codec['kind'] === 'regenerate') {
        this.requests.set(id, textOf.get(parent) ?? '');
        this.regenerates.add(id);
      } else if (name === 'ai-input' && codec['kind'] === 'tool-approval-response') {
        const {toolCallId = '', approved} = codec;
        if (!this.decisions.has(toolCallId)) this.decisions.set(toolCallId, {who: clientId, approved: approved === 'true'});
      } else if (name.startsWith('ai-run-')) {
        const what = name === 'ai-run-end' ? (transport['run-reason'] ?? '') : name.slice('ai-run-'.length);
        this.runs.set(runId, [...(this.runs.get(runId) ?? []), what]);
        if (what === 'start') this.requestOf.set(runId, transport['input-codec-message-id'] ?? '');
      }
    }
  }
}

/** Nothing that was said is lost or said twice. */
function checkTexts(said: readonly string[], records: readonly PageRecord[], {texts}: Course): void {
  const unsent = new Set(records.flatMap((record) => record.unsent));
  const wrong = said.filter((text) => (texts.get(text)?.length ?? 0) + (unsent.has(text) ? 1 : 0) !== 1);
  assert.deepEqual(wrong, [], 'what was said is on the channel once, or shown as not sent');
  assert.deepEqual([...texts.keys()].filter((text) => !said.includes(text)), [], 'nothing is there that nobody said');
}

/** Each request has one run, each suspension one continuation, and none hangs. */
function checkRuns({runs, requests, regenerates, requestOf}: Course): void {
  const answers = new Map<string, number>();
  for (const request of requestOf.values()) answers.set(request, (answers.get(request) ?? 0) + 1);
  const wrong = [...requests].filter(([id]) => answers.get(id) !== 1 && !(regenerates.has(id) && !answers.has(id))).map(([id, text]) => `${text} (${id}) has ${answers.get(id) ?? 0} runs`);
  assert.deepEqual(wrong, []);
  const courses = [...runs].map(([runId, steps]) => `${runId} (“${requests.get(requestOf.get(runId) ?? '') ?? ''}”): ${steps.join(' ')}`);
  assert.deepEqual(courses.filter((course) => !/: start( suspend resume)*( suspend)?( (complete|cancelled))?$/.test(course)), [], 'runs that went another way');
  const open = [...runs].filter(([, steps]) => ['start', 'resume'].includes(steps.at(-1) ?? '')).map(([runId]) => runId);
  assert.deepEqual(open, [], 'runs that hang');
}

/** What is seen is what the channel says, and all see the same, in every version. */
function checkPages(records: readonly PageRecord[], {runs, decisions, texts, spoken}: Course): void {
  assert.deepEqual(records.flatMap(({problems}) => problems), [], 'every version can be looked at');
  const [first, ...others] = records.map(({messages, runs: shownRuns, decisions: shownDecisions}) => ({messages, runs: shownRuns, decisions: shownDecisions}));
  if (first) assert.deepEqual(others.flatMap((other, index) => differencesOf(first, other, spoken).map((what) => `${people[index + 1]} ${what}`)), [], `all see the same as ${people[0]}`);
  for (const [runId, {status}] of Object.entries(first?.runs ?? {})) assert.equal(status, statusAfter(runs.get(runId)?.at(-1)), `run ${runId}`);
  for (const [toolCallId, {state, who, approved}] of Object.entries(first?.decisions ?? {})) {
    if (state === 'decided') assert.deepEqual({who, approved}, decisions.get(toolCallId), `call ${toolCallId}`);
    else assert.deepEqual([state === 'pending' ? 'expired' : state, decisions.get(toolCallId)], ['expired', undefined], `call ${toolCallId}`);
  }
  const shown = new Set(Object.keys(first?.messages ?? {}));
  assert.deepEqual([...texts].filter(([, ids]) => !ids.every((id) => shown.has(id))).map(([text]) => text), [], 'all that was said can be seen in some version');
  assert.deepEqual([...spoken].filter((runId) => !(runId in (first?.runs ?? {}))), [], 'all runs in which anything was said can be seen in some version');
}

type Seen = Pick<PageRecord, 'messages' | 'runs' | 'decisions'>;

/** A run in which nothing was said has no message to go to: who looks at another version does not see it. */
function differencesOf(first: Seen, other: Seen, spoken: ReadonlySet<string>): string[] {
  return (['messages', 'runs', 'decisions'] as const).flatMap((kind) => {
    const [expected, seen]: Readonly<Record<string, unknown>>[] = [first[kind], other[kind]];
    return [...new Set([...Object.keys(expected!), ...Object.keys(seen!)])]
      .filter((id) => JSON.stringify(seen![id]) !== JSON.stringify(expected![id]))
      .filter((id) => kind !== 'runs' || spoken.has(id) || (seen![id] !== undefined && expected![id] !== undefined))
      .map((id) => `has of ${kind} ${id} ${JSON.stringify(seen![id])}, not ${JSON.stringify(expected![id])}`);
  });
}

function statusAfter(step: string | undefined): string | undefined {
  return step === 'start' || step === 'resume' ? 'active' : step === 'suspend' ? 'suspended' : step;
}

/**
 * A call of the model has a reason: that a run began or went on, or that somebody said something new into it, or that a tool
 * has worked. What is begun has its call, where nobody speaks into it; only who stops it may be faster.
 */
function checkCalls(calls: readonly RecordedCall[], {runs, requests, requestOf, steers, steered}: Course): void {
  const heard = new Set<string>();
  const without = new Map<string, number>();
  for (const call of calls) {
    const text = call.heard.findLast((candidate) => !steers.has(candidate)) ?? '';
    const last = call.heard.at(-1) ?? '';
    // “look” has its tool work within the run; “book” is gone on with by a decision.
    if (call.isAfterTool && call.heard.at(-1)?.startsWith('look') === true) continue;
    const isNew = steers.has(last) && !heard.has(last);
    heard.add(last);
    if (!isNew) without.set(text, (without.get(text) ?? 0) + 1);
  }
  const answered = new Set([...requestOf.values()].map((id) => requests.get(id) ?? ''));
  let exact = 0;
  for (const text of answered) {
    const own = [...runs].filter(([runId]) => requests.get(requestOf.get(runId) ?? '') === text);
    const begun = own.flatMap(([, steps]) => steps).filter((step) => step === 'start' || step === 'resume').length;
    const count = without.get(text) ?? 0;
    assert.ok(count <= begun, `${text}: the model was called ${count} times for ${begun} reasons`);
    if (own.some(([runId]) => steered.has(runId))) continue;
    // A run that waits for somebody has called the model, and is stopped without another call.
    const stopped = own.filter(([, steps]) => steps.at(-1) === 'cancelled' && steps.at(-2) !== 'suspend').length;
    assert.ok(count >= begun - stopped, `${text}: the model was called ${count} times for ${begun} reasons, of which ${stopped} were stopped`);
    if (stopped === 0) exact += 1;
  }
  assert.ok(exact >= Math.floor(answered.size / 4), `only ${exact} of ${answered.size} requests went their way undisturbed: too few to tell`);
}

/** What a call of the model wrote stands on the channel once, and nothing stands there that no call wrote. */
function checkWritten(calls: readonly RecordedCall[], events: readonly ChannelEvent[], {runs, requests, requestOf, steers, steered}: Course): void {
  const written = events.flatMap(({name, data}) => {
    const number = name === 'ai-output' ? /^Answer (\d+)/.exec(String(data))?.[1] : undefined;
    return number === undefined ? [] : [Number(number)];
  });
  assert.deepEqual(written.filter((number, index) => written.indexOf(number) !== index), [], 'calls whose answers are there twice');
  assert.deepEqual(written.filter((number) => !calls.some((call) => call.number === number)), [], 'answers that no call has written');
  // Who stops a run, or speaks into it, may do so as the model has just written its last word.
  const disturbed = new Set([...runs].filter(([runId, steps]) => steps.includes('cancelled') || steered.has(runId)).map(([runId]) => requests.get(requestOf.get(runId) ?? '')));
  const isUndisturbed = ({heard}: RecordedCall): boolean => !disturbed.has(heard.findLast((text) => !steers.has(text)));
  const whole = calls.filter((call) => !call.isGivenUp && isUndisturbed(call)).map(({number}) => number);
  assert.deepEqual(whole.filter((number) => !written.includes(number)), [], 'calls whose answers are lost');
}
