import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {PoliteRegion} from '../../controllers/polite-region.ts';
import type {Locale} from '../../i18n/index.ts';
import type {ProgressTask} from '../../session/index.ts';
import type {ShownTaskState} from './tasks.ts';

export interface TaskNewsOptions {
  region: () => HTMLElement | null;
  locale: () => Locale;
  /** What is shown now; undefined as long as nothing is known. */
  tasks: () => ReadonlyMap<ProgressTask, ShownTaskState> | undefined;
}

/** Tells people who do not see it how tasks end. How they go on is for those who look. */
export class TaskNews implements ReactiveController {
  readonly #options: TaskNewsOptions;
  readonly #voice: PoliteRegion;
  #states: ReadonlyMap<string, ShownTaskState> | undefined;

  constructor(host: ReactiveControllerHost, options: TaskNewsOptions) {
    this.#options = options;
    this.#voice = new PoliteRegion(host, {region: options.region, summary: (count) => options.locale().t('progress.changed', {count})});
    host.addController(this);
  }

  hostUpdated(): void {
    const tasks = this.#options.tasks();
    const before = this.#states;
    this.#states = tasks && new Map([...tasks].map(([{id}, state]) => [id, state]));
    if (!tasks || !before) return;
    for (const [task, state] of tasks) {
      const isNews = state !== 'queued' && state !== 'running' && before.has(task.id) && before.get(task.id) !== state;
      if (isNews) this.#voice.say(task.id, sentence(task, state, this.#options.locale()));
    }
  }

  hostDisconnected(): void {
    this.#states = undefined;
  }
}

function sentence({label, error}: ProgressTask, shown: ShownTaskState, locale: Locale): string {
  const state = locale.t(`progress.${shown}`);
  return shown === 'failed' && error !== undefined ? locale.t('progress.saidWhy', {label, state, reason: error}) : locale.t('progress.said', {label, state});
}
