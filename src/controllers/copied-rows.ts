import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {textOf, type TimelineItem} from '../session/index.ts';
import type {WindowRow} from './row-groups.ts';
import {selectionIn} from './row-states.ts';

export interface CopiedRowsOptions {
  /** The element whose children are the rows and gaps. */
  content: () => HTMLElement | null;
  /** What is drawn in it, in order. */
  rows: () => readonly WindowRow[];
  /** All rows. */
  items: () => readonly TimelineItem[];
}

/** Puts into a copy what is selected but not in the page: the text of messages between two that are drawn. */
export class CopiedRows implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #options: CopiedRowsOptions;

  constructor(host: ReactiveControllerHost & HTMLElement, options: CopiedRowsOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.addEventListener('copy', this.#onCopy);
  }

  hostDisconnected(): void {
    this.#host.removeEventListener('copy', this.#onCopy);
  }

  readonly #onCopy = (event: ClipboardEvent): void => {
    const content = this.#options.content();
    const selected = content && selectionIn(content.getRootNode());
    // What reaches beyond the conversation is the page's to copy.
    if (!selected || selected === 'all' || event.defaultPrevented) return;
    const rows = this.#options.rows().flatMap((row, index) => {
      const element = content.children[index];
      return element && selected.intersectsNode(element) ? [{row, element}] : [];
    });
    if (!rows.some(({row}) => row.type === 'gap')) return;
    const items = this.#options.items();
    const texts = rows.flatMap(({row, element}) => (row.type === 'row'
      ? [textWithin(selected, element)]
      : items.slice(row.groups[0]?.start, row.groups.at(-1)?.end).map((item) => (item.type === 'message' ? textOf(item.message) : ''))));
    event.clipboardData?.setData('text/plain', texts.filter((text) => text !== '').join('\n\n'));
    event.preventDefault();
  };
}

/** The selected text of one row. */
function textWithin(selected: Range, row: Element): string {
  const range = new Range();
  range.selectNodeContents(row);
  if (selected.compareBoundaryPoints(Range.START_TO_START, range) > 0) range.setStart(selected.startContainer, selected.startOffset);
  if (selected.compareBoundaryPoints(Range.END_TO_END, range) < 0) range.setEnd(selected.endContainer, selected.endOffset);
  return range.toString().replace(/\s*\n\s*/g, '\n').trim();
}
