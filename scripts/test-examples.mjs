/**
 * `npm run pack:examples` makes the package that the examples install, as npm would publish it.
 *
 * `npm run test:examples [-- vue …]` also installs it into each example, builds the example as its framework does, and
 * clicks through it in a browser against the broker. One after the other; what they say is shown only where one fails.
 */
import {spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, 'examples');
const all = ['html', 'vue', 'svelte', 'react', 'angular', 'next'];
/** How long one step of one example may take, in ms. */
const limit = 300_000;

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

function run(command, args, {cwd = root, env = {}} = {}) {
  const options = {cwd, encoding: 'utf8', timeout: limit, shell: process.platform === 'win32', env: {...process.env, NEXT_TELEMETRY_DISABLED: '1', NG_CLI_ANALYTICS: 'false', CI: '1', ...env}};
  const {status, signal, stdout, stderr, error} = spawnSync(command, args, options);
  if (status === 0) return stdout;
  throw new Error(`"${command} ${args.join(' ')}" ended with ${error?.message ?? status ?? signal}:\n${stdout}\n${stderr}`);
}

/** npm as it was started, or the one on PATH. */
const npm = (args, options) => (process.env.npm_execpath ? run(process.execPath, [process.env.npm_execpath, ...args], options) : run('npm', args, options));

/** The tarball that npm would publish, where all examples look for it; and unpacked, for a script tag. */
function pack() {
  const started = performance.now();
  npm(['run', 'build']);
  const [{filename}] = JSON.parse(npm(['pack', '--json', '--silent', '--pack-destination', folder]));
  renameSync(join(folder, filename), join(folder, 'agent-session-elements.tgz'));
  rmSync(join(folder, '.package'), {recursive: true, force: true});
  mkdirSync(join(folder, '.package'));
  run('tar', ['-xzf', 'agent-session-elements.tgz', '-C', '.package'], {cwd: folder});
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

function test(example) {
  const cwd = join(folder, example);
  const times = [];
  const step = (name, work) => {
    const started = performance.now();
    work();
    times.push(`${name} ${seconds(started)}`);
  };
  if (existsSync(join(cwd, 'package.json'))) {
    checkLock(example);
    step('install', () => npm(['ci', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'], {cwd}));
    step('build', () => npm(['run', 'build'], {cwd}));
  }
  step('clicks', () => run(process.execPath, ['--conditions=agent-session-source', '--test', '--test-reporter=spec', 'test/examples/click-through.ts'], {env: {EXAMPLE: example}}));
  console.log(`${example}: ${times.join(', ')}`);
}

const wanted = process.argv.slice(2).filter((name) => name !== '--pack');
const unknown = wanted.find((name) => !all.includes(name));
if (unknown) {
  console.error(`test:examples: there is no example '${unknown}'. There are: ${all.join(', ')}.`);
  process.exit(1);
}
const started = performance.now();
let failures = 0;
pack();
if (process.argv.includes('--pack')) process.exit();
for (const example of wanted.length > 0 ? wanted : all) {
  try {
    test(example);
  } catch (error) {
    failures += 1;
    console.error(`${example} failed. ${error.message}`);
  }
}
console.log(`${failures === 0 ? 'all examples work' : `${failures} failed`}, ${seconds(started)}`);
process.exitCode = failures === 0 ? 0 : 1;
