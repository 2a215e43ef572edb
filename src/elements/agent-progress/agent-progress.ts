import '../agent-session/agent-session.ts';
import {html, LitElement, nothing, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {type ConnectionProperties, connectionProperties} from '../../controllers/connection-properties.ts';
import {LiveStateController} from '../../controllers/live-state-controller.ts';
import {SessionController} from '../../controllers/session-controller.ts';
import {SessionEvents} from '../../controllers/session-events.ts';
import {SessionSource} from '../../controllers/session-source.ts';
import {Ticker} from '../../controllers/ticker.ts';
import {Localize} from '../../i18n/index.ts';
import {define} from '../../internal/define.ts';
import {warnOnce} from '../../internal/warn.ts';
import {type LiveValue, type ProgressTask, TaskReader, taskTrees, type TaskTree} from '../../session/index.ts';
import {avatar, avatarStyles} from '../shared/avatar.ts';
import {baseStyles} from '../shared/base.styles.ts';
import {choice} from '../shared/choice.ts';
import {lineView} from '../shared/line-view.ts';
import {notice} from '../shared/notice.ts';
import {noticeStyles} from '../shared/notice.styles.ts';
import {panelStyles} from '../shared/panel.styles.ts';
import {agentProgressStyles} from './agent-progress.styles.ts';
import {type TaskContext, taskList} from './task-view.ts';
import {TaskNews} from './task-news.ts';
import {elapsed, groupTasks, shownState, type TaskGroup} from './tasks.ts';

const shows = ['all', 'active', 'history'] as const;

/** How much of what is over is shown before the person asks for more. */
const recent = 8;

/**
 * What each agent is doing, as it tells in the shared state: bars, words, parts, time, and what has been completed. A
 * change draws the row of its own task and nothing else.
 *
 * @tag agent-progress
 * @csspart heading - Above what is over, or above an agent's tasks.
 * @csspart avatar - The initial of an agent.
 * @csspart list - A list of tasks.
 * @csspart task - A task; also `task-queued`, `task-running`, `task-done`, `task-failed`, `task-cancelled` or `task-lost`.
 * @csspart mark - The shape of a task's state.
 * @csspart label - What is done.
 * @csspart detail - What is being done just now, or why it did not end well.
 * @csspart state - The word of a state.
 * @csspart agent - Who works on it.
 * @csspart bar - How much is done.
 * @csspart amount - The same in numbers.
 * @csspart time - How long it has gone on, or took.
 * @csspart more-button - Shows all that is over.
 * @csspart empty - In place of tasks where there are none.
 * @csspart line - Says that the line is down.
 * @csspart notice - Says why there is no session, no line or no state, and what to do.
 * @cssprop [--agent-progress-bar-height=6px] - Height of a bar.
 * @cssprop [--agent-progress-bar] - Colour of a bar; that of the task's state when absent.
 * @cssprop [--agent-progress-track] - What is behind a bar; the raised surface when absent.
 * @fires {AgentErrorEvent} agent-error - The session that it opened failed, or the shared state cannot be read.
 */
export class AgentProgressElement extends LitElement {
  static override styles = [baseStyles, noticeStyles, panelStyles, avatarStyles, agentProgressStyles];
  static override properties = connectionProperties;

  /** Where agents write their tasks: a LiveMap with an entry each. Keys from the root, joined by dots. */
  @property() path = 'progress';

  /** Which tasks are shown: `all`, `active` ones, or the `history` of what is over. */
  @property() show: (typeof shows)[number] = 'all';

  /** `agent` puts each agent's tasks together. Attribute `group-by`. */
  @property({attribute: 'group-by'}) groupBy?: 'agent';

  /** Accessible name of the list of what goes on. */
  @property() label?: string;

  /** Language of texts and numbers, as a BCP 47 tag. */
  @property() locale?: string;

  @state() private isExpanded = false;

  readonly #source = SessionSource.of(this);
  readonly #agents = new SessionController(this, (snapshot) => snapshot.agents);
  readonly #connection = new SessionController(this, (snapshot) => snapshot.connection);
  readonly #live = new LiveStateController(this, {path: () => this.path});
  readonly #localize = new Localize(this);
  readonly #reader = new TaskReader();
  #read: {readonly of: LiveValue | undefined; readonly tasks: readonly ProgressTask[]} = {of: undefined, tasks: []};

  constructor() {
    super();
    new SessionEvents(this);
    new Ticker(this, () => this.#tasks.some((task) => elapsed(task, shownState(task, this.#agents.value), 0) !== undefined && task.state === 'running'));
    new TaskNews(this, {
      region: () => this.renderRoot.querySelector('.announcer'),
      locale: () => this.#localize.current,
      tasks: () => (this.#live.snapshot.status === 'ready' ? new Map(this.#tasks.map((task) => [task, shownState(task, this.#agents.value)])) : undefined),
    });
  }

  protected override render(): TemplateResult {
    const locale = this.#localize.current;
    const connection = this.#connection.value;
    const {status, error} = this.#live.snapshot;
    return html`<div class="frame"><div>
      ${lineView(this.#source.state, connection, locale)}
      ${status === 'failed' ? html`<div role="alert">${notice(locale, error, {title: locale.t('state.failed')})}</div>` : nothing}
      ${status === 'ready' ? html`<div class=${connection.state === 'connected' ? '' : 'stale'}>${this.#groupsView()}</div>` : nothing}
      ${status === 'loading' && connection.state !== 'failed' ? html`<p class="quiet">${locale.t('progress.loading')}</p>` : nothing}
      <div class="announcer visually-hidden" aria-live="polite"></div>
    </div></div>`;
  }

  get #tasks(): readonly ProgressTask[] {
    const {value} = this.#live;
    if (value === this.#read.of) return this.#read.tasks;
    const {tasks, malformed} = this.#reader.read(value);
    if (malformed.length > 0) {
      warnOnce(`<agent-progress path="${this.path}"> skips entries that are no tasks. A task has agent, label and state (queued, running, done, failed or cancelled).`);
    }
    this.#read = {of: value, tasks};
    return tasks;
  }

  #groupsView(): unknown {
    const locale = this.#localize.current;
    const show = choice(this, 'show', this.show, shows);
    const groups = groupTasks(taskTrees(this.#tasks), this.groupBy === 'agent')
      .map((group): TaskGroup => ({...group, active: show === 'history' ? [] : group.active, history: show === 'active' ? [] : group.history}))
      .filter(({active, history}) => active.length + history.length > 0);
    if (groups.length === 0) return html`<p class="quiet" part="empty">${locale.t(show === 'history' ? 'progress.noHistory' : 'progress.empty')}</p>`;
    const agents = this.#agents.value;
    const namesAgents = this.groupBy !== 'agent' && new Set(this.#tasks.map(({agent}) => agent)).size > 1;
    const context: TaskContext = {locale, agents, namesAgents, now: Date.now()};
    return groups.map((group) => html`<div class="group">${this.#groupView(group, context)}</div>`);
  }

  #groupView({agent, active, history}: TaskGroup, context: TaskContext): TemplateResult {
    const {locale, agents} = context;
    const name = agent === undefined ? undefined : (agents.find(({clientId}) => clientId === agent)?.name ?? agent);
    const label = name ?? this.label ?? locale.t('progress.active');
    return html`
      ${name === undefined ? nothing : html`<p class="heading" part="heading">${avatar(name)}<bdi class="name">${name}</bdi></p>`}
      ${active.length === 0 ? nothing : html`<ul class="list" part="list" aria-label=${label}>${taskList(active, context)}</ul>`}
      ${history.length === 0 ? nothing : this.#historyView(history, context, name)}
    `;
  }

  #historyView(history: readonly TaskTree[], context: TaskContext, agent: string | undefined): TemplateResult {
    const {locale} = context;
    const rest = history.length - recent;
    const title = locale.t('progress.history');
    return html`
      ${agent === undefined && this.show !== 'history' ? html`<p class="heading" part="heading">${title}</p>` : nothing}
      <ul class="list over" part="list" aria-label=${agent === undefined ? title : `${agent}: ${title}`}>
        ${taskList(rest > 0 && !this.isExpanded ? history.slice(0, recent) : history, context)}
      </ul>
      ${rest > 0
        ? html`<button type="button" class="text-button more" part="more-button" aria-expanded=${this.isExpanded} @click=${this.#onMore}>
            ${this.isExpanded ? locale.t('progress.fewer') : locale.t('progress.more', {count: rest})}
          </button>`
        : nothing}
    `;
  }

  readonly #onMore = (): void => {
    this.isExpanded = !this.isExpanded;
  };
}

export interface AgentProgressElement extends ConnectionProperties {}

declare global {
  interface HTMLElementTagNameMap {
    'agent-progress': AgentProgressElement;
  }
}

define('agent-progress', AgentProgressElement);
