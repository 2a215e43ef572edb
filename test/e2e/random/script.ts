import assert from 'node:assert/strict';
import type {TokenGate} from '../token-gate.ts';
import {checkAll, openIn} from './check.ts';
import type {Person, PersonOptions} from './person.ts';
import {type Action, type ActionKind, inWords, people, type PersonName, planOf} from './plan.ts';
import type {TerseModel} from './terse-model.ts';
import {Witness} from './witness.ts';

/** How long everything may take to come to rest, in ms: queues drain one by one, also on a slow machine. */
const restMs = 90_000;

/** What is done instead where something cannot be done. */
const instead: Readonly<Partial<Record<ActionKind, ActionKind>>> = {stop: 'interrupt', select: 'edit', edit: 'alongside', regenerate: 'steer', approve: 'steer', deny: 'steer'};

const saying: ReadonlySet<ActionKind> = new Set(['interrupt', 'steer', 'queue', 'alongside', 'edit']);

/** Where a script is played. */
export interface Place {
  readonly port: number;
  readonly gate: TokenGate;
  readonly model: TerseModel;
  sit(options: PersonOptions): Promise<Person>;
  /** Cuts somebody's line; it comes back by itself. */
  cut(name: PersonName): void;
}

/** One script of random actions, in a conversation of its own. */
export class Script {
  readonly #place: Place;
  readonly #seed: number;
  readonly #session: string;
  readonly #done: string[] = [];
  readonly #said: string[] = [];
  readonly #refused = new Map<number, string>();
  readonly #persons = new Map<PersonName, Person>();

  constructor(place: Place, seed: number) {
    this.#place = place;
    this.#seed = seed;
    this.#session = `random-${seed}`;
  }

  async play(count: number): Promise<void> {
    const {port, gate, model} = this.#place;
    const witness = await Witness.come(port, `conversations:${this.#session}`);
    try {
      await Promise.all(people.map(async (name) => {
        this.#persons.set(name, await this.#place.sit({name, session: this.#session, onRefused: (number, why) => void this.#refused.set(number, why)}));
      }));
      for (const action of planOf(this.#seed, count)) await this.#carryOut(action);
      gate.open();
      await this.#rest(witness);
      const records = await Promise.all(people.map((name) => this.#person(name).record()));
      checkAll({said: this.#said, records, events: witness.events, calls: model.calls});
      assert.deepEqual([...this.#persons.values()].flatMap(({problems}) => problems), []);
    } catch (error) {
      if (process.env['TRACE']) await this.#writeTrace(`${process.env['TRACE']}-${this.#seed}.jsonl`, witness);
      const refused = [...this.#refused].map(([number, why]) => `${number} was refused: ${why}`);
      console.error([`Seed ${this.#seed} failed. What was done:`, ...this.#done, ...refused, 'What differs:', String(error)].join('\n'));
      throw error;
    } finally {
      gate.open();
      witness.leave();
      await Promise.all([...this.#persons.values()].map((person) => person.leave()));
    }
  }

  #person(name: PersonName): Person {
    const person = this.#persons.get(name);
    assert.ok(person);
    return person;
  }

  async #carryOut(action: Action): Promise<void> {
    this.#place.gate.allow(action.tokens);
    const person = this.#person(action.who);
    switch (action.kind) {
      case 'reload':
        this.#done.push(inWords(action));
        return person.reload();
      case 'cut':
        this.#done.push(inWords(action));
        this.#place.cut(action.who);
        return;
      default:
        return this.#act(action, person);
    }
  }

  async #act(action: Action, person: Person): Promise<void> {
    let kind: ActionKind = action.kind;
    let outcome: string | undefined;
    for (;;) {
      outcome = await person.act({...action, kind});
      const other: ActionKind | undefined = instead[kind];
      if (outcome !== undefined || other === undefined) break;
      kind = other;
    }
    if (outcome !== undefined && saying.has(kind) && !this.#refused.has(action.number)) this.#said.push(action.text);
    this.#done.push(`${inWords({...action, kind})}: ${outcome ?? 'impossible'}`);
  }

  /** Waits until nothing goes on any more in sight of anybody, nor out of it; what waits for a person in sight is approved. */
  async #rest(witness: Witness): Promise<void> {
    const end = Date.now() + restMs;
    for (let isRest = false; !isRest; ) {
      const unrest = await this.#unrest(Math.max(end - Date.now(), 0));
      assert.deepEqual(unrest, [], 'It does not come to rest');
      const isOver = await witness.sees(() => openIn(witness.events).length === 0, Math.max(end - Date.now(), 0));
      assert.ok(isOver, `It does not come to rest: ${openIn(witness.events).join('\n')}`);
      // What happened out of sight may have come into it.
      isRest = (await this.#unrest(0)).length === 0;
      if (Date.now() > end) assert.fail('It does not come to rest');
    }
  }

  async #unrest(ms: number): Promise<readonly string[]> {
    return (await Promise.all(people.map(async (name) => (await this.#person(name).rest(ms)).map((what) => `${name}: ${what}`)))).flat();
  }

  async #writeTrace(file: string, witness: Witness): Promise<void> {
    const {writeFile} = await import('node:fs/promises');
    await writeFile(file, witness.events.map((event) => JSON.stringify(event)).join('\n'));
  }
}
