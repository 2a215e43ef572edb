import {executeServerCommand} from '@web/test-runner-commands';

/** What a person may have set in their system. */
export interface Preferences {
  reducedMotion?: boolean;
  colorScheme?: 'light' | 'dark';
  forcedColors?: boolean;
}

/** Whether this engine lets a test change what a person prefers: only Chromium does, by its own protocol. */
export const canPrefer = navigator.userAgent.includes('Chrome/');

/** `it` for tests that change what a person prefers; engines that do not let them skip them, and say so. */
export const itPrefers = canPrefer ? it : it.skip;

/** Sets what a person prefers, for this page; everything else as it is by default. */
export async function prefer({reducedMotion, colorScheme, forcedColors}: Preferences = {}): Promise<void> {
  await executeServerCommand('emulate-features', [
    {name: 'prefers-reduced-motion', value: reducedMotion ? 'reduce' : 'no-preference'},
    {name: 'prefers-color-scheme', value: colorScheme ?? 'light'},
    {name: 'forced-colors', value: forcedColors ? 'active' : 'none'},
  ]);
}

const realMedia = globalThis.matchMedia.bind(globalThis);

/**
 * Whether what scripts move keeps still. Where a test cannot set what a person prefers, scripts alone are told so; what
 * styles move goes on moving there.
 */
export async function stillness(isWanted: boolean): Promise<void> {
  if (canPrefer) return prefer({reducedMotion: isWanted});
  globalThis.matchMedia = (query) => (isWanted && query === '(prefers-reduced-motion: reduce)' ? realMedia('all') : realMedia(query));
}

/** Gives the page another size, in CSS pixels. */
export async function resize(width: number, height: number): Promise<void> {
  await executeServerCommand('resize', {width, height});
}
