/**
 * `npm run pack:examples` makes the package that the examples install, as npm would publish it.
 *
 * `npm run test:examples [-- vue …]` also installs it into each example, builds the example as its framework does, two at a
 * time, and then clicks through all of them in one browser. What they say is shown only where one fails. With `--built`
 * the package is made of what `npm run build` has left in `dist/`.
 */
import {spawn} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, 'examples');
/** Those that take longest first, so that none of them is left over alone. */
const all = ['next', 'angular', 'vue', 'svelte', 'react', 'html'];
/** How long one step of one example may take, in ms; and one test. */
const limit = 300_000;
const testLimit = 120_000;

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** @returns what it says on its standard output. */
function run(command, args, {cwd = root, env = {}, isShown = false, timeout = limit} = {}) {
  const shell = process.platform === 'win32';
  const child = spawn(command, args, {
    cwd, shell, timeout, stdio: ['ignore', isShown ? 'inherit' : 'pipe', isShown ? 'inherit' : 'pipe'],
    env: {...process.env, NEXT_TELEMETRY_DISABLED: '1', NG_CLI_ANALYTICS: 'false', CI: '1', ...env},
  });
  const said = {stdout: '', stderr: ''};
  for (const name of ['stdout', 'stderr']) child[name]?.setEncoding('utf8').on('data', (chunk) => (said[name] += chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve(said.stdout);
      else reject(new Error(`"${command} ${args.join(' ')}" ended with ${code ?? signal}:\n${said.stdout}\n${said.stderr}`));
    });
  });
}

/** npm as it was started, or the one on PATH. */
const npm = (args, options) => (process.env.npm_execpath ? run(process.execPath, [process.env.npm_execpath, ...args], options) : run('npm', args, options));

/** The tarball that npm would publish, where all examples look for it; and unpacked, for a script tag. */
async function pack() {
  const started = performance.now();
  if (!process.argv.includes('--built')) await run(process.execPath, ['scripts/build.mjs']);
  const [{filename}] = JSON.parse(await npm(['pack', '--json', '--silent', '--pack-destination', folder]));
  renameSync(join(folder, filename), join(folder, 'agent-session-elements.tgz'));
  rmSync(join(folder, '.package'), {recursive: true, force: true});
  mkdirSync(join(folder, '.package'));
  await run('tar', ['-xzf', 'agent-session-elements.tgz', '-C', '.package'], {cwd: folder});
  console.log(`packed in ${seconds(started)}`);
}

/**
 * An example's lock has what the package depends on, but not the package's checksum, which is another one after each
 * build: npm would refuse it.
 */
function checkLock(example) {
  const path = join(folder, example, 'package-lock.json');
  const lock = JSON.parse(readFileSync(path, 'utf8'));
  const entry = lock.packages['node_modules/agent-session-elements'];
  if (entry.integrity) {
    delete entry.integrity;
    writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
  }
  const {dependencies} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  if (JSON.stringify(dependencies) === JSON.stringify(entry.dependencies)) return;
  throw new Error(`The lock of examples/${example} is older than the package's dependencies. Run npm install there.`);
}

async function build(example) {
  const cwd = join(folder, example);
  if (!existsSync(join(cwd, 'package.json'))) return;
  checkLock(example);
  const started = performance.now();
  await npm(['ci', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'], {cwd});
  const installed = performance.now();
  await npm(['run', 'build'], {cwd});
  console.log(`${example}: install ${((installed - started) / 1000).toFixed(1)} s, build ${seconds(installed)}`);
}

/** Builds examples, two at a time. @returns those that could be built. */
async function buildAll(examples) {
  const waiting = [...examples];
  const built = [];
  const work = async () => {
    for (let example = waiting.shift(); example; example = waiting.shift()) {
      try {
        await build(example);
        built.push(example);
      } catch (error) {
        console.error(`${example} failed. ${error.message}`);
      }
    }
  };
  await Promise.all([work(), work()]);
  return all.filter((example) => built.includes(example));
}

const wanted = process.argv.slice(2).filter((name) => !['--pack', '--built'].includes(name));
const unknown = wanted.find((name) => !all.includes(name));
if (unknown) {
  console.error(`test:examples: there is no example '${unknown}'. There are: ${all.join(', ')}.`);
  process.exit(1);
}
const started = performance.now();
await pack();
if (!process.argv.includes('--pack')) {
  const examples = wanted.length > 0 ? wanted : all;
  const built = await buildAll(examples);
  const clicks = ['--conditions=agent-session-source', '--test', `--test-timeout=${testLimit}`, '--test-reporter=spec', 'test/examples/click-through.ts'];
  const isClicked = await run(process.execPath, clicks, {env: {EXAMPLES: built.join()}, isShown: true, timeout: limit * all.length}).then(() => true, () => false);
  const isGreen = isClicked && built.length === examples.length;
  console.log(`${isGreen ? 'all examples work' : 'not all examples work'}, ${seconds(started)}`);
  process.exitCode = isGreen ? 0 : 1;
}
