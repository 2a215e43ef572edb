import {AgentErrorEvent} from '../events.ts';
import {type Handover, handoverPath, pastHandoverPath, readHandover, type SessionSnapshot} from '../session/index.ts';
import {asSessionError, intend} from './intend.ts';
import {LiveStateController} from './live-state-controller.ts';
import {type SessionHost, SessionSource} from './session-source.ts';

/** Who answers in a session, a person or the agents, and how that changes. */
export class HandoverController {
  readonly #host: SessionHost;
  readonly #source: SessionSource;
  readonly #live: LiveStateController;
  #isBusy = false;

  constructor(host: SessionHost) {
    this.#host = host;
    this.#source = SessionSource.of(host);
    this.#live = new LiveStateController(host, {path: () => handoverPath});
  }

  /** Who answers in the agents' place. */
  get current(): Handover | undefined {
    return readHandover(this.#live.value);
  }

  /** Whether it is this person. */
  get isMine(): boolean {
    const {clientId} = this.#source.snapshot;
    return clientId !== undefined && this.current?.by === clientId;
  }

  /** Whether this person may change it now. */
  get isReady(): boolean {
    const {status, isWritable} = this.#live.snapshot;
    return status === 'ready' && isWritable !== false && !this.#isBusy && this.#source.snapshot.clientId !== undefined;
  }

  /**
   * Answers in the agents' place from now on, also instead of another person. Agents that write stop.
   * @throws {SessionError} when it is refused.
   */
  async takeOver(name: string | undefined): Promise<void> {
    await this.#change(async () => {
      const state = await this.#live.whenReady();
      const {clientId: by} = this.#source.snapshot;
      if (by === undefined) return;
      await this.#keepPast();
      await state.set(handoverPath, {by, name: name ?? by, since: Date.now()});
    });
  }

  /**
   * Lets the agents answer again, and asks them to answer what was left open.
   * @throws {SessionError} when it is refused.
   */
  async handBack(): Promise<void> {
    const open = leftOpen(this.#source.snapshot, this.current);
    await this.#change(async () => {
      const state = await this.#live.whenReady();
      await this.#keepPast();
      await state.remove(handoverPath);
    });
    if (open !== undefined) await intend(this.#host, {type: 'retry', messageId: open}).catch(() => false);
  }

  async #keepPast(): Promise<void> {
    const {current} = this;
    if (current) await this.#live.state?.set(pastHandoverPath(current), {...current, until: Date.now()});
  }

  async #change(work: () => Promise<void>): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.#host.requestUpdate();
    try {
      await work();
    } catch (cause) {
      const error = asSessionError(cause);
      this.#host.dispatchEvent(new AgentErrorEvent(error));
      throw error;
    } finally {
      this.#isBusy = false;
      this.#host.requestUpdate();
    }
  }
}

/** The message that nobody has answered: the newest one, where it is not of whoever took over. */
function leftOpen({messages, runs}: SessionSnapshot, handover: Handover | undefined): string | undefined {
  const last = messages.at(-1);
  if (last?.role !== 'user' || last.delivery !== 'sent' || last.clientId === handover?.by) return undefined;
  return runs.some(({inputId}) => inputId === last.id) ? undefined : last.id;
}
