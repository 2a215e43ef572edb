import {html, nothing, type TemplateResult} from 'lit';
import type {ApprovalDesk, ApprovalForm, ApprovalProblem} from '../../controllers/approval-desk.ts';
import type {Locale} from '../../i18n/index.ts';
import {type Approval, type Decision, isSameValue, type LiveValue} from '../../session/index.ts';
import {isComposing} from './composing.ts';
import {ago} from './ago.ts';
import {icons} from './icons.ts';
import {lateIcons} from './late-icons.ts';
import {draftOf, inputFields, inputOf} from './input-form.ts';
import {notice} from './notice.ts';
import {nameInWords} from './name-in-words.ts';
import {valueView} from './value-view.ts';

export interface ApprovalCardOptions {
  readonly locale: Locale;
  readonly desk: ApprovalDesk;
  /** This client's identity: whether it may decide. */
  readonly me: string | undefined;
  /** Whether it can be decided on here at all. */
  readonly isReadonly: boolean;
  /** How somebody is called. */
  nameOf(clientId: string | undefined): string;
}

/** What an agent asks people for, with all that can be done about it, or what became of it. */
export function approvalCard(approval: Approval, options: ApprovalCardOptions): TemplateResult {
  const {locale, nameOf} = options;
  const {toolCallId, toolName, input, agentId, askedAt, note, state} = approval;
  const tool = nameInWords(toolName);
  return html`<div
    class="approval approval-${state}"
    part="approval approval-${state}"
    role="group"
    tabindex="-1"
    aria-label=${locale.t('approval.name', {tool})}
    data-approval=${toolCallId}
    data-state=${state}
  >
    <p class="approval-head">
      ${lateIcons.hand}<span class="approval-who" dir="auto">${locale.t('approval.asks', {agent: nameOf(agentId)})}</span>
      ${askedAt === undefined || state !== 'pending' ? nothing : html`<time class="approval-time" dir="auto" datetime=${new Date(askedAt).toISOString()} title=${locale.moment(askedAt)}>${ago(askedAt, locale)}</time>`}
    </p>
    <p class="approval-tool" part="approval-tool" title=${toolName}><bdi>${tool}</bdi></p>
    ${note === undefined ? nothing : html`<p class="approval-note" part="approval-note" dir="auto">${note}</p>`}
    ${options.desk.formOf(toolCallId).mode === 'edit' && state === 'pending' ? nothing : html`<div class="approval-input" part="approval-input">${valueView(input, locale)}</div>`}
    ${refusedView(approval, options)} ${stateView(approval, options)}
  </div>`;
}

/** Who decided, when, why, and what they changed. */
export function decisionView(approval: Approval, {locale, nameOf}: Pick<ApprovalCardOptions, 'locale' | 'nameOf'>): TemplateResult | typeof nothing {
  const {decision} = approval;
  if (!decision) return nothing;
  const {approved, clientId, decidedAt, reason} = decision;
  const changes = changesOf(approval, decision);
  return html`<div class="decision ${approved ? 'approved' : 'denied'}" part="decision decision-${approved ? 'approved' : 'denied'}">
    <p class="decision-who">
      ${approved ? icons.check : icons.closed}<span dir="auto">${locale.t(approved ? 'approval.approvedBy' : 'approval.deniedBy', {name: nameOf(clientId)})}</span>
      <time class="approval-time" dir="auto" datetime=${new Date(decidedAt).toISOString()} title=${locale.moment(decidedAt)}>${locale.time(decidedAt)}</time>
    </p>
    ${reason === undefined || reason === '' ? nothing : html`<p class="decision-reason"><bdi>${reason}</bdi></p>`}
    ${changes === undefined ? nothing : html`<div class="decision-changes"><p class="caption">${locale.t('approval.changed')}</p>${valueView(changes, locale)}</div>`}
  </div>`;
}

/** Decisions that do not count, and why. */
export function refusedView({refused}: Approval, {locale, me, nameOf}: Pick<ApprovalCardOptions, 'locale' | 'me' | 'nameOf'>): TemplateResult | typeof nothing {
  if (refused.length === 0) return nothing;
  return html`<ul class="refusals">
    ${refused.map(({clientId, reason}) => html`<li class="refusal" part="refusal">
      ${icons.closed}<span dir="auto">${[clientId !== undefined && clientId === me ? locale.t('approval.refusedOwn') : locale.t('approval.refused', {name: nameOf(clientId)}), ...(reason === undefined ? [] : [reason])].join(': ')}</span>
    </li>`)}
  </ul>`;
}

function stateView(approval: Approval, options: ApprovalCardOptions): TemplateResult | typeof nothing {
  const {locale, desk, me, isReadonly} = options;
  switch (approval.state) {
    case 'pending': {
      const {approvers} = approval;
      if (approvers && (me === undefined || !approvers.includes(me))) {
        const words = approvers.length === 0 ? locale.t('approval.noOne') : locale.t('approval.onlyOthers', {names: locale.names(approvers, 'disjunction')});
        return html`<p class="approval-line" part="approval-line">${icons.person}<span dir="auto">${words}</span></p>`;
      }
      return isReadonly ? nothing : formView(approval, desk.formOf(approval.toolCallId), options);
    }
    case 'deciding':
      return lineView(locale.t('approval.deciding'));
    case 'decided':
      return decisionView(approval, options);
    case 'expired':
      return html`<p class="approval-line" part="approval-line">${icons.clock}<span>${locale.t('approval.expired')}</span></p>`;
  }
}

function lineView(text: string): TemplateResult {
  return html`<p class="approval-line" part="approval-line"><span class="spinner">${lateIcons.ring}</span><span>${text}</span></p>`;
}

function formView(approval: Approval, form: ApprovalForm, {locale, desk}: ApprovalCardOptions): TemplateResult {
  if (form.isBusy) return lineView(locale.t('approval.deciding'));
  const failure = form.error ? html`<div role="alert">${notice(locale, form.error, {title: locale.t('approval.failed')})}</div>` : nothing;
  const onSubmit = (event: Event): void => {
    event.preventDefault();
    submit(approval, form, desk, locale);
  };
  const onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || isComposing(event)) return;
    // Whatever is around must not take it for its own.
    event.preventDefault();
    event.stopPropagation();
    desk.close(approval);
  };
  switch (form.mode) {
    case 'ask':
      return html`${failure}<div class="approval-actions" part="approval-actions">
        <button type="button" class="text-button primary" part="approve-button" @click=${() => desk.decide(approval, {approved: true})}>${icons.check}${locale.t('approval.approve')}</button>
        <button type="button" class="text-button" part="deny-button" @click=${() => desk.open(approval, 'deny', draftOf(undefined))}>${locale.t('approval.deny')}</button>
        <button type="button" class="text-button" part="edit-button" @click=${() => desk.open(approval, 'edit', draftOf(approval.input))}>${icons.edit}${locale.t('approval.edit')}</button>
      </div>`;
    case 'deny':
      return html`<form class="approval-form" part="approval-form" @submit=${onSubmit} @keydown=${onKeydown}>
        <label class="typed"><span>${locale.t('approval.reason')}</span><input type="text" dir="auto" autocomplete="off" data-first .value=${form.draft.reason} @input=${({currentTarget}: Event) => {
          if (currentTarget instanceof HTMLInputElement) form.draft.reason = currentTarget.value;
        }} /></label>
        ${failure}
        <div class="approval-actions" part="approval-actions">
          <button type="submit" class="text-button danger" part="deny-button">${locale.t('approval.confirmDeny')}</button>
          ${backButton(approval, desk, locale)}
        </div>
      </form>`;
    case 'edit':
      return html`<form class="approval-form" part="approval-form" @submit=${onSubmit} @keydown=${onKeydown}>
        ${inputFields(approval.input, form.draft, {locale, problem: form.problem})}
        ${form.problem ? html`<p class="failure" role="alert" dir="auto">${problemText(form.problem, locale)}</p>` : nothing} ${failure}
        <div class="approval-actions" part="approval-actions">
          <button type="submit" class="text-button primary" part="approve-button">${icons.check}${locale.t('approval.approveEdited')}</button>
          ${backButton(approval, desk, locale)}
        </div>
      </form>`;
  }
}

function backButton(approval: Approval, desk: ApprovalDesk, locale: Locale): TemplateResult {
  return html`<button type="button" class="text-button" part="back-button" @click=${() => desk.close(approval)}>${locale.t('approval.cancel')}</button>`;
}

function submit(approval: Approval, {mode, draft}: ApprovalForm, desk: ApprovalDesk, locale: Locale): void {
  if (mode === 'deny') {
    const reason = draft.reason.trim();
    desk.decide(approval, {approved: false, ...(reason === '' ? {} : {reason})});
    return;
  }
  const read = inputOf(approval.input, draft, locale);
  if ('type' in read) desk.object(approval, read);
  // What was not changed is left to the agent as it proposed it.
  else desk.decide(approval, {approved: true, ...(isSame(read.input, approval.input) ? {} : {input: read.input})});
}

function problemText(problem: ApprovalProblem, locale: Locale): string {
  return problem.type === 'bad-json' ? locale.t('approval.badJson', {problem: problem.reason}) : locale.t('approval.badNumber', {name: problem.field});
}

/** What was changed: of a flat change the fields that differ, else the whole. */
function changesOf({input}: Approval, decision: Decision): unknown {
  if (decision.input === undefined || isSame(decision.input, input)) return undefined;
  if (!isRecord(decision.input) || !isRecord(input)) return decision.input;
  return Object.fromEntries(Object.entries(decision.input).filter(([name, value]) => !isSame(value, input[name])));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSame(one: unknown, other: unknown): boolean {
  // Inputs come from JSON and go to JSON.
  return isSameValue(one as LiveValue | undefined, other as LiveValue | undefined);
}
