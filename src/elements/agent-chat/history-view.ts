import {html, nothing, type TemplateResult} from 'lit';
import type {OlderMessages} from '../../controllers/older-messages.ts';
import type {Locale} from '../../i18n/index.ts';
import type {SessionSnapshot} from '../../session/index.ts';
import {icons} from '../shared/icons.ts';
import {notice} from '../shared/notice.ts';

/** What stands above the messages: that they are loading, or why they could not be loaded. */
export function historyView({history, connection, messages}: SessionSnapshot, older: OlderMessages, locale: Locale): TemplateResult | typeof nothing {
  const {state, error, loadingOlder} = history;
  // The banner says what there is to say.
  if (state !== 'ready' && connection.state === 'failed') return nothing;
  if (state === 'loading' && messages.length === 0) return skeleton(locale);
  const failure = state === 'failed' ? error : older.error;
  if (failure ?? state === 'failed') {
    const retry = html`<button type="button" class="text-button" part="retry-button" @click=${() => older.load()}>${icons.retry}${locale.t('chat.tryAgain')}</button>`;
    return html`<div class="older" part="older" role="alert">
      ${notice(locale, failure, {title: locale.t(state === 'failed' ? 'chat.loadFailed' : 'chat.olderFailed'), actions: retry})}
    </div>`;
  }
  if (!loadingOlder) return nothing;
  return html`<div class="older" part="older"><span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>${locale.t('chat.loadingOlder')}</div>`;
}

function skeleton(locale: Locale): TemplateResult {
  return html`<div class="skeleton" part="skeleton">
    <span class="visually-hidden">${locale.t('chat.loading')}</span>
    <i></i><i></i><i></i><i></i>
  </div>`;
}
