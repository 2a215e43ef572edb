import type {LanguageModel} from 'ai';

/** A language model as the AI SDK calls it: its provider interface, version 4. */
export type Model = Extract<LanguageModel, {specificationVersion: 'v4'}>;

export type ModelCall = Parameters<Model['doStream']>[0];
export type ModelStream = Awaited<ReturnType<Model['doStream']>>;
export type ModelAnswer = Awaited<ReturnType<Model['doGenerate']>>;
export type ModelStreamPart = ModelStream['stream'] extends ReadableStream<infer Part> ? Part : never;
