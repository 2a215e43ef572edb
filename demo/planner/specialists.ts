import {type ChildProcess, fork} from 'node:child_process';
import {once} from 'node:events';
import {join} from 'node:path';
import type {FromSpecialist, Order, SpecialistSetup, ToSpecialist} from '../specialists/protocol.ts';
import {type Kind, specialistIds} from './trip.ts';

const program = join(import.meta.dirname, '../specialists/main.ts');

/** How long a specialist may take to leave when the server stops, in ms. */
const closingMs = 2000;

export interface SpecialistsOptions extends Omit<SpecialistSetup, 'kind'> {
  /** Makes a token for a specialist. */
  readonly token: (clientId: string) => Promise<string>;
  readonly log: (line: string) => void;
}

/** The specialists' processes: one a kind, started when it is first needed, and again when it is gone. */
export class Specialists {
  readonly #options: SpecialistsOptions;
  readonly #processes = new Map<Kind, ChildProcess>();

  constructor(options: SpecialistsOptions) {
    this.#options = options;
  }

  /** The process id of a specialist that runs. */
  pid(kind: Kind): number | undefined {
    return this.#processes.get(kind)?.pid;
  }

  search(kind: Kind, order: Order): void {
    this.#send(this.#processes.get(kind) ?? this.#start(kind), {type: 'search', order});
  }

  cancel(kind: Kind, taskId: string): void {
    const child = this.#processes.get(kind);
    if (child) this.#send(child, {type: 'cancel', taskId});
  }

  /** Lets a specialist do so many steps; for tests, where steps wait for that. */
  step(kind: Kind, count: number): void {
    const child = this.#processes.get(kind);
    if (child) this.#send(child, {type: 'step', count});
  }

  async close(): Promise<void> {
    await Promise.all([...this.#processes.values()].map(async (child) => {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), closingMs);
      await exited;
      clearTimeout(late);
    }));
  }

  #start(kind: Kind): ChildProcess {
    const {brokerPort, stepMs, patienceMs, log} = this.#options;
    const setup: SpecialistSetup = {kind, brokerPort, stepMs, patienceMs};
    const child = fork(program, [JSON.stringify(setup)], {execArgv: ['--conditions=agent-session-source']});
    this.#processes.set(kind, child);
    const gone = (how: string): void => {
      if (this.#processes.get(kind) !== child) return;
      this.#processes.delete(kind);
      log(`${specialistIds[kind]} ${how}; it is started again when it is needed.`);
    };
    child.once('exit', (code, signal) => gone(`ended (${signal ?? `code ${code}`})`));
    child.once('error', (error) => gone(`failed: ${error.message}`));
    child.on('message', (message) => void this.#answer(kind, child, message as FromSpecialist));
    return child;
  }

  async #answer(kind: Kind, child: ChildProcess, {id}: FromSpecialist): Promise<void> {
    this.#send(child, {type: 'token', id, token: await this.#options.token(specialistIds[kind])});
  }

  #send(child: ChildProcess, message: ToSpecialist): void {
    // A process that has just died is noticed by its presence, as one on another machine would be.
    if (child.connected) child.send(message, () => undefined);
  }
}
