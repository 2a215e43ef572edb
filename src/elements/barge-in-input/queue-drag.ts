import type {QueueControl} from './queue-control.ts';

/** Moves a waiting message by the pointer, from the press to the release. Esc gives it up. */
export class QueueDrag {
  readonly #id: string;
  readonly #control: QueueControl;
  readonly #grip: HTMLElement;
  readonly #rows: readonly HTMLElement[];
  readonly #ends = new AbortController();

  static begin(event: PointerEvent, id: string, control: QueueControl): void {
    const {currentTarget: grip, pointerId} = event;
    if (event.button !== 0 || !(grip instanceof HTMLElement)) return;
    // No selection of text along the way.
    event.preventDefault();
    grip.setPointerCapture(pointerId);
    new QueueDrag(grip, id, control);
  }

  private constructor(grip: HTMLElement, id: string, control: QueueControl) {
    this.#id = id;
    this.#control = control;
    this.#grip = grip;
    this.#rows = [...(grip.closest('[data-list]')?.querySelectorAll<HTMLElement>('[data-item]') ?? [])];
    const {signal} = this.#ends;
    this.#grip.addEventListener('pointermove', ({clientY}) => this.#control.drag(this.#id, this.#indexAt(clientY)), {signal});
    this.#grip.addEventListener('pointerup', ({clientY}) => this.#end(this.#indexAt(clientY)), {signal});
    // Also when the message is sent meanwhile, and the grip goes with it.
    this.#grip.addEventListener('lostpointercapture', () => this.#end(undefined), {signal});
    window.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      this.#end(undefined);
    }, {signal, capture: true});
  }

  /** The place of the row that the pointer is over, or nearest to. */
  #indexAt(y: number): number {
    const index = this.#rows.findIndex((row) => y < row.getBoundingClientRect().bottom);
    return index === -1 ? this.#rows.length - 1 : index;
  }

  #end(index: number | undefined): void {
    this.#ends.abort();
    this.#control.drag(this.#id, undefined);
    if (index !== undefined) void this.#control.move(this.#id, index);
  }
}
