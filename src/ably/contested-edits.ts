import type {Edit} from './live-edits.ts';

/** How long two clients can be unaware of what the other one makes, in ms. */
const contestMs = 5000;

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
 * id says when it was made (`map:<hash>@<ms>`): one that is older is replaced on purpose, and one in whose place nothing
 * stands was removed.
 */
export class ContestedEdits {
  readonly #now: () => number;
  #done: readonly Done[] = [];

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  note(edit: Edit, places: readonly Place[]): void {
    const at = this.#now();
    if (places.some((place) => isNew(place, at))) this.#done = [...this.#done, {edit, places, at}];
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
    const lost: Edit[] = [];
    this.#done = this.#done.filter(({edit, places, at}) => {
      if (now - at >= contestMs) return false;
      const changed = places.find(({path, id}) => idAt(path) !== id);
      if (!changed) return true;
      if (idAt(changed.path) !== undefined && isNew(changed, at)) lost.push(edit);
      return false;
    });
    return lost;
  }
}

function isNew({id}: Place, at: number): boolean {
  const madeAt = Number(id.split('@')[1]);
  return at - madeAt <= contestMs;
}
