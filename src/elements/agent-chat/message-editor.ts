import {html, nothing, type TemplateResult} from 'lit';
import {ref} from 'lit/directives/ref.js';
import type {SessionMessage} from '../../session/index.ts';
import {isComposing} from '../shared/composing.ts';
import {icons} from '../shared/icons.ts';
import {lateIcons} from '../shared/late-icons.ts';
import {notice} from '../shared/notice.ts';
import type {ChatContext} from './chat-context.ts';
import type {MessageEditor} from './message-states.ts';

/** A message of the person's own, while they say it differently. */
export function messageEditor(message: SessionMessage, {draft, error, isBusy}: MessageEditor, stopsAnswer: boolean, context: ChatContext): TemplateResult {
  const {locale, edit, endEdit} = context;
  const send = (): void => {
    if (!isBusy && draft.text.trim() !== '') edit(message, draft.text);
  };
  const onKeydown = (event: KeyboardEvent): void => {
    // An Enter or Escape that ends a composition is for the input method.
    if (isComposing(event)) return;
    if (event.key === 'Escape') {
      event.stopPropagation();
      if (!isBusy) endEdit(message.id);
    } else if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      send();
    } else {
      return;
    }
    event.preventDefault();
  };
  return html`<form class="editor" part="editor" aria-busy=${isBusy ? 'true' : 'false'} @submit=${(event: Event) => {
    event.preventDefault();
    send();
  }}>
    <textarea
      part="editor-textarea"
      dir="auto"
      rows="2"
      aria-label=${locale.t('edit.label')}
      ?readonly=${isBusy}
      .value=${draft.text}
      @input=${({currentTarget}: Event) => {
        if (currentTarget instanceof HTMLTextAreaElement) draft.text = currentTarget.value;
      }}
      @keydown=${onKeydown}
      ${ref((element) => takeFocus(element, draft))}
    ></textarea>
    ${stopsAnswer && !isBusy ? html`<p class="editor-hint">${icons.stopped}${locale.t('edit.stops')}</p>` : nothing}
    ${error ? html`<div role="alert">${notice(locale, error, {title: locale.t('edit.failed')})}</div>` : nothing}
    <div class="editor-actions">
      ${isBusy
        ? html`<span class="editor-hint" role="status"><span class="spinner">${lateIcons.ring}</span>${locale.t('edit.sending')}</span>`
        : html`<button type="button" class="text-button" part="cancel-button" @click=${() => endEdit(message.id)}>${locale.t('edit.cancel')}</button>
          <button type="submit" class="text-button primary" part="send-button">${locale.t('edit.send')}</button>`}
    </div>
  </form>`;
}

/** Drafts whose field has had the focus. It is drawn again as the conversation goes on, while the person may be elsewhere. */
const begun = new WeakSet<MessageEditor['draft']>();

/** The person asked for it, and begins to type at the end. */
function takeFocus(element: Element | undefined, draft: MessageEditor['draft']): void {
  if (!(element instanceof HTMLTextAreaElement) || begun.has(draft)) return;
  begun.add(draft);
  // It is put into the page right after this.
  queueMicrotask(() => {
    element.focus();
    element.setSelectionRange(element.value.length, element.value.length);
  });
}
