/** Blocks of one group. */
const groupSize = 12;

/**
 * Groups that become contained together. The first time costs a layout of its own, so it is worth doing for several; and
 * what is shorter than that is not worth containing.
 */
const batch = 4;

/**
 * Keeps the top-level nodes of a message in groups. Once a message is long, the groups that are finished lay out and
 * paint only near the screen (`content-visibility: auto`). The groups are there from the start, since moving a node
 * later would take away its selection, focus and scroll position.
 */
export class BlockGroups {
  readonly #container: HTMLElement;
  readonly #groups: HTMLElement[] = [];
  #contained = 0;

  constructor(container: HTMLElement) {
    this.#container = container;
  }

  /** Puts a node at its place among all nodes. */
  place(node: Node, ordinal: number): void {
    const index = Math.floor(ordinal / groupSize);
    const group = this.#groups[index] ?? this.#add();
    const here = group.children[ordinal % groupSize];
    if (here !== node) group.insertBefore(node, here ?? null);
  }

  /** Removes the groups that `count` nodes do not fill. */
  trim(count: number): void {
    for (const group of this.#groups.splice(Math.ceil(count / groupSize))) group.remove();
    this.#contained = Math.min(this.#contained, this.#groups.length);
  }

  /** Contains the groups that are full of finished nodes. */
  contain(finished: number): void {
    const full = Math.floor(finished / groupSize);
    const target = full - (full % batch);
    while (this.#contained > target) this.#groups[--this.#contained]?.classList.remove('contained');
    while (this.#contained < target) this.#groups[this.#contained++]?.classList.add('contained');
  }

  clear(): void {
    this.#contained = 0;
    for (const group of this.#groups.splice(0)) group.remove();
  }

  #add(): HTMLElement {
    const group = document.createElement('div');
    group.className = 'group';
    this.#groups.push(group);
    this.#container.append(group);
    return group;
  }
}
