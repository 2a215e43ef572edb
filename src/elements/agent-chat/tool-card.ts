import {html, nothing, type TemplateResult} from 'lit';
import {toolNameOf} from '../../session/tool-part.ts';
import type {Approval, RunStatus, ToolPart} from '../../session/index.ts';
import {approvalCard, decisionView, refusedView} from '../shared/approval-card.ts';
import {fold} from '../shared/fold.ts';
import {icons} from '../shared/icons.ts';
import {lateIcons} from '../shared/late-icons.ts';
import {nameInWords} from '../shared/name-in-words.ts';
import {briefOf, valueView} from '../shared/value-view.ts';
import {type ChatContext, nameOf} from './chat-context.ts';

/**
 * How a tool call stands, for whoever looks:
 *
 * - `preparing`: the agent is writing its arguments.
 * - `running`: it is being carried out; there may be a result so far.
 * - `page`: it waits for a page to carry it out.
 * - `asking`: it waits for a person.
 * - `answered`: a person has decided; the agent has not gone on yet.
 * - `done`, `failed`, `denied`: it has ended.
 * - `unfinished`: the run ended before it did.
 */
export type ToolView = 'preparing' | 'running' | 'page' | 'asking' | 'answered' | 'done' | 'failed' | 'denied' | 'unfinished';

export interface ToolCardOptions {
  /** How the run stands that the call is of; undefined for one that is long over. */
  readonly run: RunStatus | undefined;
  readonly approval: Approval | undefined;
  readonly context: ChatContext;
}

/** A tool call: what it is about in one line, what came of it, and all of it for whoever opens it. */
export function toolCard(tool: ToolPart, {run, approval, context}: ToolCardOptions): TemplateResult {
  const {locale, desk, me, isReadonly} = context;
  const options = {locale, desk, me, isReadonly, nameOf: (clientId: string | undefined) => nameOf(context, clientId)};
  if (approval && isDecidedHere(tool, approval)) return approvalCard(approval, options);
  const state = viewOf(tool, run, approval);
  const name = toolNameOf(tool);
  const title = tool.title ?? nameInWords(name);
  const brief = briefOf(tool.input, locale);
  const hasBody = tool.input !== undefined || tool.output !== undefined || tool.errorText !== undefined;
  const summary = html`
    <span class="tool-icon">${iconOf(state)}</span>
    <span class="tool-line"><span class="tool-title" dir="auto" title=${name}>${title}</span>${brief === '' ? nothing : html` <span class="tool-brief" dir="auto">${brief}</span>`}</span>
    <span class="tool-state" part="tool-state">${outcomeOf(tool, state, locale)}</span>
  `;
  return html`<div
    class="tool tool-${state}"
    part="tool tool-${state}"
    data-tool=${name}
    data-state=${state}
    data-approval=${approval ? approval.toolCallId : nothing}
    tabindex=${approval ? -1 : nothing}
  >
    ${hasBody
      ? html`<details class="tool-fold" part="details" ${fold(tool.toolCallId, false, context.folds)}>
          <summary part="summary">${summary}<span class="fold-mark">${icons.chevron}</span></summary>
          <div class="tool-body">${bodyView(tool, approval, context)}</div>
        </details>`
      : html`<div class="tool-fold"><div class="tool-summary">${summary}</div></div>`}
    ${noteView(tool, state, context)} ${approval ? html`${refusedView(approval, options)}${decisionView(approval, options)}` : nothing}
    ${approval?.decision ? nothing : denialView(tool)}
  </div>`;
}

/** Whether the card is that of what the agent asks, because nobody has decided or nobody can any more. */
export function isDecidedHere({state}: ToolPart, approval: Approval): boolean {
  if (approval.state === 'decided' || state === 'output-available' || state === 'output-error') return false;
  // A denial that does not count leaves the part looking denied; one that nobody knows more of has been obeyed.
  return state !== 'output-denied' || approval.refused.length > 0;
}

function viewOf(tool: ToolPart, run: RunStatus | undefined, approval: Approval | undefined): ToolView {
  const isGoing = run === 'active' || run === 'suspended' || run === 'starting';
  switch (tool.state) {
    case 'output-available':
      return tool.preliminary === true ? (isGoing ? 'running' : 'unfinished') : 'done';
    case 'output-error':
      return 'failed';
    case 'input-streaming':
      return isGoing ? 'preparing' : 'unfinished';
    case 'input-available':
      return run === 'suspended' && tool.providerExecuted !== true ? 'page' : isGoing ? 'running' : 'unfinished';
    case 'approval-requested':
    case 'approval-responded':
    case 'output-denied': {
      // The decision that counts may be another than the last one, which the part shows.
      const approved = approval?.decision?.approved ?? tool.approval?.approved;
      if (approved === false || (approved === undefined && tool.state === 'output-denied')) return 'denied';
      if (approved === undefined) return isGoing ? 'asking' : 'unfinished';
      return run === 'active' ? 'running' : isGoing ? 'answered' : 'unfinished';
    }
  }
}

function outcomeOf(tool: ToolPart, state: ToolView, locale: ChatContext['locale']): string {
  if (state !== 'done') return locale.t(`tool.${state}`);
  if (Array.isArray(tool.output)) return locale.t('tool.results', {count: tool.output.length});
  return locale.t('tool.done');
}

function bodyView(tool: ToolPart, approval: Approval | undefined, {locale}: ChatContext): TemplateResult {
  const input = approval?.decision?.approved === true && approval.decision.input !== undefined ? approval.decision.input : tool.input;
  return html`
    ${input === undefined ? nothing : html`<p class="caption">${locale.t('part.input')}</p><div class="value" part="tool-input">${valueView(input, locale)}</div>`}
    ${tool.output === undefined ? nothing : html`<p class="caption">${locale.t(tool.preliminary === true ? 'part.preliminary' : 'part.output')}</p><div class="value" part="tool-output">${valueView(tool.output, locale)}</div>`}
    ${tool.errorText === undefined ? nothing : html`<p class="caption">${locale.t('part.failure')}</p><div class="value failure" part="tool-error">${valueView(tool.errorText, locale)}</div>`}
  `;
}

/** What is worth a line without opening anything: how far it has come, or why it failed. */
function noteView(tool: ToolPart, state: ToolView, {locale}: ChatContext): TemplateResult | typeof nothing {
  if (state === 'failed') return html`<p class="tool-note echo failure" part="tool-error"><bdi>${briefLine(tool.errorText ?? '')}</bdi></p>`;
  if (state === 'running' && tool.preliminary === true) return html`<div class="tool-note echo" part="tool-output">${valueView(tool.output, locale)}</div>`;
  return nothing;
}

function denialView({state, approval}: ToolPart): TemplateResult | typeof nothing {
  return state === 'output-denied' && approval?.reason ? html`<p class="tool-note" dir="auto">${approval.reason}</p>` : nothing;
}

function briefLine(text: string): string {
  const line = text.trim().split('\n')[0] ?? '';
  return line.length > 160 ? `${line.slice(0, 159)}…` : line;
}

function iconOf(state: ToolView): TemplateResult {
  switch (state) {
    case 'preparing':
    case 'running':
      return lateIcons.ring;
    case 'page':
    case 'answered':
      return icons.clock;
    case 'asking':
      return lateIcons.hand;
    case 'done':
      return icons.check;
    case 'failed':
      return icons.alert;
    case 'denied':
      return icons.closed;
    case 'unfinished':
      return icons.stopped;
  }
}
