import {html, nothing, type TemplateResult} from 'lit';
import type {RunSnapshot} from '../../session/index.ts';
import {icons} from '../shared/icons.ts';
import {notice} from '../shared/notice.ts';
import {authorOf, type ChatContext} from './chat-context.ts';

export interface RunRowOptions {
  run: RunSnapshot;
  key: string;
  /** The message that a retry asks again; none can be asked for without it. */
  retryId: string | undefined;
  /** Whether its text is being written just above, which says enough. */
  isWriting: boolean;
  context: ChatContext;
}

/** What a run is doing, or how it ended where it did not end well. */
export function runRow(options: RunRowOptions): TemplateResult | typeof nothing {
  const {run, context: {locale}} = options;
  switch (run.status) {
    case 'starting':
    case 'active':
      return workingView(options);
    case 'suspended':
      return suspendedView(options);
    case 'cancelled':
      return lineView('cancelled', icons.stopped, locale.t('run.cancelled'));
    case 'error':
    case 'unanswered':
    case 'lost':
      return failedView(options);
    case 'complete':
      return nothing;
  }
}

function workingView({run, isWriting, context}: RunRowOptions): TemplateResult {
  const {locale, isReadonly} = context;
  switch (run.stop) {
    case 'unconfirmed':
      return lineView('unconfirmed', icons.alert, html`<span>${locale.t('input.unconfirmed') + (isReadonly ? '.' : `. ${locale.t('input.unconfirmedText')}`)}</span>`);
    case 'requested':
      return lineView('stopping', dots, locale.t('run.stopping'));
    case undefined: {
      const agent = authorOf(context, {mine: false, role: 'assistant', clientId: run.agentId});
      const text = run.status === 'starting' ? locale.t('run.starting') : locale.t('run.working', {agent});
      return lineView('working', isWriting ? stillDots : dots, html`<span class=${isWriting ? 'visually-hidden' : 'label'}>${text}</span>`);
    }
  }
}

/** What it waits for is said with the cards, which are on their way where anything waits. */
function suspendedView(options: RunRowOptions): TemplateResult {
  const {run, context: {cards, locale, needCards}} = options;
  if (run.stop === 'requested') return workingView(options);
  if (cards) return cards.waitingRow(options);
  needCards();
  return lineView('suspended', icons.person, locale.t('run.suspended'));
}

/** While words appear above them they need not move: an animation costs style and paint in each frame of the stream. */
const stillDots = html`<span class="dots still" aria-hidden="true"><span></span><span></span><span></span></span>`;

const dots = html`<span class="dots" aria-hidden="true"><span></span><span></span><span></span></span>`;

function lineView(state: string, icon: TemplateResult, text: unknown): TemplateResult {
  return html`<div class="row run ${state}" part="run run-${state}">${icon}${text}</div>`;
}

function failedView({run, key, retryId, context}: RunRowOptions): TemplateResult {
  const {locale, isReadonly} = context;
  const failure = context.failures.get(key) ?? run.error;
  return html`<div class="row run failed" part="run run-failed">
    ${notice(locale, failure, {
      title: locale.t(run.status === 'unanswered' ? 'run.unanswered' : run.status === 'lost' ? 'run.lost' : 'run.failed'),
      actions: retryId === undefined || isReadonly
        ? undefined
        : html`<button type="button" class="text-button" part="retry-button" @click=${() => context.act(key, {type: 'retry', messageId: retryId})}>
            ${icons.retry}${locale.t('run.retry')}
          </button>`,
    })}
  </div>`;
}
