import {join} from 'node:path';
import {isExecutable, onPath} from './executables.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'chrome.exe'];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ...['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
    .flatMap((name) => process.env[name] ?? [])
    .map((folder) => join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe')),
];

/** Path of a Chrome or Chromium: `CHROME_PATH`, then the names on `PATH`, then the usual places; else `undefined`. */
export function findBrowser() {
  return [process.env.CHROME_PATH, onPath(...names), ...places].find((path) => path && isExecutable(path));
}

/**
 * Arguments that keep a test browser on this machine: no updates, no phoning home. Root, and containers without user
 * namespaces (`CHROME_NO_SANDBOX=1`), cannot use the sandbox.
 */
export const browserArguments = [
  '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic', '--no-first-run',
  '--disable-gpu',
  ...(process.getuid?.() === 0 || process.env.CHROME_NO_SANDBOX ? ['--no-sandbox'] : []),
];
