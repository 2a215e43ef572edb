import {html, nothing, type TemplateResult} from 'lit';
import {guard} from 'lit/directives/guard.js';
import {ifDefined} from 'lit/directives/if-defined.js';
import {repeat} from 'lit/directives/repeat.js';
import type {Locale} from '../../i18n/index.ts';
import type {AgentSnapshot, ProgressTask, TaskTree} from '../../session/index.ts';
import {icons} from '../shared/icons.ts';
import {lateIcons} from '../shared/late-icons.ts';
import {clockText, elapsed, shownState, type ShownTaskState} from './tasks.ts';

export interface TaskContext {
  readonly locale: Locale;
  readonly agents: readonly AgentSnapshot[];
  /** Whether each task names its agent. */
  readonly namesAgents: boolean;
  readonly now: number;
}

/** Tasks with their parts. What did not change of a task is not drawn again, whatever else does. */
export function taskList(trees: readonly TaskTree[], context: TaskContext): unknown {
  return repeat(trees, ({task}) => task.id, ({task, children}) => {
    const {locale, agents, now} = context;
    const state = shownState(task, agents);
    const agent = agents.find(({clientId}) => clientId === task.agent)?.name ?? task.agent;
    const namesAgent = context.namesAgents;
    const time = elapsed(task, state, now);
    return html`<li class="task ${state}" part="task task-${state}" data-task-id=${task.id}>
      <div class="row">
        ${guard([task, state, agent, namesAgent, locale], () => taskRow({task, state, agent, namesAgent, locale}))}
        ${guard([time === undefined ? undefined : Math.floor(time / 1000)], () => timeView(time))}
      </div>
      ${children.length === 0 ? nothing : html`<ul class="parts">${taskList(children, {...context, namesAgents: namesAgent && children.some((child) => child.task.agent !== task.agent)})}</ul>`}
    </li>`;
  });
}

interface TaskRowOptions {
  readonly task: ProgressTask;
  readonly state: ShownTaskState;
  /** How its agent is called. */
  readonly agent: string;
  readonly namesAgent: boolean;
  readonly locale: Locale;
}

function taskRow(options: TaskRowOptions): TemplateResult {
  const {task, state, agent, namesAgent, locale} = options;
  const hasWord = state !== 'running' && state !== 'done';
  const detail = reasonOf(options);
  const details = [
    ...(hasWord ? [html`<bdi class="word" part="state">${locale.t(`progress.${state}`)}</bdi>`] : []),
    ...(namesAgent && state !== 'lost' ? [html`<bdi class="agent" part="agent">${agent}</bdi>`] : []),
    ...(detail === undefined ? [] : [html`<bdi>${detail}</bdi>`]),
  ];
  return html`
    <span class="mark" part="mark">${markOf(state)}</span>
    <div class="text">
      <p class="label" part="label" dir="auto">${task.label}</p>
      ${details.length === 0 ? nothing : html`<p class="detail" part="detail">${details.map((part, index) => (index === 0 ? part : html` · ${part}`))}</p>`}
      ${hasWord ? nothing : html`<span class="visually-hidden">${locale.t(`progress.${state}`)}</span>`}
    </div>
    ${state === 'running' || (state === 'lost' && task.max !== undefined) ? barView(task, locale) : nothing}
  `;
}

/** The line below the label: why it did not end well, else what is being done. */
function reasonOf({task, state, agent, locale}: TaskRowOptions): string | undefined {
  switch (state) {
    case 'failed':
      return task.error ?? task.detail;
    case 'lost':
      return locale.t('progress.lostAgent', {agent});
    case 'queued':
    case 'running':
    case 'done':
    case 'cancelled':
      return task.detail;
  }
}

function barView({label, value, max}: ProgressTask, locale: Locale): TemplateResult {
  const words = amountWords(value, max, locale);
  const known = max === undefined ? undefined : Math.min(Math.max(value ?? 0, 0), max);
  return html`<div class="measure">
    <progress part="bar" aria-label=${label} aria-valuetext=${ifDefined(words)} value=${ifDefined(known)} max=${ifDefined(max)}></progress>
    ${words === undefined ? nothing : html`<span class="amount" part="amount" aria-hidden="true">${words}</span>`}
  </div>`;
}

function amountWords(value: number | undefined, max: number | undefined, locale: Locale): string | undefined {
  if (max === undefined) return value === undefined ? undefined : locale.number(value);
  // What is counted in whole things is told in them.
  const isCounted = Number.isInteger(max) && Number.isInteger(value ?? 0) && max !== 100 && max > 1;
  return isCounted ? locale.t('progress.of', {value: value ?? 0, max}) : locale.percent(Math.min(Math.max((value ?? 0) / max, 0), 1));
}

function timeView(ms: number | undefined): TemplateResult | typeof nothing {
  return ms === undefined ? nothing : html`<time class="time" part="time" datetime="PT${Math.floor(ms / 1000)}S">${clockText(ms)}</time>`;
}

function markOf(state: ShownTaskState): TemplateResult {
  switch (state) {
    case 'queued':
      return icons.clock;
    case 'running':
      return lateIcons.ring;
    case 'done':
      return icons.check;
    case 'failed':
      return icons.closed;
    case 'cancelled':
      return icons.stopped;
    case 'lost':
      return icons.unlinked;
  }
}
