/** Blocks of one group. */
const groupSize = 12;

/** Characters of a message from which on its groups are contained: for less, containment costs more than it gives. */
const containFrom = 2_000;

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
    const needed = Math.ceil(count / groupSize);
    for (const group of this.#groups.splice(needed)) group.remove();
    while (this.#contained > Math.floor(count / groupSize)) this.#groups[--this.#contained]?.classList.remove('contained');
  }

  /** Contains the groups that are full of finished blocks, if the finished text, `length` characters, is long. */
  contain(finished: number, length: number): void {
    if (length < containFrom) return;
    const full = Math.floor(finished / groupSize);
    while (this.#contained < full) this.#groups[this.#contained++]?.classList.add('contained');
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
