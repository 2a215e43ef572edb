/** Room behind all rows, so that a message near the end can stand near the top. */
export class ScrollRoom {
  readonly #element: () => HTMLElement | null;
  #height = 0;

  /** @param element gives the empty element behind the rows; null until it is drawn. */
  constructor(element: () => HTMLElement | null) {
    this.#element = element;
  }

  /** How high all that scrolls is without it, in px. */
  naturalHeight(scroller: HTMLElement): number {
    const element = this.#element();
    if (!element) return scroller.scrollHeight;
    const padding = parseFloat(getComputedStyle(scroller).paddingBlockEnd) || 0;
    return element.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop + padding;
  }

  /** Gives it a height in px; none where that is less than 0. */
  set(height: number): void {
    const next = Math.max(0, height);
    if (Math.abs(next - this.#height) < 0.01) return;
    this.#height = next;
    this.#element()?.style.setProperty('block-size', `${next}px`);
  }

  /** Gives up what can go without anything moving. */
  shrink(scroller: HTMLElement): void {
    if (this.#height > 0) this.set(Math.min(this.#height, scroller.scrollTop + scroller.clientHeight - this.naturalHeight(scroller)));
  }
}
