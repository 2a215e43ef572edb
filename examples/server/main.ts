/** `npm run backend`: what pages of one's own and the examples need besides themselves, on `PORT` (8090). */
import {existsSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {parseArgs} from 'node:util';
import {naturalPace} from '../../demo/model/pace.ts';
import {startBackend} from './backend.ts';

const {values} = parseArgs({options: {port: {type: 'string', default: process.env['PORT'] ?? '8090'}, site: {type: 'string'}}});
const script = join(import.meta.dirname, '../../dist');

const backend = await startBackend({
  port: Number(values.port), site: values.site === undefined ? undefined : resolve(values.site), pace: naturalPace(), environment: process.env, log: (line) => console.error(line),
  script: existsSync(script) ? script : undefined,
});
console.log(`broker, tokens and agent are ready at ${backend.url}`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void backend.close().then(() => process.exit(0)));
