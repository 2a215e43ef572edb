(globalThis as any).DBG = process.env['DEBUG'];
import {after, before, describe, test} from 'node:test';
import {BarePerson} from './random/bare-person.ts';
import {PagePerson} from './random/page-person.ts';
import {Script} from './random/script.ts';
import {TerseModel} from './random/terse-model.ts';
import {Stage} from './stage.ts';
import {TokenGate} from './token-gate.ts';

/** `SEED=17` repeats one script, `SEED=100..129` does those. `ACTIONS=50` does only its beginning: to find where it goes wrong. */
const {SEED = '1', ACTIONS = '200', BARE} = process.env;
const [first = 1, last = first] = SEED.split('..').map(Number);

describe('three people who do what comes to their mind', () => {
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
      await new Script({
        port, gate, model,
        sit: (options) => (BARE ? BarePerson.sit({port, url: stage.demo.url}, options) : PagePerson.sit(stage, options)),
        cut: (clientId) => stage.faults.cut({clientId}),
      }, seed).play(Number(ACTIONS));
    });
  }
});
