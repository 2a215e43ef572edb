import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {intendIn} from '../../controllers/intend.ts';
import type {Session} from '../../session/index.ts';

/** How many messages are asked for at a time. */
const pageSize = 100;

/** From how many messages on it is left to the person to look further. */
const most = 500;

/**
 * Looks further back in conversations in which something waits, until it is found: one page of one conversation at a
 * time, and only while somebody may be looking.
 */
export class OlderApprovals implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #sessions: () => readonly Session[];
  #isLoading = false;
  /** The conversations whose older messages cannot be had. */
  readonly #failed = new WeakSet<Session>();

  /** @param sessions those in which something waits. */
  constructor(host: ReactiveControllerHost & HTMLElement, sessions: () => readonly Session[]) {
    this.#host = host;
    this.#sessions = sessions;
    host.addController(this);
  }

  /** Whether what waits there may still be found. */
  isLooking(session: Session): boolean {
    return isMissing(session) && this.#sessions().includes(session) && !this.#hasGivenUp(session);
  }

  /** The conversations in which something waits that is further back than was looked. */
  get givenUp(): readonly Session[] {
    return this.#sessions().filter((session) => isMissing(session) && this.#hasGivenUp(session));
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.#look);
  }

  hostUpdated(): void {
    this.#look();
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.#look);
  }

  readonly #look = (): void => {
    if (this.#isLoading || document.visibilityState === 'hidden' || !this.#host.isConnected) return;
    const session = this.#sessions().find((candidate) => this.isLooking(candidate) && isFree(candidate));
    if (session) void this.#load(session);
  };

  async #load(session: Session): Promise<void> {
    this.#isLoading = true;
    const before = session.snapshot.messages.length;
    // A failure has been told by an event.
    const isDone = await intendIn(this.#host, {type: 'load-older', limit: pageSize}, () => session).catch(() => false);
    this.#isLoading = false;
    const {history: {hasOlder}, messages} = session.snapshot;
    // What a page prevents, or what brings nothing, is not asked for again and again.
    if (!isDone || (hasOlder && messages.length === before)) this.#failed.add(session);
    this.#host.requestUpdate();
  }

  #hasGivenUp(session: Session): boolean {
    return this.#failed.has(session) || session.snapshot.messages.length >= most;
  }
}

/** Whether older messages can be asked for now. */
function isFree({snapshot: {connection, history}}: Session): boolean {
  return connection.state === 'connected' && !history.loadingOlder;
}

/** Whether nothing that waits is among the messages in view, and there are older ones. */
function isMissing({snapshot: {history, approvals}}: Session): boolean {
  return history.state === 'ready' && history.hasOlder && !approvals.some(({state}) => state === 'pending' || state === 'deciding');
}
