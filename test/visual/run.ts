/**
 * Compares pictures of the elements with those in `baseline`, and measures the contrast of what they show in every theme.
 * With `--update` it takes the baseline anew: look at each picture that git then shows as changed.
 */
import {mkdir, readFile, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import pixelmatch from 'pixelmatch';
import {PNG} from 'pngjs';
import {Camera} from './camera.ts';
import {contrasts, type Shot, shots} from './shots.ts';

const baseline = join(import.meta.dirname, 'baseline');
const results = join(import.meta.dirname, '../../test-results/visual');
/** How different two colours may be (0 to 1), and how many of the pixels may differ more: edges, not things. */
const threshold = 0.06;
const tolerated = 0.0004;

const isUpdate = process.argv.includes('--update');
const only = process.argv.slice(2).find((argument) => !argument.startsWith('--'));
const problems: string[] = [];

/** Whether a shot is what the baseline is made of, and not only compared with it. */
function isOriginal({host, theme}: Shot): boolean {
  return host === undefined && theme !== 'default';
}

function titleOf({name, host, theme}: Shot): string {
  return [name, host && `in a page with ${host}`, theme === 'default' && 'with the default theme linked'].filter(Boolean).join(', ');
}

async function compare(shot: Shot, taken: Buffer): Promise<void> {
  const file = join(baseline, `${shot.name}.png`);
  const kept = await readFile(file).catch(() => undefined);
  const problem = kept ? await differenceOf(PNG.sync.read(kept), PNG.sync.read(taken), shot) : 'has no picture to compare with';
  if (problem === undefined) return;
  if (isUpdate && isOriginal(shot)) {
    await writeFile(file, small(taken));
    console.log(`  taken anew: ${shot.name}`);
    return;
  }
  await writeFile(join(results, `${fileName(shot)}.png`), taken);
  problems.push(`${titleOf(shot)} ${problem}`);
}

async function differenceOf(kept: PNG, taken: PNG, shot: Shot): Promise<string | undefined> {
  const {width, height} = kept;
  if (width !== taken.width || height !== taken.height) return `is ${taken.width} × ${taken.height} px and was ${width} × ${height} px`;
  const marked = new PNG({width, height});
  const count = pixelmatch(kept.data, taken.data, marked.data, width, height, {threshold});
  if (count <= width * height * tolerated) return undefined;
  await writeFile(join(results, `${fileName(shot)}-difference.png`), PNG.sync.write(marked));
  return `differs in ${count} pixels (${((count / width / height) * 100).toFixed(2)} %)`;
}

function fileName({name, host, theme}: Shot): string {
  return [name, host, theme === 'default' && theme].filter(Boolean).join('-');
}

/** In 64 steps of each colour, which nobody sees, and without transparency: half the size. */
function small(picture: Buffer): Buffer {
  const png = PNG.sync.read(picture);
  png.data.forEach((value, index) => {
    png.data[index] = Math.min(255, Math.round(value / 4) * 4);
  });
  return PNG.sync.write(png, {colorType: 2, deflateLevel: 9, deflateStrategy: 0, filterType: 0});
}

await rm(results, {recursive: true, force: true});
await mkdir(results, {recursive: true});
await mkdir(baseline, {recursive: true});
const camera = await Camera.open();
try {
  const wanted = shots.filter(({name}) => only === undefined || name.includes(only));
  for (const shot of wanted) {
    await camera.show(shot);
    await compare(shot, await camera.take(shot));
  }
  for (const shot of contrasts.filter(({name}) => only === undefined || name.includes(only))) {
    await camera.show(shot);
    problems.push(...(await camera.faint()).map((line) => `too little contrast (${shot.name}): ${line}`));
  }
  console.log(`${wanted.length} pictures compared, ${contrasts.length} pages measured for contrast`);
} finally {
  await camera.close();
}
if (problems.length > 0) {
  console.error(`\n${problems.map((problem) => `✗ ${problem}`).join('\n')}\n\nThe pictures, and what differs in them, are in test-results/visual. If they are right: npm run test:visual -- --update\n`);
  process.exitCode = 1;
}
