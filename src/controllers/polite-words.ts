import type {ReactiveController, ReactiveControllerHost} from 'lit';

/** What happens within this time is said in one breath, in ms. */
const breathMs = 150;
/** How long what was said stays to be found, before it would only be read twice by whoever reads on, in ms. */
const echoMs = 10_000;

/** Tells people who do not see it what became of what they just did, each time. */
export class PoliteWords implements ReactiveController {
  readonly #region: () => HTMLElement | null;
  #lines: string[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param region the live region that it writes to, and nothing else does; null until it is drawn. */
  constructor(host: ReactiveControllerHost, region: () => HTMLElement | null) {
    this.#region = region;
    host.addController(this);
  }

  say(line: string): void {
    this.#lines.push(line);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#speak(), breathMs);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#lines = [];
    this.#region()?.replaceChildren();
  }

  #speak(): void {
    const paragraph = document.createElement('p');
    paragraph.textContent = this.#lines.join(' ');
    this.#lines = [];
    // A new node each time, since the same words may have to be said twice.
    this.#region()?.replaceChildren(paragraph);
    this.#timer = setTimeout(() => paragraph.remove(), echoMs);
  }
}
