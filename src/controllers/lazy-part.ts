import {adoptStyles, type CSSResult, type LitElement, type ReactiveController} from 'lit';
import type {Lazy} from '../internal/lazy.ts';

/** A part of an element. */
export interface ElementPart {
  /** All that the element looks like with it, in order: it may have to stand before what the element has without it. */
  readonly styles: readonly CSSResult[];
}

/** Loads a part of an element in idle time, or as soon as it is needed, and has the element drawn with it. */
export class LazyPart<Part extends ElementPart> implements ReactiveController {
  readonly #host: LitElement;
  readonly #lazy: Lazy<Part>;
  readonly #onLoaded: (part: Part) => void;
  #adopted: Part | undefined;

  /** @param onLoaded called once, before the element is drawn with it. */
  constructor(host: LitElement, lazy: Lazy<Part>, onLoaded: (part: Part) => void = () => undefined) {
    this.#host = host;
    this.#lazy = lazy;
    this.#onLoaded = onLoaded;
    host.addController(this);
  }

  /** The part, once it is here and the element looks like it. */
  get current(): Part | undefined {
    return this.#adopted;
  }

  /** Loads it at once. Resolves when it is here, or could not be loaded: that is said, and who needs it next tries again. */
  readonly need = async (): Promise<void> => {
    await this.#lazy.load().then(() => this.#adopt(), () => undefined);
  };

  hostConnected(): void {
    if (this.#lazy.loaded) this.#adopt();
    else void this.#lazy.warmUp().then(() => this.#adopt());
  }

  #adopt(): void {
    const {loaded} = this.#lazy;
    const {renderRoot} = this.#host;
    if (!loaded || loaded === this.#adopted || !(renderRoot instanceof ShadowRoot)) return;
    const {elementStyles} = this.#host.constructor as typeof LitElement;
    // What a subclass adds comes last, as before.
    adoptStyles(renderRoot, [...loaded.styles, ...elementStyles.filter((sheet) => !loaded.styles.includes(sheet as CSSResult))]);
    this.#adopted = loaded;
    this.#onLoaded(loaded);
    this.#host.requestUpdate();
  }
}
