interface RowState {
  /** Whether each `<details>` of the row is open. */
  readonly open: readonly boolean[];
  /** How far its boxes are scrolled that scroll by themselves, in px. */
  readonly scrolled: readonly {readonly index: number; readonly left: number; readonly top: number}[];
}

const scrollable = 'pre, .table';

/** Remembers what people have opened and scrolled in rows while those are left out of the page. */
export class RowStates {
  readonly #states = new Map<string, RowState>();

  keep(key: string, row: Element): void {
    const open = [...row.querySelectorAll('details')].map((details) => details.open);
    const scrolled = [...row.querySelectorAll(scrollable)].flatMap(({scrollLeft: left, scrollTop: top}, index) =>
      left === 0 && top === 0 ? [] : [{index, left, top}]);
    if (open.length > 0 || scrolled.length > 0) this.#states.set(key, {open, scrolled});
    else this.#states.delete(key);
  }

  restore(key: string, row: Element): void {
    const state = this.#states.get(key);
    if (!state) return;
    this.#states.delete(key);
    const details = [...row.querySelectorAll('details')];
    // Parts that came meanwhile stand behind those that were there.
    state.open.forEach((isOpen, index) => {
      const element = details[index];
      if (element) element.open = isOpen;
    });
    const boxes = row.querySelectorAll(scrollable);
    for (const {index, left, top} of state.scrolled) boxes[index]?.scrollTo({left, top, behavior: 'instant'});
  }
}

/** Whether people are doing something in a row that would be lost with it: they type, have selected text, or play media. */
export function isInUse(row: Element, selection: Range | 'all' | undefined): boolean {
  if (selection === 'all' || selection?.intersectsNode(row)) return true;
  // What a page mounts for a part stands in a slot.
  const places = [row, ...[...row.querySelectorAll('slot')].flatMap((slot) => slot.assignedElements())];
  if (places.some((place) => place.contains(activeIn(place)))) return true;
  return places.flatMap((place) => [...place.querySelectorAll('input, textarea, audio, video')]).some((element) => {
    if (element instanceof HTMLMediaElement) return !element.paused;
    if (element instanceof HTMLTextAreaElement) return element.value !== element.defaultValue;
    return element instanceof HTMLInputElement && (element.value !== element.defaultValue || element.checked !== element.defaultChecked);
  });
}

function activeIn(element: Element): Element | null {
  const root = element.getRootNode();
  return root instanceof ShadowRoot || root instanceof Document ? root.activeElement : null;
}

/** What is selected in a shadow tree: `all` where the selection begins or ends outside and reaches over the tree. */
export function selectionIn(root: Node): Range | 'all' | undefined {
  const selection = getSelection();
  if (!selection || selection.rangeCount === 0 || !(root instanceof ShadowRoot)) return undefined;
  const composed = 'getComposedRanges' in selection
    ? selection.getComposedRanges({shadowRoots: [root]})[0]
    : rangeOf(root) ?? (selection as Selection).getRangeAt(0);
  if (!composed || composed.collapsed) return undefined;
  const [startsInside, endsInside] = [root.contains(composed.startContainer), root.contains(composed.endContainer)];
  if (startsInside && endsInside) {
    const range = new Range();
    range.setStart(composed.startContainer, composed.startOffset);
    range.setEnd(composed.endContainer, composed.endOffset);
    return range;
  }
  if (startsInside || endsInside) return 'all';
  const around = selection.getRangeAt(0);
  return around.intersectsNode(root.host) && !around.collapsed ? 'all' : undefined;
}

/** Chromium before `getComposedRanges` has a selection for each shadow tree. */
function rangeOf(root: ShadowRoot): Range | undefined {
  if (!('getSelection' in root)) return undefined;
  const own = (root as unknown as Document).getSelection(); // Not standard, so the types do not have it.
  return own && own.rangeCount > 0 ? own.getRangeAt(0) : undefined;
}
