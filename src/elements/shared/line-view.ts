import {html, nothing, type TemplateResult} from 'lit';
import type {SourceState} from '../../controllers/session-source.ts';
import type {Locale} from '../../i18n/index.ts';
import type {ConnectionSnapshot} from '../../session/index.ts';
import {icons} from './icons.ts';
import {notice} from './notice.ts';

/**
 * What is the matter with the session or its line, for small elements: at length where the element brought the session
 * about, in a word where something around it did and speaks for it.
 */
export function lineView({status, isOwn, ...source}: SourceState, {state, error}: ConnectionSnapshot, locale: Locale): TemplateResult | typeof nothing {
  if (status === 'refused') return isOwn && 'error' in source ? html`<div class="line-view" role="alert">${notice(locale, source.error)}</div>` : nothing;
  if (status === 'waiting') return nothing;
  switch (state) {
    case 'connecting':
    case 'connected':
      return nothing;
    case 'offline':
      return isOwn && error !== undefined && error.kind !== 'connection'
        ? html`<div class="line-view" role="alert">${notice(locale, error, {title: locale.t('banner.retrying', {problem: locale.t(`error.${error.kind}`)}), tone: 'warning'})}</div>`
        : quietLine(locale.t('banner.offline'));
    case 'failed':
      return isOwn ? html`<div class="line-view" role="alert">${notice(locale, error, {title: error ? undefined : locale.t('banner.failed')})}</div>` : quietLine(locale.t('banner.failed'));
    case 'closed':
      return quietLine(locale.t('banner.closed'));
  }
}

function quietLine(text: string): TemplateResult {
  return html`<p class="line-view quiet" part="line">${icons.offline}<span>${text}</span></p>`;
}
