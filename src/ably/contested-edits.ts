import type {Edit} from './live-edits.ts';

/** How long two clients can be unaware of what the other one makes, in ms. */
const contestMs = 5000;

interface Done {
  readonly edit: Edit;
  /** The map or counter that the edit was made in, by its path and its id. */
  readonly path: string;
  readonly id: string;
  readonly at: number;
}

/**
 * Edits that were made in objects which are new. Two clients that make the same map or counter at the same moment both
 * succeed, and the later one stands: what was done in the earlier one would be lost, and has to be done again. An object's
 * id says when it was made (`map:<hash>@<ms>`); one that is older is replaced on purpose.
 */
export class ContestedEdits {
  readonly #now: () => number;
  #done: readonly Done[] = [];

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  note(edit: Edit, path: string, id: string): void {
    const at = this.#now();
    const madeAt = Number(id.split('@')[1]);
    if (at - madeAt > contestMs || Number.isNaN(madeAt)) return;
    this.#done = [...this.#done.filter((done) => at - done.at < contestMs), {edit, path, id, at}];
  }

  /** The edit came to nothing: there is nothing to do again. */
  forget(edit: Edit): void {
    this.#done = this.#done.filter((done) => done.edit !== edit);
  }

  /** The edits whose object was replaced, given which one stands at a path now. Each is told once. */
  takeLost(idAt: (path: string) => string | undefined): readonly Edit[] {
    const lost = this.#done.filter(({path, id}) => idAt(path) !== id);
    if (lost.length > 0) this.#done = this.#done.filter((done) => !lost.includes(done));
    return lost.map(({edit}) => edit);
  }
}
