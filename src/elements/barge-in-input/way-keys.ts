// What the menu says of keys: apart from what they do, which is there before the menu is loaded.

const isApple = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);

/** How the keys of `wayToSend()` are written; undefined for the ways that have none. */
export function keysOfWay(way: number): string | undefined {
  return (isApple ? ['↩', '⌘↩', '⇧⌘↩', '⌥↩'] : ['Enter', 'Ctrl+Enter', 'Ctrl+Shift+Enter', 'Alt+Enter'])[way];
}

/** The same for assistive technology, in the words of `aria-keyshortcuts`. */
export function shortcutOfWay(way: number): string | undefined {
  return (isApple ? ['Enter', 'Meta+Enter', 'Meta+Shift+Enter', 'Alt+Enter'] : ['Enter', 'Control+Enter', 'Control+Shift+Enter', 'Alt+Enter'])[way];
}
