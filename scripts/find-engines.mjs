import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {isExecutable, onPath} from './executables.mjs';

/** Debian's packages that bring Firefox and WebKit, and a display for machines without a screen. */
export const enginePackages = ['firefox-esr', 'webkit2gtk-driver', 'xvfb'];

/** Path of a Firefox: `FIREFOX_PATH`, or the first one on `PATH`; else `undefined`. */
export function findFirefox() {
  return process.env.FIREFOX_PATH ?? onPath('firefox', 'firefox-esr');
}

/** WebKitGTK's driver and small browser, and Xvfb where there is no screen; `undefined` where one of them is missing. */
export function findWebKit() {
  const driver = onPath('WebKitWebDriver');
  const browser = miniBrowser();
  const xvfb = process.env.DISPLAY ? undefined : onPath('Xvfb');
  if (!driver || !browser || (!process.env.DISPLAY && !xvfb)) return undefined;
  return {driver, browser, xvfb};
}

/** It comes with the library, in a folder that is named after the machine and the library's version. */
function miniBrowser() {
  const folders = ['/usr/lib', ...children('/usr/lib'), '/usr/libexec'];
  return folders.flatMap((folder) => children(folder).filter((path) => /\/webkit2gtk-[\d.]+$/.test(path)))
    .map((folder) => join(folder, 'MiniBrowser')).find(isExecutable);
}

function children(folder) {
  try {
    return readdirSync(folder, {withFileTypes: true}).filter((entry) => entry.isDirectory()).map(({name}) => join(folder, name));
  } catch {
    return [];
  }
}
