import type {ReactiveController, ReactiveControllerHost} from 'lit';

/**
 * Makes a textarea as high as its text, within what its styles allow. Browsers with `field-sizing: content` do that
 * themselves; this is for the others.
 */
export class Autosize implements ReactiveController {
  readonly #find: () => HTMLTextAreaElement | null;
  readonly #isNative = typeof CSS !== 'undefined' && CSS.supports('field-sizing', 'content');

  constructor(host: ReactiveControllerHost, find: () => HTMLTextAreaElement | null) {
    this.#find = find;
    host.addController(this);
  }

  hostUpdated(): void {
    if (this.#isNative) return;
    const textarea = this.#find();
    if (!textarea) return;
    textarea.style.setProperty('block-size', 'auto');
    textarea.style.setProperty('block-size', `${textarea.scrollHeight}px`);
  }
}
