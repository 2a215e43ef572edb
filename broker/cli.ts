/** `npm run broker -- --port 9010 [--data FILE] [--key APP.KEY:SECRET] [--faults]` */
import {parseArgs} from 'node:util';
import {startBroker} from './net/server.ts';

const {values} = parseArgs({
  options: {
    port: {type: 'string', default: '9010'},
    host: {type: 'string'},
    data: {type: 'string'},
    key: {type: 'string', multiple: true},
    faults: {type: 'boolean', default: false},
  },
});

try {
  const broker = await startBroker({
    port: Number(values.port),
    faults: values.faults,
    ...(values.host !== undefined && {host: values.host}),
    ...(values.data !== undefined && {data: values.data}),
    ...(values.key && {keys: values.key}),
  });
  console.log(`listening on ${broker.url}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void broker.close().then(() => process.exit(0));
    });
  }
} catch (error) {
  console.error(`broker: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
