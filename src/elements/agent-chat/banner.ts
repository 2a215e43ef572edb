import {html, nothing, type TemplateResult} from 'lit';
import type {Locale} from '../../i18n/index.ts';
import type {ConnectionSnapshot} from '../../session/index.ts';
import {icons} from '../shared/icons.ts';
import {notice} from '../shared/notice.ts';

/** Says what is the matter with the line; nothing while all is well, or while the first connection is being made. */
export function banner({state, error}: ConnectionSnapshot, locale: Locale): TemplateResult | typeof nothing {
  switch (state) {
    case 'connected':
    case 'connecting':
      return nothing;
    case 'offline': {
      // The line may be up, and yet no token to be had.
      const isLost = error === undefined || error.kind === 'connection';
      const title = isLost ? locale.t('banner.offline') : locale.t('banner.retrying', {problem: locale.t(`error.${error.kind}`)});
      return html`<div class="banner" part="banner" role=${isLost ? nothing : 'alert'}>
        ${notice(locale, error, {title, tone: 'warning', icon: isLost ? icons.offline : icons.alert})}
      </div>`;
    }
    case 'failed':
      return html`<div class="banner" part="banner" role="alert">
        ${notice(locale, error, {title: error ? undefined : locale.t('banner.failed')})}
      </div>`;
    case 'closed':
      return html`<div class="banner" part="banner">${notice(locale, error, {title: locale.t('banner.closed'), tone: 'warning', icon: icons.offline})}</div>`;
  }
}
