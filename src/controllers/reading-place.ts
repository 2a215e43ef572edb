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
    const path = [row];
    for (let inner: Element | undefined = row; inner && inner.getBoundingClientRect().top < view;) {
      inner = firstInside(inner, view);
      if (inner) path.push(inner);
    }
    return new ReadingPlace(scroller, path);
  }

  /** The place of one element, wherever in the view it is. */
  static of(scroller: HTMLElement, element: Element): ReadingPlace {
    return new ReadingPlace(scroller, [element]);
  }

  /** Whether anything of it is still there. */
  get exists(): boolean {
    return this.#marks[0]?.element.isConnected === true;
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

function firstInside(element: Element, y: number): Element | undefined {
  for (const child of element.children) {
    const {bottom, height} = child.getBoundingClientRect();
    if (height > 0 && bottom > y) return child;
  }
  return undefined;
}
