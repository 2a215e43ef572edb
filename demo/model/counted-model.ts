import type {Model, ModelAnswer, ModelCall, ModelStream} from './model.ts';

/** A model that counts how often it is called, so that a test can tell one answer from two. */
export class CountedModel implements Model {
  readonly specificationVersion = 'v4';
  readonly #model: Model;
  #calls = 0;

  constructor(model: Model) {
    this.#model = model;
  }

  get calls(): number {
    return this.#calls;
  }

  get provider(): string {
    return this.#model.provider;
  }

  get modelId(): string {
    return this.#model.modelId;
  }

  get supportedUrls(): Model['supportedUrls'] {
    return this.#model.supportedUrls;
  }

  doGenerate(call: ModelCall): PromiseLike<ModelAnswer> {
    this.#calls += 1;
    return this.#model.doGenerate(call);
  }

  doStream(call: ModelCall): PromiseLike<ModelStream> {
    this.#calls += 1;
    return this.#model.doStream(call);
  }
}
