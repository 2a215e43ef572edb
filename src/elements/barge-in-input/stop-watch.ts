import type {ReactiveController} from 'lit';
import type {PoliteWords} from '../../controllers/polite-words.ts';
import {type SessionHost, SessionSource} from '../../controllers/session-source.ts';
import type {Localize} from '../../i18n/index.ts';
import {isRunning, type RunSnapshot} from '../../session/index.ts';

/** How the stops of the runs go: being asked for, or not confirmed in time. */
export class StopWatch implements ReactiveController {
  readonly #host: SessionHost;
  readonly #source: SessionSource;
  readonly #localize: Localize;
  readonly #words: PoliteWords;
  /** Runs of which the person knows that they did not confirm. */
  #known: ReadonlySet<string> = new Set();
  #stop: (() => void) | undefined;

  constructor(host: SessionHost, localize: Localize, words: PoliteWords) {
    this.#host = host;
    this.#source = SessionSource.of(host);
    this.#localize = localize;
    this.#words = words;
    host.addController(this);
  }

  /** Whether anything can be stopped that was not asked to stop yet. */
  get canStop(): boolean {
    return this.#runs.some((run) => isRunning(run) && run.stop === undefined);
  }

  /** Whether all that runs was asked to stop. */
  get isStopping(): boolean {
    const running = this.#runs.filter(isRunning);
    return running.length > 0 && running.every(({stop}) => stop !== undefined);
  }

  /**
   * Whether a run has not confirmed its stop in time, and the person has not taken note of that yet. In a chat it is said
   * where the answer is, for everybody who sees it.
   */
  get isUnconfirmed(): boolean {
    const root = this.#host.getRootNode();
    if ((root instanceof ShadowRoot ? root.host : this.#host).closest('agent-chat')) return false;
    return this.#runs.some((run) => isUnconfirmed(run) && !this.#known.has(run.key));
  }

  /** The person takes note of what is unconfirmed, or goes on without. */
  dismiss(): void {
    this.#known = new Set(this.#runs.filter(isUnconfirmed).map(({key}) => key));
    this.#host.requestUpdate();
  }

  hostConnected(): void {
    this.#stop = this.#source.onChange(({snapshot, previous}) => {
      if (snapshot.runs !== previous.runs && previous.history.state === 'ready') this.#hear(snapshot.runs, previous.runs);
    });
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  #hear(runs: readonly RunSnapshot[], previous: readonly RunSnapshot[]): void {
    const before = new Map(previous.map((run) => [run.key, run]));
    const isNewly = (stop: RunSnapshot['stop']): boolean => runs.some((run) => run.stop === stop && before.has(run.key) && before.get(run.key)?.stop !== stop);
    const locale = this.#localize.current;
    if (isNewly('requested')) this.#words.say(locale.t('input.stopping'));
    if (isNewly('unconfirmed')) this.#words.say(`${locale.t('input.unconfirmed')}. ${locale.t('input.unconfirmedText')}`);
  }

  get #runs(): readonly RunSnapshot[] {
    return this.#source.snapshot.runs;
  }
}

function isUnconfirmed({status, stop}: RunSnapshot): boolean {
  return stop === 'unconfirmed' && (status === 'starting' || status === 'active');
}
