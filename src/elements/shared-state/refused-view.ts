import {html, nothing, type TemplateResult} from 'lit';
import type {Locale} from '../../i18n/index.ts';
import {icons} from '../shared/icons.ts';
import {notice} from '../shared/notice.ts';
import {textOf} from './field.ts';
import type {RefusedEdit, StateEdits} from './state-edits.ts';

/** What could not be saved and why, with what the person wrote, which is shown nowhere else any more. */
export function refusedView(edits: StateEdits, needsRight: boolean, locale: Locale): TemplateResult {
  const {lock, refused} = edits;
  const others = refused.filter(({error}) => error !== lock);
  const locked = refused.filter(({error}) => error === lock);
  return html`
    ${lock && (needsRight || locked.length > 0)
      ? html`<div class="message" role="alert" data-list="refused">${notice(locale, lock, {
          title: locale.t('state.locked'), tone: 'warning',
          actions: locked.length === 0 ? undefined : html`${locked.map((one) => writtenView(one, edits, locale))}`,
        })}</div>`
      : nothing}
    ${others.map((one) => html`<div class="message" role="alert" data-list="refused">${notice(locale, one.error, {
      title: locale.t('state.notSaved', {path: one.edit.path === '' ? locale.t('state.everything') : one.edit.path}),
      actions: writtenView(one, edits, locale),
    })}</div>`)}
  `;
}

function writtenView(one: RefusedEdit, edits: StateEdits, locale: Locale): TemplateResult {
  return html`<div class="written" data-item=${one.edit.path}>
    <p class="typed" dir="auto">${writtenText(one.edit, locale)}</p>
    ${buttons(one, edits, locale)}
  </div>`;
}

function writtenText(edit: RefusedEdit['edit'], locale: Locale): string {
  switch (edit.type) {
    case 'set':
      return locale.t('state.typed', {text: textOf(edit.value)});
    case 'remove':
      return locale.t('state.removed');
    case 'increment':
      return locale.t('state.added', {amount: edit.amount});
  }
}

function buttons(one: RefusedEdit, edits: StateEdits, locale: Locale): TemplateResult {
  return html`<span class="answers">
    <button type="button" class="text-button" data-control="retry" @click=${() => void edits.retry(one)}>${icons.retry}${locale.t('chat.tryAgain')}</button>
    <button type="button" class="text-button" data-control="forget" @click=${() => edits.forget(one.edit.path)}>${locale.t('message.discard')}</button>
  </span>`;
}
