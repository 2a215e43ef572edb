import type * as Ably from 'ably';
import {openRoot, type Root} from '../../demo/planner/shared-trip.ts';
import type {Kind} from '../../demo/planner/trip.ts';
import type {RunningDemo} from '../../demo/start-demo.ts';
import {Person} from './person.ts';

type Fields = Readonly<Record<string, unknown>>;

interface Task {
  readonly agent: string;
  readonly label: string;
  readonly state: string;
  readonly detail?: string;
  readonly value?: number;
  readonly max?: number;
  readonly error?: string;
}

/** Somebody who plans a trip: in the conversation, present, and with the shared state before them. */
export class Traveller {
  readonly person: Person;
  readonly root: Root;
  readonly #presence: Ably.RealtimePresence;

  private constructor(person: Person, root: Root) {
    this.person = person;
    this.root = root;
    this.#presence = person.session.presence;
  }

  static async join(demo: RunningDemo, channel: string, {name = 'Ana', isPresent = true} = {}): Promise<Traveller> {
    const person = await Person.join(demo, {channel, name});
    const traveller = new Traveller(person, await openRoot(person.session.object));
    if (isPresent) await traveller.come();
    return traveller;
  }

  come(): Promise<void> {
    return this.#presence.enter({type: 'person'});
  }

  go(): Promise<void> {
    return this.#presence.leave();
  }

  get state(): Fields {
    return (this.root.compactJson() ?? {}) as Fields;
  }

  /** The tasks of a specialist, oldest first. */
  tasks(kind: Kind): Task[] {
    const tasks = Object.entries((this.state['progress'] ?? {}) as Readonly<Record<string, Task & {startedAt?: number}>>);
    return tasks.filter(([id]) => id.startsWith(kind)).map(([, task]) => task).sort((one, other) => (one.startedAt ?? Infinity) - (other.startedAt ?? Infinity));
  }

  task(kind: Kind): Task | undefined {
    return this.tasks(kind).at(-1);
  }

  options(kind: Kind): readonly {id: string; title: string; price: number}[] {
    const options = (this.state['options'] ?? {}) as Readonly<Record<string, Readonly<Record<string, {id: string; title: string; price: number}>>>>;
    return Object.values(options[kind] ?? {});
  }

  async agents(): Promise<string[]> {
    return (await this.#presence.get()).filter(({data}) => (data as {type?: string}).type === 'agent').map(({clientId}) => clientId).sort();
  }

  /** Resolves as soon as the condition holds for the shared state, for presence or for the conversation. */
  async sees(what: string, condition: () => boolean | Promise<boolean>, timeoutMs = 10_000): Promise<void> {
    const end = Date.now() + timeoutMs;
    while (!(await condition())) {
      if (Date.now() > end) throw new Error(`It was not seen in time: ${what}. ${JSON.stringify({state: this.state, texts: this.person.texts, agents: await this.agents()}, null, 1)}`);
      await this.#somethingHappens();
    }
  }

  leave(): Promise<void> {
    return this.person.leave();
  }

  #somethingHappens(): Promise<void> {
    const {tree} = this.person.session;
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        for (const stop of stops) stop();
        this.#presence.unsubscribe(wake);
        resolve();
      };
      const timer = setTimeout(wake, 500);
      const objects = this.root.subscribe(wake);
      const stops = [tree.on('update', wake), tree.on('run', wake), tree.on('output', wake), () => objects.unsubscribe()];
      void this.#presence.subscribe(wake);
    });
  }
}
