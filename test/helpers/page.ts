import type {LitElement} from 'lit';
import {loadLanguage} from '../../src/i18n/index.ts';
import {loadMarkdown} from '../../src/render/index.ts';

// As in a page that has been open for a moment; what is not loaded yet has tests of its own.
await Promise.all([loadMarkdown(), loadLanguage('de')]);

/** Everything that a shadow tree and the trees in it show as text, as a reader would find it. */
export function shownText(root: Node): string {
  if (root instanceof HTMLElement && (root.hidden || getComputedStyle(root).display === 'none')) return '';
  const inside = root instanceof HTMLSlotElement && root.assignedNodes().length > 0
    ? root.assignedNodes()
    : root instanceof Element && root.shadowRoot ? [...root.shadowRoot.childNodes] : [...root.childNodes];
  if (root instanceof Text) return root.data;
  if (root instanceof HTMLStyleElement) return '';
  return inside.map(shownText).join(' ').replace(/\s+/g, ' ').trim();
}

/** The first element that matches, in a shadow tree or in the trees in it. */
export function deep(root: ParentNode, selector: string): HTMLElement | undefined {
  const found = root.querySelector<HTMLElement>(selector);
  if (found) return found;
  for (const element of root.querySelectorAll('*')) {
    const inner = element.shadowRoot && deep(element.shadowRoot, selector);
    if (inner) return inner;
  }
  return undefined;
}

/** Puts an element in the page and waits until it and those in it are drawn. */
export async function place<T extends HTMLElement>(element: T, parent: ParentNode = document.body): Promise<T> {
  parent.append(element);
  await drawn(element);
  return element;
}

/** Waits until an element has drawn what it knows. */
export async function drawn(element: HTMLElement): Promise<void> {
  await (element as Partial<LitElement>).updateComplete;
  await nextFrame();
  await nextFrame();
}

export function nextFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => resolve()));
}

/** Empties the page between tests. */
export function clearPage(): void {
  document.body.replaceChildren();
  localStorage.clear();
}
