/**
 * Brings a fresh clone to the point where `npm start` and `npm test` can run: dependencies (with them a current Node
 * for the tools), with `--browser` a Chromium, with `--engines` Firefox and WebKit too. Uses Node built-ins only, since it runs before anything is
 * installed, on the Node the person has.
 */
import {spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {findBrowser} from './find-browser.mjs';
import {enginePackages, findFirefox, findWebKit} from './find-engines.mjs';
import {appendTime} from './step-times.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const lock = join(root, '.setup.lock');
const stamp = join(root, 'node_modules', '.setup-stamp');
const staleLockMs = 15 * 60_000;

function fail(message) {
  console.error(`\nsetup: ${message}\n`);
  process.exit(1);
}

function run(command, args, env = {}) {
  const shell = process.platform === 'win32';
  const result = spawnSync(command, args, {cwd: root, stdio: 'inherit', shell, env: {...process.env, ...env}});
  if (result.error) fail(`could not run ${command}: ${result.error.message}`);
  if (result.status !== 0) fail(`"${command} ${args.join(' ')}" ended with ${result.status ?? result.signal}. Its output above says why.`);
}

/** Two commands started at once take turns: the second waits until the first has installed everything. */
async function takeLock() {
  for (let waited = false; ; waited = true) {
    try {
      mkdirSync(lock);
      process.on('exit', () => rmSync(lock, {recursive: true, force: true}));
      for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (!waited) console.log('setup: another set-up is running, waiting for it');
      const age = Date.now() - (statSync(lock, {throwIfNoEntry: false})?.mtimeMs ?? 0);
      if (age > staleLockMs) rmSync(lock, {recursive: true, force: true});
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

function installDependencies() {
  const want = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === want) return;
  console.log('setup: installing dependencies');
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  if (npm) run(process.execPath, [npm, ...args]);
  else run('npm', args);
  writeFileSync(stamp, want);
}

function checkNode() {
  const bin = join(root, 'node_modules', '.bin');
  const separator = process.platform === 'win32' ? ';' : ':';
  const result = spawnSync('node', ['--version'], {encoding: 'utf8', env: {...process.env, PATH: `${bin}${separator}${process.env.PATH}`}});
  const major = Number(/^v(\d+)/.exec(result.stdout ?? '')?.[1] ?? 0);
  if (major < 24) fail(`the tools need Node 24, and the one npm installed does not run here (found ${result.stdout?.trim() || 'none'}). Install Node 24 and try again.`);
}

function installBrowser() {
  if (findBrowser()) return;
  const aptGet = spawnSync('apt-get', ['--version']).status === 0;
  if (process.getuid?.() !== 0 || !aptGet) {
    fail('no Chrome or Chromium was found, and the tests need one. Install one, or set CHROME_PATH to its executable.');
  }
  installPackages('Chromium', ['chromium']);
  if (!findBrowser()) fail('Chromium was installed but cannot be found. Set CHROME_PATH to its executable.');
}

/** Firefox and WebKit are for one command only: where they cannot be had, its tests say which is missing. */
function installEngines() {
  if (findFirefox() && findWebKit()) return;
  const aptGet = spawnSync('apt-get', ['--version']).status === 0;
  if (process.getuid?.() === 0 && aptGet) installPackages('Firefox and WebKit', enginePackages);
}

function installPackages(what, packages) {
  console.log(`setup: installing ${what}`);
  const env = {DEBIAN_FRONTEND: 'noninteractive'};
  run('apt-get', ['update', '-qq'], env);
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], env);
}

const started = performance.now();
await takeLock();
installDependencies();
checkNode();
if (process.argv.includes('--browser') || process.argv.includes('--engines')) installBrowser();
if (process.argv.includes('--engines')) installEngines();
appendTime('  set-up', (performance.now() - started) / 1000);
