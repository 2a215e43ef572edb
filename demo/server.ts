/** `npm start`: the demo on `PORT` (8080). Conversations are kept in `.data/`, or in the file that `--data` or `DATA` names. */
import {mkdirSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {parseArgs} from 'node:util';
import {naturalPace} from './model/pace.ts';
import {startDemo} from './start-demo.ts';

const {values} = parseArgs({
  options: {
    port: {type: 'string', default: process.env['PORT'] ?? '8080'},
    host: {type: 'string', default: process.env['HOST']},
    data: {type: 'string', default: process.env['DATA'] ?? join(import.meta.dirname, '../.data/conversations.sqlite')},
    'broker-port': {type: 'string'},
    'tokens-per-second': {type: 'string'},
    ahead: {type: 'string'},
    faults: {type: 'boolean', default: false},
    test: {type: 'boolean', default: false},
  },
});

try {
  mkdirSync(dirname(values.data), {recursive: true});
  const demo = await startDemo({
    port: Number(values.port),
    host: values.host,
    data: values.data,
    brokerPort: values['broker-port'] === undefined ? undefined : Number(values['broker-port']),
    environment: process.env,
    pace: values['tokens-per-second'] === undefined ? undefined : naturalPace({tokensPerSecond: Number(values['tokens-per-second'])}),
    aheadMs: values.ahead === undefined ? undefined : Number(values.ahead),
    faults: values.faults,
    isTest: values.test,
    isWatching: true,
    log: (line) => console.error(line),
  });
  console.log(`The agent is ${demo.model}; conversations are ${process.env['ABLY_API_KEY'] ? 'on Ably' : `in ${values.data}`}.`);
  console.log(`ready at ${demo.url}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void demo.close().then(() => process.exit(0)));
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  console.error(isTaken ? `Port ${values.port} is in use. Choose another: PORT=8081 npm start` : `The demo cannot start: ${message}`);
  process.exit(1);
}
