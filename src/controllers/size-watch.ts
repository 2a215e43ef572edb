import {nextFrame} from '../internal/frame.ts';
import type {Unsubscribe} from '../internal/listeners.ts';

/** Tells before a frame is painted that elements have changed their size, at most once a frame. */
export class SizeWatch {
  readonly #elements: readonly HTMLElement[];
  readonly #observer: ResizeObserver;
  readonly #sizes = new WeakMap<Element, string>();
  #cancelPause: Unsubscribe | undefined;

  constructor(elements: readonly HTMLElement[], onChange: () => void) {
    this.#elements = elements;
    this.#observer = new ResizeObserver((entries) => {
      // One that is observed again is told of, whether it has changed or not.
      if (entries.filter((entry) => this.#note(entry)).length === 0) return;
      // Scrolling brings what was not laid out yet into view. Engines report it to the page as an error ("ResizeObserver
      // loop …") where that changes a size again within the frame, so that is looked at in the next one.
      this.#observer.disconnect();
      this.#cancelPause = nextFrame(() => this.#observe());
      onChange();
    });
    this.#observe();
  }

  end(): void {
    this.#cancelPause?.();
    this.#observer.disconnect();
  }

  #observe(): void {
    for (const element of this.#elements) this.#observer.observe(element);
  }

  /** Whether its size is another one than before. */
  #note({target, contentRect: {width, height}}: ResizeObserverEntry): boolean {
    const size = `${width} ${height}`;
    const isOther = this.#sizes.get(target) !== size;
    this.#sizes.set(target, size);
    return isOther;
  }
}
