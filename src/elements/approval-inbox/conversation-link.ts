import {html, type TemplateResult} from 'lit';
import type {Locale} from '../../i18n/index.ts';
import {icons} from '../shared/icons.ts';

export interface ConversationLinkOptions {
  /** Address with `{channel}` in it; a button is drawn where there is none. */
  url: string | null | undefined;
  locale: Locale;
  choose(): void;
}

/** Names a conversation, and opens it. */
export function conversationLink(channel: string, {url, locale, choose}: ConversationLinkOptions): TemplateResult {
  const label = locale.t('inbox.open', {conversation: channel});
  const words = html`${icons.chat}<bdi>${channel}</bdi>`;
  if (url == null) return html`<button type="button" class="conversation" data-control="open" part="conversation" aria-label=${label} title=${label} @click=${choose}>${words}</button>`;
  return html`<a class="conversation" data-control="open" part="conversation" href=${url.replaceAll('{channel}', encodeURIComponent(channel))} aria-label=${label} title=${label} @click=${choose}>${words}</a>`;
}
