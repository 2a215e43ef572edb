/** Resolves when the page has nothing else to do, after `most` milliseconds at the latest. */
export const idle = (most: number): Promise<void> => new Promise((resolve) => {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve(), {timeout: most});
  else setTimeout(resolve, 30);
});
