import {html, nothing, type TemplateResult} from 'lit';
import type {Locale} from '../../i18n/index.ts';
import type {SessionError} from '../../session/index.ts';
import {icons} from './icons.ts';

export interface NoticeOptions {
  /** What it says in the person's language; from the error's kind when absent. */
  title?: string;
  tone?: 'danger' | 'warning';
  icon?: TemplateResult;
  actions?: unknown;
}

/** Says in the page what failed, why, and what to do. */
export function notice(locale: Locale, error: SessionError | undefined, {title, tone = 'danger', icon = icons.alert, actions}: NoticeOptions = {}): TemplateResult {
  return html`<div class="notice ${tone}" part="notice">
    ${icon}
    <div>
      <p class="title">${title ?? (error ? locale.t(`error.${error.kind}`) : nothing)}</p>
      ${error ? html`<p class="reason" dir="auto">${error.message}</p>` : nothing}
      ${error?.hint ? html`<p class="hint" dir="auto">${error.hint}</p>` : nothing}
      ${actions ? html`<div class="actions">${actions}</div>` : nothing}
    </div>
  </div>`;
}
