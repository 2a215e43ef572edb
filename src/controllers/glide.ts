/** A way longer than this is jumped up to its last part, in heights of the view. */
const longWay = 2;

/** A smooth scroll down, which must not be cut short by what grows meanwhile. Where motion is not wanted there is none. */
export class Glide {
  #to: number | undefined;
  #seenAt: number | undefined;

  get isUnderWay(): boolean {
    return this.#to !== undefined;
  }

  /**
   * Sets out for a position, in px; returns whether there is a way to go.
   * @param onJump is called where the first part of the way was jumped.
   */
  start(scroller: HTMLElement, to: number, onJump: () => void): boolean {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches || Math.abs(to - scroller.scrollTop) < 1) return false;
    const way = longWay * scroller.clientHeight;
    if (to - scroller.scrollTop > way) {
      scroller.scrollTop = to - way;
      onJump();
    }
    this.#to = to;
    this.#seenAt = undefined;
    scroller.scrollTo({top: to, behavior: 'smooth'});
    return true;
  }

  /** Whether it is where it was going, or can go no farther. */
  hasArrived({scrollTop, scrollHeight, clientHeight}: HTMLElement): boolean {
    return this.#to !== undefined && (scrollTop >= this.#to - 1 || scrollHeight - clientHeight - scrollTop < 1);
  }

  /** Whether it has come any farther since this was last asked. */
  advances({scrollTop}: HTMLElement): boolean {
    const isElsewhere = this.#to !== undefined && scrollTop !== this.#seenAt;
    this.#seenAt = scrollTop;
    return isElsewhere;
  }

  end(): void {
    this.#to = undefined;
  }
}
