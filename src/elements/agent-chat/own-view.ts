import {type ChildPart, type RootPart, render} from 'lit';
import {AsyncDirective} from 'lit/async-directive.js';
import {directive} from 'lit/directive.js';
import type {PartContext, PartMounter, PartRenderer, PartRenderers} from '../../controllers/part-renderers.ts';
import {warnOnce} from '../../internal/warn.ts';
import type {DataPart, ToolPart} from '../../session/index.ts';
import type {ChatContext} from './chat-context.ts';
import {MountedView} from './mounted-view.ts';

export interface OwnViewOptions {
  /** What the renderer is registered for: the name of a tool, or a type of data. */
  readonly name: string;
  readonly part: ToolPart | DataPart;
  readonly renderer: PartRenderers[string];
  readonly partContext: PartContext;
  readonly context: ChatContext;
  /** The default card. */
  readonly fallback: () => unknown;
}

/** Draws a part by the page's own renderer, in a place of its own, so that its failure reaches nothing else. */
class OwnViewDirective extends AsyncDirective {
  #options: OwnViewOptions | undefined;
  /** The element in whose shadow tree this is. */
  #host: Element | undefined;
  #place: HTMLElement | undefined;
  #element: HTMLElement | undefined;
  #root: RootPart | undefined;
  #mounted: MountedView | undefined;
  #isConnected = true;

  render(options: OwnViewOptions): unknown {
    this.#options = options;
    try {
      if (this.#show(options)) return this.#place;
    } catch (error) {
      this.#giveUp(options, error);
    }
    return options.fallback();
  }

  /** Once for a renderer, however many parts it fails for, and in how many ways. */
  #giveUp({name}: OwnViewOptions, error: unknown): void {
    warnOnce(`The renderer for "${name}" failed, so the default card is shown.`, error);
    // Whatever it has drawn is in an unknown state.
    this.#clear();
  }

  override update({options: {host} = {}}: ChildPart, [options]: Parameters<this['render']>): unknown {
    if (host instanceof Element) this.#host = host;
    return this.render(options);
  }

  protected override disconnected(): void {
    this.#isConnected = false;
    this.#root?.setConnected(false);
    // What is only moved in the page comes back before this is looked at.
    if (this.#mounted) queueMicrotask(() => !this.#isConnected && this.#clear());
  }

  protected override reconnected(): void {
    this.#isConnected = true;
    this.#root?.setConnected(true);
    // What was unmounted, or given up, meanwhile.
    if (this.#options && !this.#place) this.setValue(this.render(this.#options));
  }

  #show(options: OwnViewOptions): boolean {
    const {renderer} = options;
    switch (typeof renderer) {
      case 'string':
        return this.#showElement(renderer, options);
      case 'function':
        return this.#showResult(renderer, options);
      default:
        return this.#showMounted(renderer, options);
    }
  }

  #showElement(tag: string, {part, partContext, context}: OwnViewOptions): boolean {
    const definition = customElements.get(tag);
    if (!definition) {
      context.rendererSource.await(tag);
      this.#clear();
      return false;
    }
    if (this.#element?.constructor !== definition) {
      this.#clear();
      // document.createElement() would give an unknown element, empty, in place of one whose constructor throws.
      this.#element = new definition();
      this.#placeOf().append(this.#element);
    }
    // Not `part`, which every element has already: it names shadow parts.
    Object.assign(this.#element, {messagePart: part, ...partContext});
    this.#watch(this.#element);
    return true;
  }

  /** Elements of Lit, and those like them, draw later, and tell by a promise when it went wrong. */
  #watch(element: HTMLElement & {readonly updateComplete?: unknown}): void {
    if (!(element.updateComplete instanceof Promise)) return;
    element.updateComplete.catch((error: unknown) => {
      if (this.#element !== element || !this.#options) return;
      this.#giveUp(this.#options, error);
      if (this.#isConnected) this.setValue(this.#options.fallback());
    });
  }

  #showResult(renderer: PartRenderer, {part, partContext}: OwnViewOptions): boolean {
    if (this.#element || this.#mounted) this.#clear();
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

  #showMounted(mounter: PartMounter, {part, partContext}: OwnViewOptions): boolean {
    if (this.#mounted?.mounter === mounter) {
      this.#mounted.update(part, partContext);
      return true;
    }
    this.#clear();
    if (!this.#host) return false;
    this.#mounted = new MountedView(mounter, this.#host, part, partContext);
    this.#placeOf().append(this.#mounted.slot);
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
    this.#mounted?.remove();
    this.#place = this.#element = this.#root = this.#mounted = undefined;
  }
}

export const ownView = directive(OwnViewDirective);
