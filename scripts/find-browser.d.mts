/** Path of a Chrome or Chromium, or `undefined`. */
export function findBrowser(): string | undefined;
/** Arguments that keep a test browser on this machine. */
export const browserArguments: string[];
