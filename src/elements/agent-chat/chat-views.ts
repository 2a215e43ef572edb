import {html, nothing, type TemplateResult} from 'lit';
import {ifDefined} from 'lit/directives/if-defined.js';
import type {PageNotices} from '../../controllers/page-notices.ts';
import type {AgentIntentEvent} from '../../events.ts';
import type {Locale} from '../../i18n/index.ts';
import type {BargeInPolicy} from '../../session/index.ts';
import {icons} from '../shared/icons.ts';

/** An empty conversation. */
export function emptyView(locale: Locale, isReadonly: boolean): TemplateResult {
  return html`<div class="empty" part="empty"><slot name="empty">
    <p class="empty-title">${locale.t('chat.emptyTitle')}</p>
    ${isReadonly ? nothing : html`<p class="empty-text">${locale.t('chat.emptyText')}</p>`}
  </slot></div>`;
}

export interface InputViewOptions {
  readonly host: Element & {bargeIn: BargeInPolicy; placeholder?: string; locale?: string};
  onIntent: (event: AgentIntentEvent) => void;
  onSlotted: () => void;
}

/** Where the person writes, unless the page brings an input of its own. */
export function inputView({host, onIntent, onSlotted}: InputViewOptions): TemplateResult {
  const isFilled = host.querySelector(':scope > [slot="input"]') !== null;
  return html`<div class="input" part="input" @agent-intent=${onIntent}>
    <slot name="input" @slotchange=${onSlotted}>${isFilled
      ? nothing
      : html`<barge-in-input
          part="composer"
          exportparts="box: input-box, textarea: input-textarea, action: input-action"
          .policy=${host.bargeIn}
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
