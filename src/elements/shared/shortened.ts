import {type ChildPart, html, nothing, type TemplateResult} from 'lit';
import {AsyncDirective} from 'lit/async-directive.js';
import {directive} from 'lit/directive.js';

export interface ShortenedOptions {
  /** How much there is. */
  total: number;
  /** How much of it is shown at first. */
  limit: number;
  /** Draws so much of it. */
  view: (count: number) => unknown;
  /** What the button says that shows all. */
  all: string;
  less: string;
}

class ShortenedDirective extends AsyncDirective {
  #options: ShortenedOptions | undefined;
  #isWhole = false;

  render(options: ShortenedOptions): TemplateResult {
    this.#options = options;
    const {total, limit, view, all, less} = options;
    if (total <= limit) return html`${view(total)}`;
    return html`${view(this.#isWhole ? total : limit)}
      <button type="button" class="more" part="more-button" aria-expanded=${this.#isWhole ? 'true' : 'false'} @click=${this.#toggle}>${this.#isWhole ? less : all}</button>`;
  }

  override update(_part: ChildPart, [options]: Parameters<this['render']>): TemplateResult {
    return this.render(options);
  }

  readonly #toggle = (): void => {
    this.#isWhole = !this.#isWhole;
    this.setValue(this.#options ? this.render(this.#options) : nothing);
  };
}

/** Shows the beginning of what is long, and the rest when the person asks for it. */
export const shortened = directive(ShortenedDirective);
