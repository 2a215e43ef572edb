import type {Edit} from './live-edits.ts';

/** How long two clients can be unaware of what the other one makes, in ms; by the times in the ids of what they made. */
const unawareMs = 5000;

/**
 * How long an edit may be lost after it was made, in ms: what another client has made can be under way for as long as the
 * channel keeps the place of one whose line is down. How slow anybody is within that time makes no difference.
 */
const lateMs = 120_000;

/** A map or counter, by its path and its id. */
export interface Place {
  readonly path: string;
  readonly id: string;
}

interface Done {
  readonly edit: Edit;
  /** The objects that lead to the one which the edit was made in, from the root down, that one included. */
  readonly places: readonly Place[];
  readonly at: number;
}

/**
 * Edits that were made in objects which are new. Two clients that make the same map or counter at the same moment both
 * succeed, and the later one stands: what was done in the earlier one would be lost, and has to be done again. An object's
 * id says when it was made by the channel's clock (`map:<hash>@<ms>`): what was made well before the one that replaces it
 * was replaced on purpose, and what has nothing in its place was removed.
 */
export class ContestedEdits {
  readonly #now: () => number;
  #done: readonly Done[] = [];
  /** What the channel's clock shows when ours shows 0, in ms, at least: no id is of a time to come. */
  #epoch = -Infinity;

  /** @param now - Milliseconds that only go on; their zero does not matter. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  note(edit: Edit, places: readonly Place[]): void {
    const at = this.#now();
    for (const place of places) this.#epoch = Math.max(this.#epoch, madeAt(place.id) - at);
    if (places.some(({id}) => at + this.#epoch - madeAt(id) < lateMs)) this.#done = [...this.#done, {edit, places, at}];
  }

  /** The edit came to nothing: there is nothing to do again. */
  forget(edit: Edit): void {
    this.#done = this.#done.filter((done) => done.edit !== edit);
  }

  /** This page itself sets or removes what stands at a path: what it did there and below is not wanted back. */
  overrule(path: string): void {
    this.#done = this.#done.filter(({edit}) => edit.path !== path && !edit.path.startsWith(`${path}.`));
  }

  /** The edits whose object was replaced, given which one stands at a path now. Each is told once. */
  takeLost(idAt: (path: string) => string | undefined): readonly Edit[] {
    const now = this.#now();
    const standing = new Map<string, string | undefined>();
    const standingAt = (path: string): string | undefined => {
      if (!standing.has(path)) standing.set(path, idAt(path));
      return standing.get(path);
    };
    const lost: Edit[] = [];
    this.#done = this.#done.filter(({edit, places, at}) => {
      const changed = places.find(({path, id}) => standingAt(path) !== id);
      if (!changed) return now - at < lateMs;
      const other = standingAt(changed.path);
      if (other !== undefined && madeAt(other) - madeAt(changed.id) < unawareMs) lost.push(edit);
      return false;
    });
    return lost;
  }
}

/** When an object was made, in ms since 1970. */
function madeAt(id: string): number {
  return Number(id.split('@')[1]);
}
