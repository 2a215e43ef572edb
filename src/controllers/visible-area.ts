/**
 * Tells an element which part of the window a person sees above the software keyboard, as the custom properties
 * `--_visible-top` and `--_visible-height` in px, until the returned function is called. Zooming by two fingers is looking
 * closer and changes nothing.
 */
export function followVisibleArea(element: HTMLElement, viewport: VisualViewport | null = window.visualViewport): () => void {
  if (!viewport) return () => undefined;
  const follow = (): void => {
    if (viewport.scale > 1.01) return;
    element.style.setProperty('--_visible-top', `${viewport.offsetTop}px`);
    element.style.setProperty('--_visible-height', `${viewport.height}px`);
  };
  const ends = new AbortController();
  viewport.addEventListener('resize', follow, {signal: ends.signal});
  viewport.addEventListener('scroll', follow, {signal: ends.signal});
  follow();
  return () => {
    ends.abort();
    element.style.removeProperty('--_visible-top');
    element.style.removeProperty('--_visible-height');
  };
}
