import type {LiveStateController} from '../../controllers/live-state-controller.ts';
import {AgentErrorEvent} from '../../events.ts';
import {asSessionError} from '../../controllers/intend.ts';
import type {SessionHost} from '../../controllers/session-source.ts';
import {joinPath, type LiveState, type LiveValue, type SessionError} from '../../session/index.ts';

/** Something that is to be done to the state; its path is below the element's. */
export type Edit =
  | {readonly type: 'set'; readonly path: string; readonly value: LiveValue}
  | {readonly type: 'remove'; readonly path: string}
  | {readonly type: 'increment'; readonly path: string; readonly amount: number};

/** An edit of the person's that was refused. */
export interface RefusedEdit {
  readonly edit: Edit;
  readonly error: SessionError;
}

/** Carries edits out, tells the page of those that are refused, and keeps what the person had written in them. */
export class StateEdits {
  readonly #host: SessionHost;
  readonly #live: LiveStateController;
  readonly #path: () => string;
  readonly #refused = new Map<string, RefusedEdit>();
  /** The state that the channel has said cannot be written, and why. */
  #denied: {readonly state: LiveState; readonly error: SessionError} | undefined;

  constructor(host: SessionHost, live: LiveStateController, path: () => string) {
    this.#host = host;
    this.#live = live;
    this.#path = path;
  }

  /** Edits of the person's that were refused and neither tried again nor given up, the last one of each place. */
  get refused(): readonly RefusedEdit[] {
    return [...this.#refused.values()];
  }

  /** Why nothing can be changed; undefined where it can, or where that is not known yet. */
  get lock(): SessionError | undefined {
    if (this.#denied && this.#denied.state === this.#live.state) return this.#denied.error;
    return this.#live.lock;
  }

  /**
   * Does something to the state, as soon as that is here.
   * @param options whether to wait for a session that is still to come: see {@link LiveStateController.whenReady}.
   * @throws {SessionError} when it is refused; one `agent-error` event says the same.
   */
  async apply(edit: Edit, options?: {isPatient: boolean}): Promise<void> {
    try {
      // At once where it can be, so that nobody sees the value from before.
      await carryOut(this.#live.ready ?? (await this.#live.whenReady(options)), edit, joinPath(this.#path(), edit.path));
    } catch (cause) {
      const error = asSessionError(cause);
      if (error.kind === 'capability' && this.#live.state) this.#denied = {state: this.#live.state, error};
      this.#host.requestUpdate();
      this.#host.dispatchEvent(new AgentErrorEvent(error));
      throw error;
    }
  }

  /** Does what the person wants; a refusal is kept to be shown. Resolves to whether it was done. */
  async attempt(edit: Edit, options?: {isPatient: boolean}): Promise<boolean> {
    try {
      await this.apply(edit, options);
      if (this.#refused.delete(edit.path)) this.#host.requestUpdate();
      return true;
    } catch (error) {
      this.#refused.set(edit.path, {edit, error: asSessionError(error)});
      this.#host.requestUpdate();
      return false;
    }
  }

  /** Tries a refused edit again, and whether anything can be written at all. */
  retry({edit}: RefusedEdit): Promise<boolean> {
    this.#denied = undefined;
    this.forget(edit.path);
    return this.attempt(edit);
  }

  forget(path: string): void {
    this.#refused.delete(path);
    this.#host.requestUpdate();
  }

  /** Forgets all, for a conversation that is another one. */
  clear(): void {
    this.#refused.clear();
    this.#denied = undefined;
  }
}

function carryOut(state: LiveState, edit: Edit, path: string): Promise<void> {
  switch (edit.type) {
    case 'set':
      return state.set(path, edit.value);
    case 'remove':
      return state.remove(path);
    case 'increment':
      return state.increment(path, edit.amount);
  }
}
