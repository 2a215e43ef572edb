/** Debian's packages that bring Firefox and WebKit, and a display for machines without a screen. */
export const enginePackages: readonly string[];

/** Path of a Firefox: `FIREFOX_PATH`, or the first one on `PATH`; else `undefined`. */
export function findFirefox(): string | undefined;

/** WebKitGTK's driver and small browser, and Xvfb where there is no screen; `undefined` where one of them is missing. */
export function findWebKit(): {driver: string; browser: string; xvfb: string | undefined} | undefined;
