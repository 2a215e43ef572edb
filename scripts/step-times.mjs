import {appendFileSync} from 'node:fs';

/** Notes how long a step took, in the file that `STEP_TIMES` names; does nothing where it names none. */
export function appendTime(step, seconds) {
  if (process.env.STEP_TIMES) appendFileSync(process.env.STEP_TIMES, `${step}\t${Math.round(seconds)}\n`);
}

/** Steps and their seconds, one a line. */
export function table(times) {
  return times.map(([step, seconds]) => `${step.padEnd(24)}${String(Math.round(seconds)).padStart(6)} s`).join('\n');
}
