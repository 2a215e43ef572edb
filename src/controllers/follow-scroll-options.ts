export interface FollowScrollOptions {
  /** The element that scrolls; null until it is drawn. */
  scroller: () => HTMLElement | null;
  /** The element in it whose children are the rows. */
  content: () => HTMLElement | null;
  /** An empty element behind the content, which can hold room for an answer. */
  room: () => HTMLElement | null;
  /** Selects the rows that keep their place; others may come and go above them. */
  anchors: string;
  /** Called when the reader has moved, or when room has changed. */
  onMove: () => void;
  /** Called when the reader has come to rest, before the place is put right. */
  onRest: () => void;
  /** May put right a shift of so many px without scrolling; returns what is left of it. */
  absorb: (shift: number) => number;
}
