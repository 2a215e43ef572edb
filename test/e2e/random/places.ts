import {after, before, describe, test} from 'node:test';
import {type RunningBroker, startBroker} from '../../../broker/index.ts';
import {type RunningDemo, startDemo} from '../../../demo/start-demo.ts';
import {Stage} from '../stage.ts';
import {TokenGate} from '../token-gate.ts';
import {BarePerson} from './bare-person.ts';
import {PagePerson} from './page-person.ts';
import type {PersonOptions} from './person.ts';
import {Script} from './script.ts';
import {TerseModel} from './terse-model.ts';

export interface ScriptRange {
  readonly first: number;
  readonly last: number;
  /** How many actions of each script; 200 when absent. */
  readonly actions?: number;
}

/**
 * How long one script may take, in ms: three pages and everything behind them, on a busy machine with as many beside them.
 * What hangs is told sooner, and with what was done before: by the patience with one action, or with all coming to rest.
 */
const timeout = 600_000;

/** Plays scripts by three people at the demo's page, in browsers. */
export function playInPages(range: ScriptRange): void {
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

    playEach(range, gate, (seed) => {
      const {port} = stage.broker;
      const sit = (options: PersonOptions): Promise<PagePerson> => PagePerson.sit(stage, options);
      return new Script({port, gate, model, sit, cut: (clientId) => stage.faults.cut({clientId})}, seed);
    });
  });
}

/** Plays scripts by the library's sessions without a page around them, against the real broker and agent: in a third of the time. */
export function playWithoutPages(range: ScriptRange): void {
  describe('three people without pages who do what comes to their mind', () => {
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

    playEach(range, gate, (seed) => {
      const where = {port: broker.port, url: demo.url};
      const sit = (options: PersonOptions): Promise<BarePerson> => BarePerson.sit(where, options);
      return new Script({port: broker.port, gate, model, sit, cut: (clientId) => broker.server.faults?.cut({clientId})}, seed);
    });
  });
}

function playEach({first, last, actions = 200}: ScriptRange, gate: TokenGate, script: (seed: number) => Script): void {
  for (let seed = first; seed <= last; seed++) {
    test(`agree on all of it in the end, seed ${seed}`, {timeout}, async () => {
      gate.renew();
      await script(seed).play(actions);
    });
  }
}
