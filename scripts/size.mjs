/** Tells what each thing weighs that `npm run build` made, and fails when one is over its budget. */
import {dirname} from 'node:path';
import {fileURLToPath} from 'node:url';
import {weigh} from './weights.mjs';

const {rows, small} = await weigh(dirname(dirname(fileURLToPath(import.meta.url)))).catch((error) => {
  console.error(`size: ${error.message}`);
  process.exit(1);
});
const line = (...cells) => cells.map((cell, index) => (index < 2 ? String(cell).padEnd(44 - index * 28) : String(cell).padStart(9))).join(' ');
console.log(line('entry', 'counted', 'min kB', 'gzip kB', 'budget'));
for (const {entry, kind, min, gzip, budget} of rows) console.log(line(entry, kind, min.toFixed(1), gzip.toFixed(1), budget), gzip > budget ? ' over budget' : '');
console.log(`and ${small.count} smaller chunks, ${small.gzip.toFixed(1)} kB together: languages of code, and what those above share`);
if (rows.some(({gzip, budget}) => gzip > budget)) process.exitCode = 1;
