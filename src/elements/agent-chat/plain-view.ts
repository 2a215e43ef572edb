import type {MarkdownSettings} from './markdown.ts';

/** Stands in for the view of Markdown until that is there: shows the text as it is. */
export class MarkdownView {
  readonly #container: HTMLElement;

  constructor(container: HTMLElement, settings?: MarkdownSettings) {
    this.#container = container;
    container.lang = settings === undefined ? '' : container.lang;
  }

  update(text: string, {final = false}: {final?: boolean} = {}): void {
    if (text !== this.#container.textContent || final) this.#container.textContent = text;
  }

  dispose(): void {
    this.#container.replaceChildren();
  }
}
