import type {OpenAIItem, OpenAIMessage, OpenAIToolCallState} from '@ably/ai-transport/openai';
import type {MessagePart, ReasoningPart, TextPart, ToolPart} from '../../session/message.ts';

type FunctionCall = Extract<OpenAIItem, {type: 'function_call'}>;
type FunctionCallOutput = Extract<OpenAIItem, {type: 'function_call_output'}>;

/** What is known of the tool calls of a run, by call id. An agent may publish a result in another message than the call. */
export interface CallFacts {
  readonly outputs: ReadonlyMap<string, FunctionCallOutput['output']>;
  readonly states: ReadonlyMap<string, OpenAIToolCallState>;
}

/** Collects what the messages of a run say of its tool calls. */
export function callFacts(messages: readonly OpenAIMessage[]): CallFacts {
  const outputs = new Map<string, FunctionCallOutput['output']>();
  const states = new Map<string, OpenAIToolCallState>();
  for (const {items, toolCallStates = {}} of messages) {
    for (const item of items) if (item.type === 'function_call_output') outputs.set(item.call_id, item.output);
    for (const [callId, state] of Object.entries(toolCallStates)) states.set(callId, state);
  }
  return {outputs, states};
}

/** The parts of a Responses item (https://platform.openai.com/docs/api-reference/responses); `values` is its run's. */
export function partsOfItem(item: OpenAIItem, facts: CallFacts, values: JsonValues): readonly MessagePart[] {
  switch (item.type) {
    case 'message':
      // A person's message has no status, and is whole.
      return item.content.flatMap((content) => textPart(content, 'id' in item && item.status === 'in_progress'));
    case 'reasoning': {
      const text = [...item.summary, ...(item.content ?? [])].map((part) => part.text).join('\n\n');
      const state = item.status === 'in_progress' ? 'streaming' : 'done';
      return text === '' && state === 'done' ? [] : [{type: 'reasoning', text, state} satisfies ReasoningPart];
    }
    case 'function_call':
      return [callPart(item, facts, values)];
    default:
      return [];
  }
}

/** The parts of calls that somebody is asked to approve and that are not there themselves, where the page came in the middle. */
export function partsOfEarlyCalls({items, toolCallStates = {}}: OpenAIMessage, facts: CallFacts, values: JsonValues): readonly MessagePart[] {
  const calls = new Set(items.flatMap((item) => (item.type === 'function_call' ? item.call_id : [])));
  return Object.entries(toolCallStates)
    .filter(([callId, {name}]) => name !== undefined && !calls.has(callId))
    .map(([callId, {name = '', arguments: input = ''}]) => toolPart({callId, name, input, isWhole: true}, facts, values));
}

function textPart(content: {type: string; text?: string; refusal?: string}, isStreaming: boolean): readonly TextPart[] {
  // A refusal is what the model says instead of an answer: people read it as one.
  const text = content.type === 'refusal' ? content.refusal : content.text;
  return text === undefined ? [] : [{type: 'text', text, state: isStreaming ? 'streaming' : 'done'}];
}

function callPart({call_id: callId, name, arguments: input, status}: FunctionCall, facts: CallFacts, values: JsonValues): ToolPart {
  return toolPart({callId, name, input, isWhole: status !== 'in_progress'}, facts, values);
}

interface Call {
  readonly callId: string;
  readonly name: string;
  /** JSON text, as far as it is there. */
  readonly input: string;
  readonly isWhole: boolean;
}

function toolPart({callId, name, input, isWhole}: Call, {outputs, states}: CallFacts, values: JsonValues): ToolPart {
  const {approval, reason, result} = states.get(callId) ?? {};
  const asked = approval === undefined ? {} : {approval: {id: callId, ...(approval === 'pending' ? {} : {approved: approval === 'approved', ...(reason === undefined ? {} : {reason})})}};
  const part = {type: `tool-${name}`, toolCallId: callId, input: values.of(`input ${callId}`, input), ...asked} as const;
  const output = outputs.get(callId);
  if (approval === 'denied') return {...part, state: 'output-denied'};
  if (output !== undefined && result === 'failed') return {...part, state: 'output-error', errorText: typeof output === 'string' ? output : JSON.stringify(output)};
  if (output !== undefined) return {...part, state: 'output-available', output: typeof output === 'string' ? (values.of(`output ${callId}`, output) ?? output) : output};
  if (approval === 'pending') return {...part, state: 'approval-requested'};
  if (approval === 'approved') return {...part, state: 'approval-responded'};
  return {...part, state: isWhole ? 'input-available' : 'input-streaming'};
}

/** What the JSON of a run's calls says: each text is parsed once, however often its call is shown. */
export class JsonValues {
  readonly #known = new Map<string, {readonly json: string; readonly value: unknown}>();

  /** The value of the text `json`, which `name` stands for; undefined for what is no JSON, or no whole one yet. */
  of(name: string, json: string): unknown {
    let known = this.#known.get(name);
    if (known?.json !== json) this.#known.set(name, (known = {json, value: valueOf(json)}));
    return known.value;
  }
}

function valueOf(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
