interface Mark {
  readonly element: Element;
  /** Where it began, and how high it was, in px; `top` from the top of the view. */
  readonly top: number;
  readonly height: number;
}

/**
 * Where a reader is in a list: the element at the top of the view, and those around it up to the row, in case it is
 * replaced. The innermost one is kept in place, so that what grows above it in the same row does not move it either.
 */
export class ReadingPlace {
  readonly #scroller: HTMLElement;
  readonly #width: number;
  /** From the row inwards. */
  readonly #marks: readonly Mark[];

  private constructor(scroller: HTMLElement, elements: readonly Element[]) {
    this.#scroller = scroller;
    this.#width = scroller.clientWidth;
    const view = scroller.getBoundingClientRect().top;
    this.#marks = elements.map((element) => {
      const {top, height} = element.getBoundingClientRect();
      return {element, top: top - view, height};
    });
  }

  /** Where the reader is among `rows`, of which those that match `anchors` count; undefined where there are none. */
  static find(scroller: HTMLElement, rows: HTMLCollection, anchors: string): ReadingPlace | undefined {
    const view = scroller.getBoundingClientRect().top;
    let row = rows[firstBelow(rows, view)] ?? null;
    while (row && !row.matches(anchors)) row = row.nextElementSibling;
    if (!row) return undefined;
    return new ReadingPlace(scroller, [row, ...(row.getBoundingClientRect().top < view ? pathInside(row, view) : [])]);
  }

  /** The place of one element, wherever in the view it is. */
  static of(scroller: HTMLElement, element: Element): ReadingPlace {
    return new ReadingPlace(scroller, [element]);
  }

  /** Whether anything of it is still there. */
  get exists(): boolean {
    return this.#marks[0]?.element.isConnected === true;
  }

  /** Whether the reader saw any of it: not where there was nothing in view that could be kept in place. */
  get isInView(): boolean {
    const [row] = this.#marks;
    return row !== undefined && row.top < this.#scroller.clientHeight;
  }

  /** Whether the list has another width by now. */
  get isOfOtherWidth(): boolean {
    return this.#scroller.clientWidth !== this.#width;
  }

  /** How far what the reader looks at has moved down, in px. */
  get shift(): number {
    const mark = this.#marks.findLast(({element}) => element.isConnected);
    if (!mark) return 0;
    const {top, height} = mark.element.getBoundingClientRect();
    // Text that is broken into other lines: the same share of it stays above the view.
    const wanted = this.isOfOtherWidth && mark.top < 0 && mark.height > 0 ? (mark.top * height) / mark.height : mark.top;
    return top - this.#scroller.getBoundingClientRect().top - wanted;
  }
}

/** The index of the first element that reaches below `y`, by halving. */
function firstBelow(rows: HTMLCollection, y: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.getBoundingClientRect().bottom ?? 0) <= y) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The way to the innermost element that reaches below `y`; empty where none does that is in the flow. */
function pathInside(element: Element, y: number): Element[] {
  for (const child of element.children) {
    const {top, bottom, height} = child.getBoundingClientRect();
    if (height === 0 || bottom <= y) continue;
    if (top >= y || child.childElementCount === 0) return [child];
    const inside = pathInside(child, y);
    // Where only its padding does, what comes next is looked at.
    if (inside.length > 0) return [child, ...inside];
  }
  return [];
}
