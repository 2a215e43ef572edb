import type {Clock} from './clock.ts';
import type {Fields, ProgressMap} from './progress-map.ts';

export type TaskState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

export interface TaskOptions {
  /** The key in the map; a random one when absent. An id that is in the map already continues that task. */
  readonly id?: string;
  /** What is being done, for people: “Searching direct flights on the 14th”. */
  readonly label: string;
  readonly detail?: string;
  /** `running` when absent. */
  readonly state?: 'queued' | 'running';
  /** How far it is, of {@link max}. */
  readonly value?: number;
  /** Without it, how long the task takes is not known. */
  readonly max?: number;
  /** The id of the task that this one is a part of. */
  readonly parent?: string;
  /** The run that it belongs to. */
  readonly runId?: string;
}

export interface TaskUpdate {
  readonly label?: string;
  /** `undefined`, when given, takes the detail away. */
  readonly detail?: string | undefined;
  readonly value?: number;
  readonly max?: number;
}

/** Something an agent does. A task that has ended stays as it is: what is said of it afterwards is ignored. */
export interface Task {
  readonly id: string;
  readonly state: TaskState;
  /** Says how it goes; written within {@link ProgressOptions.throttleMs}. */
  update(update: TaskUpdate): void;
  /** Begins a queued task. */
  start(): void;
  done(update?: TaskUpdate): void;
  /** @param error what went wrong, for people */
  fail(error: unknown, update?: TaskUpdate): void;
  cancel(update?: TaskUpdate): void;
  /** Begins a part of this task, of the same run unless it names another. */
  child(options: Omit<TaskOptions, 'parent'>): Task;
}

interface TaskContext {
  readonly agent: string;
  readonly throttleMs: number;
  readonly clock: Clock;
  readonly map: ProgressMap;
  readonly onError: (cause: unknown) => void;
  readonly begin: (options: TaskOptions) => Task;
}

/** How long after its end a task is still written again when another agent's map takes the place of ours, in ms. */
const settlingMs = 10_000;

const ended: ReadonlySet<TaskState> = new Set(['done', 'failed', 'cancelled']);

/** A task, and what of it is not written yet. */
export class TaskRecord implements Task {
  readonly id: string;
  readonly #context: TaskContext;
  readonly #dirty = new Set<string>();
  #fields: Fields;
  #state: TaskState;
  #endedAt: number | undefined;
  #writtenAt = -Infinity;
  #cancelTimer: (() => void) | undefined;
  /** Whether the task is being put into the map; until it is there, its fields cannot be changed one by one. */
  #isBeginning = false;
  readonly #writing = new Set<Promise<void>>();
  #failure: unknown;

  constructor({id = crypto.randomUUID(), state = 'running', label, detail, value, max, parent, runId}: TaskOptions, context: TaskContext) {
    this.id = id;
    this.#context = context;
    this.#state = state;
    const startedAt = state === 'running' ? context.clock.now() : undefined;
    this.#fields = {agent: context.agent, label, detail, state, value, max, startedAt, parent, runId};
    this.writeAll();
  }

  get state(): TaskState {
    return this.#state;
  }

  /** Whether it runs, or ended so lately that agents may still be agreeing on a map. */
  get isFresh(): boolean {
    return this.#endedAt === undefined || this.#context.clock.now() - this.#endedAt < settlingMs;
  }

  update(update: TaskUpdate): void {
    if (!ended.has(this.#state)) this.#change({...update}, 'soon');
  }

  start(): void {
    if (this.#state === 'queued') this.#enter('running', {startedAt: this.#context.clock.now()});
  }

  done(update?: TaskUpdate): void {
    this.#end('done', update);
  }

  fail(error: unknown, update?: TaskUpdate): void {
    this.#end('failed', {...update, error: error instanceof Error ? error.message : String(error)});
  }

  cancel(update?: TaskUpdate): void {
    this.#end('cancelled', update);
  }

  child(options: Omit<TaskOptions, 'parent'>): Task {
    const {runId} = this.#fields;
    return this.#context.begin({...(typeof runId === 'string' && {runId}), ...options, parent: this.id});
  }

  /** Writes the task anew, as if it had never been. */
  writeAll(): void {
    for (const name of Object.keys(this.#fields)) this.#dirty.add(name);
    this.#send();
  }

  /** Writes what could not be written before. */
  writeRest(): void {
    if (this.#dirty.size > 0) this.#send();
  }

  /** Whether it has ended, all of it is written, and nobody may need it again. */
  get isOver(): boolean {
    return !this.isFresh && this.#dirty.size === 0 && this.#writing.size === 0;
  }

  /** @throws {Error} what the last write failed with. */
  async flush(): Promise<void> {
    this.#failure = undefined;
    this.writeRest();
    while (this.#writing.size > 0) await Promise.all(this.#writing);
    if (this.#failure !== undefined) throw new Error('The progress of a task could not be written', {cause: this.#failure});
  }

  #end(state: TaskState, fields: Fields | TaskUpdate = {}): void {
    if (ended.has(this.#state)) return;
    this.#endedAt = this.#context.clock.now();
    this.#enter(state, {...fields, endedAt: this.#endedAt});
  }

  #enter(state: TaskState, fields: Fields): void {
    this.#state = state;
    this.#change({...fields, state}, 'now');
  }

  #change(fields: Fields, when: 'now' | 'soon'): void {
    for (const [name, value] of Object.entries(fields)) if (value !== this.#fields[name]) this.#dirty.add(name);
    this.#fields = {...this.#fields, ...fields};
    if (this.#dirty.size === 0) return;
    const {clock, throttleMs} = this.#context;
    const wait = this.#writtenAt + throttleMs - clock.now();
    if (when === 'now' || wait <= 0) this.#send();
    else this.#cancelTimer ??= clock.after(wait, () => this.#send());
  }

  #send(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    if (this.#isBeginning || this.#dirty.size === 0) return;
    const {clock, map, onError} = this.#context;
    const names = [...this.#dirty];
    this.#dirty.clear();
    // Its first write puts the whole task there, and is the one that later ones have to wait for.
    this.#isBeginning = this.#writtenAt === -Infinity;
    this.#writtenAt = clock.now();
    const changes = Object.fromEntries(names.map((name) => [name, this.#fields[name]]));
    const writing = map
      .put(this.id, changes, this.#fields)
      .then(() => this.#begun())
      .catch((error: unknown) => {
        for (const name of names) this.#dirty.add(name);
        this.#isBeginning = false;
        this.#failure = error;
        onError(error);
      })
      .finally(() => this.#writing.delete(writing));
    this.#writing.add(writing);
  }

  #begun(): void {
    if (!this.#isBeginning) return;
    this.#isBeginning = false;
    this.writeRest();
  }
}
