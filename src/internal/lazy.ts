import {idle} from './idle.ts';
import {warnOnce} from './warn.ts';

/** A part of the library that is a file of its own, loaded once, when it is needed first. */
export class Lazy<Part> {
  readonly #import: () => Promise<Part>;
  readonly #without: string;
  #loaded: Part | undefined;
  #loading: Promise<Part> | undefined;

  /**
   * @param load imports the part
   * @param without says in the console how things are as long as it cannot be loaded, as `Answers show as plain text`
   */
  constructor(load: () => Promise<Part>, without: string) {
    this.#import = load;
    this.#without = without;
  }

  /** The part, if it is here. */
  get loaded(): Part | undefined {
    return this.#loaded;
  }

  /**
   * Loads it; a load that failed is tried again with the next call.
   * @throws {Error} when its file cannot be loaded.
   */
  load(): Promise<Part> {
    this.#loading ??= this.#import().then((part) => (this.#loaded = part), (error: unknown) => {
      this.#loading = undefined;
      warnOnce(`${this.#without}, because a part of the library could not be loaded: ${String(error)}. See that its folder lies beside the script.`);
      throw error;
    });
    return this.#loading;
  }

  /** Loads it in idle time, after `most` milliseconds at the latest. Never rejects: who needs it then tries again. */
  async warmUp(most = 500): Promise<Part | undefined> {
    await idle(most);
    return this.load().catch(() => undefined);
  }
}
