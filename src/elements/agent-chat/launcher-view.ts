import {html, nothing, type TemplateResult} from 'lit';
import type {Locale} from '../../i18n/index.ts';
import {isComposing} from '../shared/composing.ts';
import {icons} from '../shared/icons.ts';

/** More than this is only said to be more. */
const mostShown = 99;

export interface LauncherView {
  readonly locale: Locale;
  /** Name of the conversation. */
  readonly name: string;
  readonly isOpen: boolean;
  readonly unread: number;
  readonly onToggle: () => void;
  readonly onClose: () => void;
}

/** A button that floats over the page, and the panel that it opens. */
export function launcherView(content: TemplateResult, {locale, name, isOpen, unread, onToggle, onClose}: LauncherView): TemplateResult {
  const onKeydown = (event: KeyboardEvent): void => {
    // What is in the panel has had the key before: a run to stop, a menu or a form to leave.
    if (event.key !== 'Escape' || event.defaultPrevented || isComposing(event)) return;
    event.preventDefault();
    event.stopPropagation();
    onClose();
  };
  const words = unread === 0 ? undefined : locale.t('chat.unread', {count: unread});
  return html`<div class="frame launcher">
    <button
      type="button"
      class="launcher-button"
      part="launcher-button"
      aria-label=${[name, words].filter(Boolean).join(', ')}
      aria-haspopup="dialog"
      aria-expanded=${isOpen ? 'true' : 'false'}
      aria-controls="panel"
      @click=${onToggle}
    >
      <span class="launcher-icon">${isOpen ? icons.caret : html`<slot name="launcher-icon">${icons.chat}</slot>`}</span>
      ${words === undefined ? nothing : html`<span class="launcher-badge" part="launcher-badge" aria-hidden="true">${locale.number(Math.min(unread, mostShown))}${unread > mostShown ? '+' : ''}</span>`}
    </button>
    <dialog id="panel" class="panel" part="launcher-panel" tabindex="-1" aria-label=${name} @keydown=${onKeydown} @cancel=${(event: Event) => onCancel(event, onClose)} @close=${(event: Event) => onClosed(event, onClose)}>
      <div class="panel-head" part="launcher-head">
        <div class="panel-title"><slot name="header"><span dir="auto">${name}</span></slot></div>
        <button type="button" class="icon-button" part="launcher-close" aria-label=${locale.t('launcher.close')} @click=${onClose}>${icons.cross}</button>
      </div>
      ${content}
    </dialog>
  </div>`;
}

/** The ways of the system to go back, such as a gesture, end here as the button does. */
function onCancel(event: Event, close: () => void): void {
  // A picker for files in the panel says that it was cancelled by an event of the same name.
  if (event.target !== event.currentTarget) return;
  event.preventDefault();
  close();
}

/** Closed by the browser itself, and not only to be opened again in another size. */
function onClosed({target, currentTarget}: Event, close: () => void): void {
  if (target === currentTarget && target instanceof HTMLDialogElement && !target.open) close();
}
