import {warnOnce} from '../internal/warn.ts';
import {type FenceRenderer, fenceRenderer} from './fences.ts';
import type {CodeContent, CodeWidget} from './node-spec.ts';

/** A formula: its TeX until it is whole and the renderer of `math` is there, then what that makes of it. */
export class FormulaView implements CodeWidget {
  readonly element: HTMLElement;
  readonly #isDisplayed: boolean;
  #text: string | undefined;
  #isFinished = false;

  constructor(content: CodeContent, isDisplayed: boolean) {
    this.#isDisplayed = isDisplayed;
    this.element = document.createElement(isDisplayed ? 'div' : 'span');
    this.element.className = isDisplayed ? 'formula displayed' : 'formula';
    this.element.dir = 'ltr';
    // A long one scrolls, which not every browser lets the keyboard do by itself.
    if (isDisplayed) this.element.tabIndex = 0;
    this.update(content);
  }

  update({text, isFinished}: CodeContent): void {
    if (text === this.#text && isFinished === this.#isFinished) return;
    if (text !== this.#text) this.#showSource(text);
    this.#text = text;
    this.#isFinished = isFinished;
    const loading = isFinished ? fenceRenderer('math') : undefined;
    if (loading) void this.#showOwnWay(loading, text);
  }

  append(code: string): void {
    this.update({language: 'math', text: (this.#text ?? '') + code, isFinished: this.#isFinished});
  }

  finish(): void {
    this.update({language: 'math', text: this.#text ?? '', isFinished: true});
  }

  dispose(): void {
    this.#isFinished = false;
  }

  #showSource(text: string): void {
    const source = document.createElement('code');
    source.textContent = text;
    this.element.replaceChildren(source);
  }

  async #showOwnWay(loading: Promise<FenceRenderer>, text: string): Promise<void> {
    try {
      const render = await loading;
      const shown = await render(text, {isInline: !this.#isDisplayed});
      if (this.#isFinished && text === this.#text) this.element.replaceChildren(shown);
    } catch (error) {
      warnOnce(`A formula shows as it is written, because the renderer of "math" failed: ${String(error)}`);
    }
  }
}
