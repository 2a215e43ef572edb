import type {TestRunnerConfig} from '@web/test-runner';
import {chromeLauncher} from '@web/test-runner-chrome';
import * as puppeteer from 'puppeteer-core';
import {findFirefox, findWebKit} from './scripts/find-engines.mjs';
import {type EngineName, missing, wantedEngines} from './test/helpers/engines.ts';
import {WebKitLauncher} from './test/helpers/webkit-launcher.ts';
import chromium from './web-test-runner.config.ts';

type Browsers = NonNullable<TestRunnerConfig['browsers']>;

function browsersOf(name: EngineName): Browsers {
  switch (name) {
    case 'chromium':
      return chromium.browsers ?? missing(name);
    case 'firefox':
      // By WebDriver BiDi, which needs no driver beside the browser.
      return [chromeLauncher({puppeteer, launchOptions: {browser: 'firefox', executablePath: findFirefox() ?? missing(name)}})];
    case 'webkit':
      return [new WebKitLauncher(findWebKit() ?? missing(name))];
  }
}

const config: TestRunnerConfig = {
  ...chromium,
  // Reading Markdown is the same work in every engine, and that of the hostile corpus takes WebKitGTK minutes.
  files: ['test/**/*.browser.test.ts', '!test/render/{hostile,streaming,commonmark,gfm}.browser.test.ts'],
  browsers: wantedEngines().flatMap(browsersOf),
  // Each has a window of its own, and a file of tests waits most of its time.
  concurrentBrowsers: 2,
  // WebKitGTK without a graphics card is several times slower than the others, and two share the machine: what a stall has made
  // fail is tried again, and fails for good where it fails each time.
  testFramework: {config: {timeout: 30_000, ui: 'bdd', retries: 2}},
};

export default config;
