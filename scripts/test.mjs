/**
 * `npm test`: everything that is checked with one browser, in the order in which it fails soonest. What only reads runs side
 * by side; what draws or waits has the machine to itself, since a page in the background is slowed down. Ends with how long
 * each took.
 */
import {spawn} from 'node:child_process';
import {appendTime, table} from './step-times.mjs';

/** Steps that run one after the other; several of these run side by side. The package is built once, for all that need it. */
const together = [
  ['lint'],
  ['types', 'rooms', 'build', 'size', 'package:check'],
];
const alone = ['test:node', 'test:browser', 'test:visual', 'test:e2e', 'docs:check'];

const times = [];

/** Runs a script of package.json without those before and after it, and tells whether it succeeded. */
async function run(step, {isQuiet = false} = {}) {
  const started = performance.now();
  if (!isQuiet) console.log(`\n> ${step}`);
  // As a shell does: npm is a script of its own on Windows.
  const child = spawn('npm', ['run', '--silent', '--ignore-scripts', step], {stdio: isQuiet ? ['ignore', 'pipe', 'pipe'] : 'inherit', shell: process.platform === 'win32'});
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => said.push(data));
  const code = await new Promise((resolve) => child.once('error', () => resolve(1)).once('close', resolve));
  if (isQuiet) console.log(`\n> ${step}\n${Buffer.concat(said)}`);
  const seconds = (performance.now() - started) / 1000;
  times.push([step, seconds]);
  appendTime(`  ${step}`, seconds);
  return code === 0;
}

async function runAll(steps, options) {
  for (const step of steps) if (!(await run(step, options))) return false;
  return true;
}

const passed = (await Promise.all(together.map((steps) => runAll(steps, {isQuiet: true})))).every(Boolean) && (await runAll(alone));
console.log(`\n${table(times)}\n`);
if (!passed) {
  console.error('npm test: something failed; what, is said above.');
  process.exitCode = 1;
}
