import type {ReactiveController} from 'lit';
import type {Approval, RunSnapshot, SessionChange} from '../session/index.ts';
import {type SessionHost, SessionSource} from './session-source.ts';

export interface PageNoticesOptions {
  isOn: () => boolean;
  /** What to say of a run that ended or waits; undefined for one that needs no word. */
  runEnded: (run: RunSnapshot) => string | undefined;
  asked: (approval: Approval) => string;
  /** Called when the person follows a notice. */
  onFollow: () => void;
}

/**
 * Tells a person who looks at something else that an answer has ended or that they are needed, by a notice of the
 * system. It shows nothing before they have allowed it, and asks them only by {@link ask}, which a press of theirs calls.
 */
export class PageNotices implements ReactiveController {
  readonly #host: SessionHost;
  readonly #source: SessionSource;
  readonly #options: PageNoticesOptions;
  readonly #shown = new Set<Notification>();
  #stop: (() => void) | undefined;

  constructor(host: SessionHost, options: PageNoticesOptions) {
    this.#host = host;
    this.#source = SessionSource.of(host);
    this.#options = options;
    host.addController(this);
  }

  /** Whether the person has not yet been asked. */
  get canAsk(): boolean {
    return this.#options.isOn() && isSupported() && Notification.permission === 'default';
  }

  readonly ask = (): void => {
    // A refusal is an answer; what cannot be asked is none.
    Notification.requestPermission().then(
      () => this.#host.requestUpdate(),
      () => this.#host.requestUpdate(),
    );
  };

  hostConnected(): void {
    this.#stop = this.#source.onChange((change) => {
      if (this.#options.isOn() && isSupported() && document.hidden && Notification.permission === 'granted') this.#hear(change);
    });
    document.addEventListener('visibilitychange', this.#onVisibility);
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
    document.removeEventListener('visibilitychange', this.#onVisibility);
    this.#clear();
  }

  #hear({snapshot, previous}: SessionChange): void {
    if (previous.history.state !== 'ready') return;
    const approvals = new Set(previous.approvals.map(({toolCallId}) => toolCallId));
    const asking = snapshot.approvals.filter(({state, toolCallId}) => state === 'pending' && !approvals.has(toolCallId));
    for (const approval of asking) this.#show(approval.toolCallId, this.#options.asked(approval));
    const runs = new Map(previous.runs.map((run) => [run.key, run]));
    for (const run of snapshot.runs) {
      const earlier = runs.get(run.key);
      if (!earlier || earlier.status === run.status || (earlier.status !== 'active' && earlier.status !== 'starting')) continue;
      // What is asked says more than that something is.
      if (run.status === 'suspended' && asking.some(({runId}) => runId === run.runId)) continue;
      const text = this.#options.runEnded(run);
      if (text !== undefined) this.#show(run.key, text);
    }
  }

  #show(tag: string, text: string): void {
    try {
      const notification = new Notification(text, {tag: `agent-session-elements:${tag}`, body: document.title});
      this.#shown.add(notification);
      notification.onclick = () => {
        window.focus();
        this.#options.onFollow();
        notification.close();
      };
    } catch {
      // Some systems show notices of service workers only: the page itself will tell.
    }
  }

  readonly #onVisibility = (): void => {
    if (!document.hidden) this.#clear();
  };

  /** What was told is seen now. */
  #clear(): void {
    for (const notification of this.#shown) notification.close();
    this.#shown.clear();
  }
}

function isSupported(): boolean {
  return typeof Notification !== 'undefined';
}
