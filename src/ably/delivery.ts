import type {Outbox, OutboxEntry} from '../session/outbox.ts';
import type {SessionError} from '../session/errors.ts';
import type {RunSnapshot} from '../session/snapshot.ts';
import {placeOf, steerNotSent, type SteerPlace} from '../session/steers.ts';
import type {Answers} from './answers.ts';
import {explainError, isTransient} from './explain-error.ts';
import type {Transport} from './transport.ts';

/** How long to wait before a message that could not be sent for a passing reason is tried again, in ms. */
const retryMs = 2000;
/** How long an agent that was told before a reload may take to begin before it is told again, in ms. */
const graceMs = 3000;

interface Line {
  /** The transport to publish through; undefined while the channel is not joined, or its history not known yet. */
  transport(): Transport | undefined;
  /** The runs as they are now. */
  runs(): readonly RunSnapshot[];
  /** Tells the agent. */
  wake(messageId: string, transport: Transport): Promise<void>;
}

/**
 * Brings the messages of the outbox to the channel, one after the other, each exactly once, and tells the agent of each.
 * A message that is already on the channel, because it got there before a reload, is not published again.
 */
export class Delivery {
  readonly #outbox: Outbox;
  readonly #answers: Answers;
  readonly #line: Line;
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  /** Messages whose agent this page has told, or is telling. */
  readonly #told = new Set<string>();
  #isPumping = false;
  #isClosed = false;

  constructor(outbox: Outbox, answers: Answers, line: Line) {
    this.#outbox = outbox;
    this.#answers = answers;
    this.#line = line;
  }

  /** Starts to work off the outbox, where that is possible now. Call it whenever it may have become so. */
  pump(): void {
    if (this.#isPumping || this.#isClosed || this.#outbox.entries.length === 0) return;
    this.#dropHeard();
    this.#isPumping = true;
    void this.#workOff().finally(() => (this.#isPumping = false));
  }

  /** Takes up the messages that an earlier page published without knowing that their agent was told. */
  takeUp(): void {
    const transport = this.#line.transport();
    if (!transport) return;
    for (const {id, steer} of this.#outbox.entries.filter((entry) => entry.isPublished && !this.#told.has(entry.id))) {
      this.#told.add(id);
      if (steer || transport.facts.isAnswered(id)) {
        this.#outbox.remove(id);
        continue;
      }
      this.#answers.expect(id);
      this.#later(graceMs, () => {
        const now = this.#line.transport() ?? transport;
        if (!now.facts.isAnswered(id)) void this.#tell(id, now);
      });
    }
  }

  /** Sends a failed message again, or tells the agent again where only that had failed. */
  retry(entry: OutboxEntry): void {
    const transport = this.#line.transport();
    if (entry.isPublished && transport) {
      this.#outbox.change(entry.id, {state: 'published', error: undefined});
      this.#answers.expect(entry.id);
      void this.#tell(entry.id, transport);
    } else if (entry.steer?.isMissed) {
      this.#sendAlone(entry);
      this.pump();
    } else {
      // Who asks again has decided: it is sent, whatever became of it before.
      this.#outbox.change(entry.id, {state: 'queued', error: undefined, isUncertain: false});
      this.pump();
    }
  }

  close(): void {
    this.#isClosed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  async #workOff(): Promise<void> {
    for (;;) {
      const transport = this.#line.transport();
      const entry = this.#outbox.next((candidate) => this.#placeOf(candidate)?.kind !== 'wait');
      if (!transport || !entry) return;
      if (!(await this.#send(entry, transport))) return;
    }
  }

  /** Where a steer belongs; undefined for a message of its own. */
  #placeOf({steer}: OutboxEntry): SteerPlace | undefined {
    const input = steer?.inputId === undefined ? undefined : this.#outbox.get(steer.inputId);
    return steer && placeOf(steer, this.#line.runs(), input !== undefined && !input.isPublished && input.state !== 'failed');
  }

  /** Resolves to whether the next one can be worked on. */
  async #send(entry: OutboxEntry, transport: Transport): Promise<boolean> {
    const place = this.#placeOf(entry);
    switch (place?.kind) {
      case undefined:
        return this.#publish(entry, transport);
      case 'join':
        return this.#publish(entry, transport, place.runId);
      case 'wait':
        return true;
      case 'keep':
      case 'alone':
        return this.#giveUpSteer(entry, transport, place.kind);
    }
  }

  /** The run is over for a steer. One that got into it all the same, before that was confirmed, shows as missed there. */
  async #giveUpSteer(entry: OutboxEntry, transport: Transport, as: 'keep' | 'alone'): Promise<boolean> {
    try {
      if (transport.has(entry.id) || (entry.isUncertain && (await transport.wasPublished(entry.id, entry.createdAt)))) {
        this.#outbox.remove(entry.id);
        return true;
      }
    } catch {
      this.#later(retryMs, () => this.pump());
      return false;
    }
    if (as === 'alone') this.#sendAlone(entry);
    else {
      this.#outbox.change(entry.id, {steer: {runId: undefined, inputId: undefined, ...entry.steer, isMissed: true}});
      this.#fail(entry.id, steerNotSent());
    }
    return true;
  }

  /** Makes a steer that is not on the channel a message of its own. */
  #sendAlone({id}: OutboxEntry): void {
    this.#outbox.change(id, {steer: undefined, state: 'queued', error: undefined, isUncertain: false});
  }

  /** Steers need nobody to be told: once they are seen on the channel, nothing is left to do. */
  #dropHeard(): void {
    const transport = this.#line.transport();
    for (const {id, steer, isPublished} of this.#outbox.entries) if (steer && isPublished && transport?.has(id)) this.#outbox.remove(id);
  }

  /** Resolves to whether the next one can be worked on. */
  async #publish(entry: OutboxEntry, transport: Transport, runId?: string): Promise<boolean> {
    const {id} = entry;
    try {
      if (!transport.has(id)) {
        if (entry.isUncertain && (await transport.wasPublished(id, entry.createdAt))) {
          // Long ago, by what has been said since: it has had its answer, or will not get one by being told of again.
          this.#outbox.remove(id);
          return true;
        }
        this.#outbox.change(id, {state: 'sending'});
        await transport.publish(entry, runId);
      }
    } catch (failure) {
      if (!isTransient(failure)) {
        this.#fail(id, explainError(failure, 'publish', transport.channel.name));
        return true;
      }
      this.#outbox.change(id, {state: 'queued', isUncertain: true});
      this.#later(retryMs, () => this.pump());
      return false;
    }
    if (this.#isClosed) return false;
    if (transport.facts.isAnswered(id)) {
      this.#outbox.remove(id);
      return true;
    }
    this.#outbox.change(id, {state: 'published', isPublished: true});
    if (runId !== undefined) {
      this.#dropHeard();
      return true;
    }
    this.#answers.expect(id);
    void this.#tell(id, transport);
    return true;
  }

  /** Not awaited by the pump: an agent's endpoint may answer only when its run has ended. */
  async #tell(id: string, transport: Transport): Promise<void> {
    this.#told.add(id);
    try {
      await this.#line.wake(id, transport);
      this.#outbox.remove(id);
    } catch (failure) {
      // An endpoint that holds on until its run ends may be cut off in between, having been told all the same.
      if ((this.#line.transport() ?? transport).facts.isAnswered(id)) {
        this.#outbox.remove(id);
        return;
      }
      const error = explainError(failure, 'run', transport.channel.name);
      this.#answers.fail(id, error);
      this.#fail(id, error);
    }
  }

  #fail(id: string, {message, kind, hint, code}: SessionError): void {
    this.#outbox.change(id, {state: 'failed', error: {message, kind, ...(hint === undefined ? {} : {hint}), ...(code === undefined ? {} : {code})}});
  }

  #later(ms: number, run: () => void): void {
    if (this.#isClosed) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run();
    }, ms);
    this.#timers.add(timer);
  }
}
