import {html, type LitElement, nothing, type TemplateResult} from 'lit';
import {ifDefined} from 'lit/directives/if-defined.js';
import type {PageNotices} from '../../controllers/page-notices.ts';
import type {Locale} from '../../i18n/index.ts';
import type {BargeInPolicy} from '../../session/index.ts';
import type {Upload} from '../barge-in-input/attachments.ts';
import {icons} from '../shared/icons.ts';

/** An empty conversation. */
export function emptyView(locale: Locale, isReadonly: boolean): TemplateResult {
  return html`<div class="empty" part="empty"><slot name="empty">
    <p class="empty-title">${locale.t('chat.emptyTitle')}</p>
    ${isReadonly ? nothing : html`<p class="empty-text">${locale.t('chat.emptyText')}</p>`}
  </slot></div>`;
}

/** What a conversation passes on to its input. */
interface ComposerProperties {
  bargeIn: BargeInPolicy;
  policies?: string;
  accept?: string;
  maxFileSize?: string | number;
  upload?: Upload;
  dictation: boolean;
  placeholder?: string;
  locale?: string;
}

/** Where the person writes, unless the page brings an input of its own. */
export function inputView(host: LitElement & ComposerProperties): TemplateResult {
  const isFilled = host.querySelector(':scope > [slot="input"]') !== null;
  return html`<div class="input" part="input">
    <slot name="input" @slotchange=${() => host.requestUpdate()}>${isFilled
      ? nothing
      : html`<barge-in-input
          part="composer"
          exportparts="box: input-box, textarea: input-textarea, action: input-action, queue: input-queue, files: input-files"
          .policy=${host.bargeIn}
          .policies=${host.policies}
          .accept=${host.accept}
          .maxFileSize=${host.maxFileSize}
          .upload=${host.upload}
          .dictation=${host.dictation}
          placeholder=${ifDefined(host.placeholder)}
          locale=${ifDefined(host.locale)}
        ></barge-in-input>`}</slot>
  </div>`;
}

/** Asks whether to tell the person of the end, as long as there is one to wait for and they have not been asked. */
export function noticesView(notices: PageNotices, isAnswering: boolean, locale: Locale): TemplateResult | typeof nothing {
  if (!isAnswering || !notices.canAsk) return nothing;
  return html`<div class="notify"><button type="button" class="text-button" part="notify-button" @click=${notices.ask}>${icons.bell}${locale.t('notify.offer')}</button></div>`;
}

/** Goes to the latest message, and says how many have come that were not seen. */
export function jumpView(unreadCount: number, onJump: () => void, locale: Locale): TemplateResult {
  const unread = unreadCount === 0 ? undefined : locale.t('chat.unread', {count: unreadCount});
  return html`<button type="button" class="jump" part="jump-button" aria-label=${[locale.t('chat.jump'), unread].filter(Boolean).join(', ')} @click=${onJump}>
    ${icons.down}${unread === undefined ? nothing : html`<span>${unread}</span>`}
  </button>`;
}
