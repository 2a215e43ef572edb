import {html, type TemplateResult} from 'lit';
import {repeat} from 'lit/directives/repeat.js';
import type {Locale} from '../../i18n/index.ts';
import type {Session} from '../../session/index.ts';

/** Names the conversations in which something waits too far back to be shown here. */
export function furtherView(sessions: readonly Session[], locale: Locale, link: (session: Session) => TemplateResult): TemplateResult {
  return html`<ul class="entries" part="further" aria-label=${locale.t('inbox.label')}>
    ${repeat(sessions, ({channel}) => channel, (session) => html`<li class="entry" part="entry">
      <div class="where" data-list="further"><div class="where" data-item=${session.channel}>${link(session)}</div></div>
      <p class="quiet">${locale.t('inbox.further')}</p>
    </li>`)}
  </ul>`;
}
