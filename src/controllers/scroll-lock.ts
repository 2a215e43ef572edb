/** What the page had written itself, and how many hold its scrolling. One page has one root. */
let holders = 0;
let written: {overflow: string; gutter: string} | undefined;

/**
 * Keeps the page from being scrolled, for what covers all of it, until the returned function is called. Nothing moves by
 * it: where the page has a scrollbar its room is kept.
 */
export function lockScroll(): () => void {
  const root = document.documentElement;
  if (holders++ === 0) {
    written = {overflow: root.style.overflow, gutter: root.style.scrollbarGutter};
    if (window.innerWidth > root.clientWidth) root.style.scrollbarGutter = 'stable';
    root.style.overflow = 'hidden';
  }
  let isHeld = true;
  return () => {
    if (!isHeld) return;
    isHeld = false;
    if (--holders > 0 || !written) return;
    root.style.overflow = written.overflow;
    root.style.scrollbarGutter = written.gutter;
    written = undefined;
  };
}
