import type {MountedPart, PartContext, PartMounter} from '../../controllers/part-renderers.ts';
import type {DataPart, ToolPart} from '../../session/index.ts';

let count = 0;

/**
 * What the page mounts for a part. It stands in a child of the conversation's element, shown where the part is by a slot,
 * so that the styles of the page, and with them those of a framework's components, reach it.
 */
export class MountedView {
  readonly slot = document.createElement('slot');
  readonly mounter: PartMounter;
  readonly #place = document.createElement('div');
  readonly #mounted: MountedPart;

  /** @throws what `mount` throws; nothing is left in the page then. */
  constructor(mounter: PartMounter, host: Element, part: ToolPart | DataPart, context: PartContext) {
    this.mounter = mounter;
    this.slot.name = this.#place.slot = `part-${(count += 1)}`;
    host.append(this.#place);
    try {
      this.#mounted = mounter.mount(this.#place, part as ToolPart & DataPart, context);
    } catch (error) {
      this.#place.remove();
      throw error;
    }
  }

  update(part: ToolPart | DataPart, context: PartContext): void {
    // A mounter knows by its name which of the two kinds of parts it gets.
    this.#mounted.update(part as ToolPart & DataPart, context);
  }

  /**
   * Ends it, in a moment: frameworks that are removing the conversation itself do not take a removal in between. What it
   * throws is the page's.
   */
  remove(): void {
    queueMicrotask(() => {
      try {
        this.#mounted.unmount?.();
      } finally {
        this.#place.remove();
      }
    });
  }
}
