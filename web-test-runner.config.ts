import type {TestRunnerConfig} from '@web/test-runner';
import {chromeLauncher} from '@web/test-runner-chrome';
import {browserArguments, findBrowser} from './scripts/find-browser.mjs';
import {imePlugin} from './test/helpers/ime-plugin.ts';
import {keysPlugin} from './test/helpers/keys-plugin.ts';
import {mediaPlugin} from './test/helpers/media-plugin.ts';
import {mousePlugin} from './test/helpers/mouse-plugin.ts';
import {viteMiddleware} from './test/helpers/vite-middleware.ts';

const config: TestRunnerConfig = {
  files: ['test/**/*.browser.test.ts'],
  browsers: [chromeLauncher({launchOptions: {executablePath: findBrowser(), args: browserArguments}})],
  middleware: [await viteMiddleware()],
  plugins: [mediaPlugin(), keysPlugin(), mousePlugin(), imePlugin()],
  // Two at once put one page in the background, where Chromium slows timers and frames.
  concurrency: 1,
  // Most tests are of what is drawn once all is loaded: it is before they begin. What is drawn until then has tests of its own.
  testRunnerHtml: (framework) => `<!doctype html><html><body><script type="module">
    const parts = ['agent-chat/cards-loader.ts', 'barge-in-input/extras-loader.ts'];
    for (const part of parts) for (const lazy of Object.values(await import('/src/elements/' + part))) await lazy.load();
    await import(${JSON.stringify(framework)});
  </script></body></html>`,
  // As many random texts as are asked for take as long as they take; the runner's own limit for a file is two minutes.
  ...(process.env['VITE_RENDER_RUNS'] === undefined ? {} : {testsFinishTimeout: 12 * 3_600_000}),
  // On a machine that others share a test may be stalled: there one that fails is tried once more.
  testFramework: {config: {timeout: 10_000, ui: 'bdd', retries: process.env['CI'] === undefined ? 0 : 1}},
};

export default config;
