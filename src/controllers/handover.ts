import {AgentErrorEvent} from '../events.ts';
import {changeAt, type Handover, handoverPath, type LiveState, pastHandoverPath, readHandover, SessionError, type SessionSnapshot} from '../session/index.ts';
import {asSessionError, intend} from './intend.ts';
import {LiveStateController} from './live-state-controller.ts';
import {type SessionHost, SessionSource} from './session-source.ts';

const nameless = new SessionError('Nobody would know who has taken over: the token names no client id.', {
  kind: 'settings',
  hint: 'Let the token endpoint give every person a client id of their own.',
});

/** Who answers in a session, a person or the agents, and how that changes. */
export class HandoverController {
  readonly #host: SessionHost;
  readonly #source: SessionSource;
  readonly #live: LiveStateController;
  #isBusy = false;
  #refused: {readonly state: LiveState | undefined; readonly error: SessionError} | undefined;

  constructor(host: SessionHost) {
    this.#host = host;
    this.#source = SessionSource.of(host);
    this.#live = new LiveStateController(host, {
      path: () => handoverPath,
      onChanges: (changes) => {
        // Somebody else has made a change meanwhile: what was refused was to another end.
        if (changes.some((change) => change.origin === 'remote' && changeAt(change, handoverPath))) this.#refused = undefined;
      },
    });
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

  /** Why this person cannot change it; undefined where they can, or where that is not known yet. */
  get obstacle(): SessionError | undefined {
    const {connection, clientId} = this.#source.snapshot;
    const {status, error} = this.#live.snapshot;
    if (status === 'failed') return error;
    return this.#live.lock ?? (status === 'ready' && connection.state === 'connected' && clientId === undefined ? nameless : undefined);
  }

  /** Why the last change of this person was refused, until they try again or somebody else makes one. */
  get refusal(): SessionError | undefined {
    return this.#refused && this.#refused.state === this.#live.state ? this.#refused.error : undefined;
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
    this.#refused = undefined;
    this.#host.requestUpdate();
    try {
      await work();
    } catch (cause) {
      const error = asSessionError(cause);
      this.#refused = {state: this.#live.state, error};
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
