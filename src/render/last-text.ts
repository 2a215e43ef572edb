import {childrenOf, type ElementSpec, type NodeSpec, type TagName} from './node-spec.ts';

/** What more words of a text may be added to. */
const growing: ReadonlySet<TagName> = new Set<TagName>(['p', 'ul', 'ol', 'li', 'blockquote', 'h3', 'h4', 'h5', 'h6']);

/** What stands between words. */
const inline: ReadonlySet<TagName> = new Set<TagName>(['strong', 'em', 'del', 'a', 'code', 'span', 'img']);

/** The text that a block ends in, and the spec that has to agree with it when the block is next compared. */
export class LastText {
  readonly #parent: ElementSpec;
  readonly #element: Node;
  /** The text node at the end; undefined where there is none yet. */
  #text: Text | undefined;
  /** What comes before it in the spec; undefined as long as nothing was added. */
  #before: readonly NodeSpec[] | undefined;

  private constructor(parent: ElementSpec, element: Node, text: Text | undefined) {
    this.#parent = parent;
    this.#element = element;
    this.#text = text;
  }

  /** The end of what `spec` shows in `node`, where that is words or something among words. */
  static of(spec: NodeSpec, node: Node): LastText | undefined {
    if (typeof spec === 'string' || 'create' in spec || !growing.has(spec.tag)) return undefined;
    const last = childrenOf(spec).at(-1);
    const {lastChild} = node;
    if (last === undefined || !lastChild) return undefined;
    if (typeof last === 'string') return lastChild instanceof Text ? new LastText(spec, node, lastChild) : undefined;
    if (!('create' in last) && inline.has(last.tag)) return new LastText(spec, node, undefined);
    return LastText.of(last, lastChild);
  }

  append(text: string): void {
    if (text === '') return;
    this.#before ??= childrenOf(this.#parent).slice(0, this.#text ? -1 : undefined);
    if (this.#text) this.#text.appendData(text);
    else this.#element.appendChild(this.#text = document.createTextNode(text));
  }

  /** Brings the spec up to what shows; returns whether it was behind. */
  settle(): boolean {
    if (!this.#before || !this.#text) return false;
    this.#parent.children = [...this.#before, this.#text.data];
    return true;
  }
}
