import {type Attributes, type AttributeName, childrenOf, type ElementSpec, type NodeSpec, widgetsIn} from './node-spec.ts';

/** Makes the nodes of a spec. */
export function createNode(spec: NodeSpec): Node {
  if (typeof spec === 'string') return document.createTextNode(spec);
  if ('create' in spec) {
    spec.widget = spec.create(spec.content);
    return spec.widget.element;
  }
  const element = document.createElement(spec.tag);
  if (spec.attributes) setAttributes(element, {}, spec.attributes);
  for (const child of childrenOf(spec)) element.append(createNode(child));
  return element;
}

/**
 * Changes `node`, which shows `old`, into what `next` asks for, keeping every node that can stay. Returns the node that
 * now stands in its place.
 */
export function patchNode(node: Node, old: NodeSpec, next: NodeSpec): Node {
  if (typeof next === 'string') {
    if (typeof old !== 'string') return replace(node, old, next);
    patchText(node as Text, old, next); // A string spec always stands for a text node.
    return node;
  }
  if (typeof old === 'string') return replace(node, old, next);
  if ('create' in next) {
    if (!('create' in old) || !old.widget || old.kind !== next.kind) return replace(node, old, next);
    next.widget = old.widget;
    next.widget.update(next.content);
    return node;
  }
  if ('create' in old || old.tag !== next.tag) return replace(node, old, next);
  patchElement(node as HTMLElement, old, next); // An element spec always stands for an element.
  return node;
}

/** Ends what the code blocks in a spec have under way. */
export function disposeSpec(spec: NodeSpec): void {
  for (const widget of widgetsIn(spec)) widget.dispose();
}

function replace(node: Node, old: NodeSpec, next: NodeSpec): Node {
  const created = createNode(next);
  node.parentNode?.replaceChild(created, node);
  disposeSpec(old);
  return created;
}

/** Appends where it can: a text node that grows keeps a selection that ends in it. */
function patchText(node: Text, old: string, next: string): void {
  if (old === next) return;
  if (next.startsWith(old)) node.appendData(next.slice(old.length));
  else node.data = next;
}

function patchElement(element: HTMLElement, old: ElementSpec, next: ElementSpec): void {
  if (old.attributes !== next.attributes) setAttributes(element, old.attributes ?? {}, next.attributes ?? {});
  if (old.behind) next.behind = old.behind;
  if (old.memo !== undefined && old.memo === next.memo) next.children = childrenOf(old);
  else patchChildren(element, childrenOf(old), childrenOf(next), old.behind);
}

function patchChildren(parent: HTMLElement, old: readonly NodeSpec[], next: readonly NodeSpec[], behind: ChildNode | undefined): void {
  let node = behind ? behind.nextSibling : parent.firstChild;
  for (const [index, spec] of next.entries()) {
    const before = old[index];
    if (before === undefined || node === null) parent.append(createNode(spec));
    else node = patchNode(node, before, spec).nextSibling;
  }
  for (const spec of old.slice(next.length)) {
    disposeSpec(spec);
    parent.lastChild?.remove();
  }
}

function setAttributes(element: Element, old: Attributes, next: Attributes): void {
  for (const [name, value] of Object.entries(next)) {
    if (old[name as AttributeName] !== value) element.setAttribute(name, value); // The type has no other keys.
  }
  for (const name of Object.keys(old)) {
    if (next[name as AttributeName] === undefined) element.removeAttribute(name); // As above.
  }
}
