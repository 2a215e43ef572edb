import {after, before, describe, test} from 'node:test';
import {type RunningBroker, startBroker} from '../../broker/index.ts';
import {type RunningDemo, startDemo} from '../../demo/start-demo.ts';
import {BarePerson} from './random/bare-person.ts';
import {Script} from './random/script.ts';
import {TerseModel} from './random/terse-model.ts';
import {TokenGate} from './token-gate.ts';

/** `SEED=17` plays that script alone, `SEED=100..129` those; `ACTIONS=50` only the beginning: to find where it goes wrong. */
const {SEED = '1..10', ACTIONS = '200'} = process.env;
const [first = 1, last = first] = SEED.split('..').map(Number);

/** The library's sessions without a page around them, against the real broker and agent: ten scripts in the time of one by pages. */
describe('three people who do what comes to their mind', () => {
  const gate = new TokenGate();
  const model = new TerseModel(gate.pace);
  let broker: RunningBroker;
  let demo: RunningDemo;

  before(async () => {
    broker = await startBroker({port: 0, faults: true});
    demo = await startDemo({port: 0, brokerPort: broker.port, isTest: true, model});
  });
  after(async () => {
    gate.open();
    await demo.close();
    await broker.close();
  });

  for (let seed = first; seed <= last; seed++) {
    test(`agree on all of it in the end, seed ${seed}`, async () => {
      gate.close();
      const {port} = broker;
      const where = {port, url: demo.url};
      await new Script({port, gate, model, sit: (options) => BarePerson.sit(where, options), cut: (clientId) => broker.server.faults?.cut({clientId})}, seed).play(Number(ACTIONS));
    });
  }
});
