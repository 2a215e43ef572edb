import {html, nothing, type TemplateResult} from 'lit';
import type {Locale} from '../../i18n/index.ts';
import type {BargeInPolicy, SessionError} from '../../session/index.ts';
import {icons} from '../shared/icons.ts';
import {notice} from '../shared/notice.ts';
import type {Attachments} from './attachments.ts';
import type {Dictation} from './dictation.ts';
import type {StopWatch} from './stop-watch.ts';

/** What went wrong with sending or stopping. */
export interface Failure {
  readonly error: SessionError;
  readonly of: 'send' | 'cancel';
  /** In which other ways the message can be sent. */
  readonly others: readonly BargeInPolicy[];
}

/** The ways that come nearest to what was asked for, the nearest first. */
const nearest: Readonly<Record<BargeInPolicy, readonly BargeInPolicy[]>> = {
  steer: ['queue', 'interrupt'],
  queue: ['steer', 'interrupt'],
  alongside: ['queue', 'interrupt'],
  interrupt: [],
};

/**
 * The other ways to offer for a message that was refused while an agent works: of those that the page lists, or the
 * nearest one where it lists none.
 */
export function otherWays(refused: BargeInPolicy, {kind}: SessionError, listed: readonly BargeInPolicy[]): readonly BargeInPolicy[] {
  if (kind !== 'input' && kind !== 'agent') return [];
  const near = nearest[refused];
  const both = near.filter((policy) => listed.includes(policy));
  return both.length > 0 ? both : near.slice(0, 1);
}

export function failureView({error, of, others}: Failure, locale: Locale, sendAs: (policy: BargeInPolicy) => void): TemplateResult {
  const actions = others.map((policy) => html`<button type="button" class="text-button" @click=${() => sendAs(policy)}>${locale.t(`policy.instead.${policy}`)}</button>`);
  return html`<div class="error" id="failure" role="alert" data-list="failure">
    ${notice(locale, error, {title: locale.t(of === 'send' ? 'input.notSent' : 'input.notStopped'), ...(actions.length > 0 ? {actions} : {})})}
  </div>`;
}

interface Parts {
  stops: StopWatch;
  attachments: Attachments;
  dictation: Dictation | undefined;
  /** Names of files that a reload has taken. */
  lost: {readonly names: readonly string[]; dismiss(): void};
}

/** What the person should know and may put aside. What is said of it aloud, others say. */
export function remarksView({stops, attachments, dictation, lost}: Parts, locale: Locale): TemplateResult {
  const {refusal} = attachments;
  return html`${stops.isUnconfirmed
      ? remark({list: 'unconfirmed', title: locale.t('input.unconfirmed'), text: locale.t('input.unconfirmedText'), icon: icons.clock}, locale, () => stops.dismiss())
      : nothing}
    ${refusal
      ? remark({list: 'refusal', title: locale.t('files.notAttached'), text: refusal.message, hint: refusal.hint, isAlert: true}, locale, () => attachments.dismissRefusal())
      : nothing}
    ${dictation?.problem
      ? remark({list: 'dictation', title: locale.t('dictation.failed'), text: locale.t(dictation.problem as 'dictation.denied'), icon: icons.microphone, isAlert: true}, locale, () => dictation.dismissProblem())
      : nothing}
    ${lost.names.length > 0
      ? remark({list: 'lost', title: locale.t('files.notAttached'), text: locale.t('files.lost', {names: lost.names.join(', ')}), icon: icons.clip}, locale, () => lost.dismiss())
      : nothing}`;
}

interface Remark {
  list: string;
  title: string;
  text: string;
  hint?: string | undefined;
  icon?: TemplateResult;
  isAlert?: boolean;
}

function remark({list, title, text, hint, icon = icons.alert, isAlert = false}: Remark, locale: Locale, dismiss: () => void): TemplateResult {
  return html`<div class="remark notice warning" part="notice" data-list=${list} role=${isAlert ? 'alert' : nothing}>
    ${icon}
    <div>
      <p class="title">${title}</p>
      <p class="reason" dir="auto">${text}</p>
      ${hint ? html`<p class="hint" dir="auto">${hint}</p>` : nothing}
    </div>
    <button type="button" class="icon-button" aria-label=${locale.t('input.dismiss')} title=${locale.t('input.dismiss')} @click=${dismiss}>${icons.cross}</button>
  </div>`;
}
