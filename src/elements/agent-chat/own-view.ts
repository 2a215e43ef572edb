import {type ChildPart, type RootPart, render} from 'lit';
import {AsyncDirective} from 'lit/async-directive.js';
import {directive} from 'lit/directive.js';
import type {PartContext, PartRenderer} from '../../controllers/part-renderers.ts';
import {warnOnce} from '../../internal/warn.ts';
import type {DataPart, ToolPart} from '../../session/index.ts';
import type {ChatContext} from './chat-context.ts';

export interface OwnViewOptions {
  /** What the renderer is registered for: the name of a tool, or a type of data. */
  readonly name: string;
  readonly part: ToolPart | DataPart;
  readonly renderer: PartRenderer | string;
  readonly partContext: PartContext;
  readonly context: ChatContext;
  /** The default card. */
  readonly fallback: () => unknown;
}

/** Draws a part by the page's own renderer, in a place of its own, so that its failure reaches nothing else. */
class OwnViewDirective extends AsyncDirective {
  #place: HTMLElement | undefined;
  #element: HTMLElement | undefined;
  #root: RootPart | undefined;
  #isConnected = true;

  render(options: OwnViewOptions): unknown {
    const {name, renderer} = options;
    try {
      const isShown = typeof renderer === 'string' ? this.#showElement(renderer, options) : this.#showResult(renderer, options);
      if (isShown) return this.#place;
    } catch (error) {
      warnOnce(`The renderer for "${name}" failed, so the default card is shown: ${error instanceof Error ? error.message : String(error)}`);
      // Whatever it has drawn is in an unknown state.
      this.#clear();
    }
    return options.fallback();
  }

  override update(_part: ChildPart, [options]: Parameters<this['render']>): unknown {
    return this.render(options);
  }

  protected override disconnected(): void {
    this.#isConnected = false;
    this.#root?.setConnected(false);
  }

  protected override reconnected(): void {
    this.#isConnected = true;
    this.#root?.setConnected(true);
  }

  #showElement(tag: string, {part, partContext, context}: OwnViewOptions): boolean {
    if (!customElements.get(tag)) {
      context.rendererSource.await(tag);
      this.#clear();
      return false;
    }
    if (this.#element?.localName !== tag) {
      this.#clear();
      this.#element = document.createElement(tag);
      this.#placeOf().append(this.#element);
    }
    // Not `part`, which every element has already: it names shadow parts.
    Object.assign(this.#element, {messagePart: part, ...partContext});
    return true;
  }

  #showResult(renderer: PartRenderer, {part, partContext}: OwnViewOptions): boolean {
    if (this.#element) this.#clear();
    // A renderer knows by its name which of the two kinds of parts it gets.
    const result = renderer(part as ToolPart & DataPart, partContext);
    if (result === undefined) {
      this.#clear();
      return false;
    }
    this.#root = render(result, this.#placeOf());
    this.#root.setConnected(this.#isConnected);
    return true;
  }

  #placeOf(): HTMLElement {
    if (!this.#place) {
      this.#place = document.createElement('div');
      this.#place.className = 'own';
      this.#place.setAttribute('part', 'own');
    }
    return this.#place;
  }

  #clear(): void {
    this.#root?.setConnected(false);
    this.#place = this.#element = this.#root = undefined;
  }
}

export const ownView = directive(OwnViewDirective);
