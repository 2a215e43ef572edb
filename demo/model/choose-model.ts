import type {Model} from './model.ts';
import type {Pace} from './pace.ts';
import {ScriptedModel} from './scripted-model.ts';

export interface ChosenModel {
  readonly model: Model;
  /** What it is, for the page and the log. */
  readonly label: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The model that the environment asks for:
 *
 * - `OPENAI_BASE_URL`: any server with OpenAI's chat API, such as Ollama or vLLM; `OPENAI_MODEL` names the model.
 * - `OPENAI_API_KEY`: OpenAI; `OPENAI_MODEL` to name another model.
 * - `ANTHROPIC_API_KEY`: Anthropic; `ANTHROPIC_MODEL` to name another model.
 * - none of them: the scripted one.
 *
 * A provider is loaded only where it is used: each reads the environment as it loads.
 *
 * @throws {Error} when `OPENAI_BASE_URL` is set without `OPENAI_MODEL`.
 */
export async function chooseModel(environment: Environment, pace?: Pace): Promise<ChosenModel> {
  const {OPENAI_BASE_URL: baseURL, OPENAI_API_KEY: openAiKey, OPENAI_MODEL: openAiModel, ANTHROPIC_API_KEY: anthropicKey} = environment;
  if (isSet(baseURL)) {
    if (!isSet(openAiModel)) throw new Error('OPENAI_BASE_URL is set but OPENAI_MODEL is not: name the model that server is to use.');
    const {createOpenAICompatible} = await import('@ai-sdk/openai-compatible');
    const provider = createOpenAICompatible({name: 'openai-compatible', baseURL, apiKey: openAiKey});
    return {model: provider(openAiModel), label: `${openAiModel} at ${baseURL}`};
  }
  if (isSet(openAiKey)) {
    const {createOpenAI} = await import('@ai-sdk/openai');
    const id = openAiModel ?? 'gpt-5-mini';
    return {model: createOpenAI({apiKey: openAiKey})(id), label: id};
  }
  if (isSet(anthropicKey)) {
    const {createAnthropic} = await import('@ai-sdk/anthropic');
    const id = environment['ANTHROPIC_MODEL'] ?? 'claude-sonnet-4-5';
    return {model: createAnthropic({apiKey: anthropicKey})(id), label: id};
  }
  return {model: new ScriptedModel({pace}), label: 'a scripted model'};
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}
