import type {ReactiveController, ReactiveControllerHost} from 'lit';

export interface PoliteRegionOptions {
  /** The live region that it writes to, and nothing else does; null until it is drawn. */
  region: () => HTMLElement | null;
  /** What is said in place of more lines than anybody would listen to. */
  summary: (count: number) => string;
}

/** What happens within this time is said in one breath. */
const breathMs = 1000;
/** How long it is silent after it has spoken, whatever happens. */
const restMs = 4000;
/** How many lines are said one by one. */
const linesAtOnce = 4;

/**
 * Says how things stand with several things to people who do not see it, without talking all the time: only the newest
 * word on each, several together, and nothing about what has come back to where it was meanwhile.
 */
export class PoliteRegion implements ReactiveController {
  readonly #options: PoliteRegionOptions;
  /** The last line that was said of each thing. */
  readonly #said = new Map<string, string>();
  readonly #waiting = new Map<string, string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, options: PoliteRegionOptions) {
    this.#options = options;
    host.addController(this);
  }

  /** @param before what would have been said of how it stood, where nothing has been said of it yet. */
  say(key: string, line: string, before?: string): void {
    if (before !== undefined && !this.#said.has(key)) this.#said.set(key, before);
    if (this.#said.get(key) === line) {
      this.#waiting.delete(key);
      return;
    }
    this.#waiting.set(key, line);
    this.#timer ??= setTimeout(() => this.#speak(), breathMs);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting.clear();
    this.#said.clear();
    this.#options.region()?.replaceChildren();
  }

  #speak(): void {
    const lines = [...this.#waiting.values()];
    for (const [key, line] of this.#waiting) this.#said.set(key, line);
    this.#waiting.clear();
    // What was said long ago would only be found by whoever reads on, so that silence empties the region.
    const paragraphs = lines.length === 0 ? [] : [document.createElement('p')];
    for (const paragraph of paragraphs) paragraph.textContent = lines.length > linesAtOnce ? this.#options.summary(lines.length) : lines.join(' ');
    this.#options.region()?.replaceChildren(...paragraphs);
    this.#timer = lines.length === 0 ? undefined : setTimeout(() => this.#speak(), restMs);
  }
}
