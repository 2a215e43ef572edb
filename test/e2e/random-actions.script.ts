import {after, before, describe, test} from 'node:test';
import {PagePerson} from './random/page-person.ts';
import {Script} from './random/script.ts';
import {TerseModel} from './random/terse-model.ts';
import {Stage} from './stage.ts';
import {TokenGate} from './token-gate.ts';

/** `SEED=17` repeats one script, `SEED=100..129` does those. `ACTIONS=50` does only its beginning: to find where it goes wrong. */
const {SEED = '1', ACTIONS = '200'} = process.env;
const [first = 1, last = first] = SEED.split('..').map(Number);

/** The same scripts as in `random-actions.e2e.ts`, by three pages in browsers. */
describe('three people at pages who do what comes to their mind', () => {
  const gate = new TokenGate();
  const model = new TerseModel(gate.pace);
  let stage: Stage;

  before(async () => {
    stage = await Stage.set({}, {model, log: (line) => console.error(`agent: ${line}`)});
  });
  after(async () => {
    gate.open();
    await stage.strike();
  });

  for (let seed = first; seed <= last; seed++) {
    test(`agree on all of it in the end, seed ${seed}`, async () => {
      gate.close();
      const {port} = stage.broker;
      const sit = (options: Parameters<typeof PagePerson.sit>[1]): Promise<PagePerson> => PagePerson.sit(stage, options);
      await new Script({port, gate, model, sit, cut: (clientId) => stage.faults.cut({clientId})}, seed).play(Number(ACTIONS));
    });
  }
});
