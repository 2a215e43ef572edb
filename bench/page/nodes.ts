/** How many nodes a tree has, those in shadow trees included. */
export function countNodes(root: Node): number {
  let count = 0;
  const walker = document.createTreeWalker(root);
  for (let node: Node | null = walker.currentNode; node; node = walker.nextNode()) {
    count++;
    if (node instanceof Element && node.shadowRoot) count += countNodes(node.shadowRoot);
  }
  return count;
}
