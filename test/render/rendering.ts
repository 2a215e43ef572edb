import {MarkdownView, type MarkdownOptions} from '../../src/render/markdown.ts';

/** Shows a whole text at once. */
export function shown(text: string, options?: MarkdownOptions): HTMLElement {
  const host = document.createElement('div');
  finish(new MarkdownView(host, options), text);
  return host;
}

/** Shows a text as it arrives, cut at the given places. */
export function streamed(text: string, cuts: Iterable<number>, options?: MarkdownOptions): HTMLElement {
  const host = document.createElement('div');
  const view = new MarkdownView(host, options);
  for (const cut of cuts) view.update(text.slice(0, cut));
  finish(view, text);
  return host;
}

/** Gives a view its whole text, and does not wait for the frames that it would spread a long one over. */
export function finish(view: MarkdownView, text: string): void {
  view.update(text, {final: true});
  view.run(Infinity);
}

/** The places of a text that are so many parts of a thousand behind its beginning. */
export const placesOf = (text: string, cuts: readonly number[]): number[] => cuts.map((cut) => Math.floor((cut * text.length) / 1_000)).sort((one, other) => one - other);

/** Every place in a text. */
export const everywhere = (text: string): number[] => Array.from(text, (_, index) => index);

/** A tree in a form to compare: structure, attributes, and where one text node ends and the next begins. */
export function tree(node: Node): string {
  if (node instanceof Text) return JSON.stringify(node.data);
  if (!(node instanceof Element)) return node.nodeName;
  const attributes = [...node.attributes].map(({name, value}) => `${name}=${JSON.stringify(value)}`).sort().join(' ');
  return `<${node.localName} ${attributes}>${[...node.childNodes].map(tree).join('')}</>`;
}
