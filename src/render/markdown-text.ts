import {loadedMarkdown, loadMarkdown} from './markdown-loader.ts';
import type {MarkdownOptions, MarkdownView} from './markdown-view.ts';
import {unselected} from './selection.ts';

/**
 * Shows Markdown that may still be arriving, in a `MarkdownView` once that is loaded. Until then, and while somebody has
 * selected some of it, the text shows as it is written. It owns the children of `container`.
 */
export class MarkdownText {
  readonly #container: HTMLElement;
  readonly #options: MarkdownOptions;
  #view: MarkdownView | undefined;
  #plain: {element: HTMLElement; text: Text} | undefined;
  #text = '';
  #isFinal = false;
  #isDisposed = false;

  constructor(container: HTMLElement, options: MarkdownOptions = {}) {
    this.#container = container;
    this.#options = options;
  }

  /** The whole text so far. */
  update(text: string, state: {final?: boolean} = {}): void {
    this.#text = text;
    this.#isFinal = state.final === true;
    if (!this.#view && !this.#plain && loadedMarkdown()) this.#showFormatted();
    else if (this.#view) this.#view.update(text, state);
    else this.#showPlain();
  }

  /** Empties the container and ends all that is under way. */
  dispose(): void {
    this.#isDisposed = true;
    this.#view?.dispose();
    this.#plain?.element.remove();
  }

  #showPlain(): void {
    if (!this.#plain) {
      const element = document.createElement('p');
      element.className = 'raw';
      element.dir = 'auto';
      this.#plain = {element, text: document.createTextNode('')};
      element.append(this.#plain.text);
      this.#container.append(element);
      void this.#formatWhenLoaded(element);
    }
    const {text} = this.#plain;
    // A text node that grows keeps a selection that ends in it.
    if (this.#text.startsWith(text.data)) text.appendData(this.#text.slice(text.length));
    else text.data = this.#text;
  }

  async #formatWhenLoaded(plain: HTMLElement): Promise<void> {
    try {
      await loadMarkdown();
    } catch {
      return; // It stays readable; the next text tries again.
    }
    await unselected(plain);
    if (!this.#isDisposed) this.#showFormatted();
  }

  #showFormatted(): void {
    const markdown = loadedMarkdown();
    if (!markdown) return;
    const height = this.#plain ? this.#container.offsetHeight : 0;
    this.#plain?.element.remove();
    this.#plain = undefined;
    this.#view = new markdown.MarkdownView(this.#container, this.#options);
    this.#view.update(this.#text, {final: this.#isFinal});
    // A long text takes several frames: its room is kept for it, so that nothing below it moves up and down again.
    if (!this.#view.isSettled) this.#keepHeight(height);
  }

  #keepHeight(height: number): void {
    this.#container.style.setProperty('min-block-size', `${height}px`);
    const release = (): void => {
      if (this.#view?.isSettled === false && !this.#isDisposed) requestAnimationFrame(release);
      else this.#container.style.removeProperty('min-block-size');
    };
    requestAnimationFrame(release);
  }
}
