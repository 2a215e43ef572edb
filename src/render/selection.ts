/** Resolves when nothing in `node` is selected: replacing its nodes would take the selection away. */
export async function unselected(node: Node): Promise<void> {
  while (isSelected(node)) await new Promise((resolve) => document.addEventListener('selectionchange', resolve, {once: true}));
}

/** Whether part of `node` is selected. */
function isSelected(node: Node): boolean {
  const selection = selectionIn(node.getRootNode());
  return selection !== null && !selection.isCollapsed && selection.containsNode(node, true);
}

function selectionIn(root: Node): Selection | null {
  // Chromium tells of a selection within a shadow root by a method of that root alone; others by the document's.
  const own = 'getSelection' in root ? (root as Document).getSelection : undefined;
  return own ? own.call(root) : getSelection();
}
