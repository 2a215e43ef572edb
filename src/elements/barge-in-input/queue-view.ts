import {html, nothing, type TemplateResult} from 'lit';
import {ifDefined} from 'lit/directives/if-defined.js';
import {live} from 'lit/directives/live.js';
import {repeat} from 'lit/directives/repeat.js';
import type {Locale} from '../../i18n/index.ts';
import type {QueuedMessage, QueueHold} from '../../session/index.ts';
import {isComposing} from '../shared/composing.ts';
import {icons} from '../shared/icons.ts';
import {lateIcons} from '../shared/late-icons.ts';
import {notice} from '../shared/notice.ts';
import {isPlainKey} from './keys.ts';
import type {QueueControl} from './queue-control.ts';
import {QueueDrag} from './queue-drag.ts';

/** The messages that wait, above the box. */
export function queueView(control: QueueControl, hold: QueueHold | undefined, locale: Locale): TemplateResult | typeof nothing {
  const {messages, failure} = control;
  if (messages.length === 0 && !failure) return nothing;
  return html`<section class="queue" part="queue" aria-label=${locale.t('queue.label')}>
    ${failure ? html`<div role="alert">${notice(locale, failure, {title: locale.t('queue.notChanged')})}</div>` : nothing}
    ${messages.length === 0
      ? nothing
      : html`<div class="queue-head" data-list="queue-head">
            ${hold ? lateIcons.pause : icons.clock}
            <span class="queue-count">${locale.t('queue.count', {count: messages.length})}${hold ? html`<span class="queue-hold">${locale.t(`queue.held.${hold}`)}</span>` : nothing}</span>
            ${hold ? html`<button type="button" class="text-button" part="queue-resume" @click=${() => void control.release()}>${locale.t('queue.resume')}</button>` : nothing}
          </div>
          <ol data-list="queue">
            ${repeat(messages, ({id}) => id, (message, index) => queuedView(control, message, {index, count: messages.length, locale}))}
          </ol>
          <p class="queue-keys" id="queue-keys">${locale.t('queue.keys')}</p>`}
  </section>`;
}

interface Placed {
  index: number;
  count: number;
  locale: Locale;
}

function queuedView(control: QueueControl, message: QueuedMessage, {index, count, locale}: Placed): TemplateResult {
  const {id, text, files} = message;
  const isEditing = control.editing?.id === id;
  const {dragging} = control;
  const from = dragging ? control.messages.findIndex((other) => other.id === dragging.id) : -1;
  const mark = dragging?.index !== index || from === index ? '' : index < from ? 'before' : 'after';
  return html`<li part="queued" data-item=${id} class="queued ${dragging?.id === id ? 'dragged' : ''} ${mark}" @keydown=${(event: KeyboardEvent) => onKeydown(event, control, message, index)}>
    ${isEditing
      ? editorView(control, locale)
      : html`${count > 1 ? gripView(control, message) : nothing}
          <button
            type="button"
            class="queued-text"
            data-control="text"
            dir="auto"
            aria-label=${locale.t('queue.edit', {text: text === '' ? fileNames(message, locale) : text})}
            aria-describedby="queue-keys"
            aria-keyshortcuts="F2 Alt+ArrowUp Alt+ArrowDown Delete"
            @click=${() => control.edit(message)}
          >${text}</button>
          ${files.length === 0 ? nothing : html`<span class="queued-files" title=${fileNames(message, locale)}>${icons.clip}${locale.number(files.length)}</span>`}
          ${count === 1
            ? nothing
            : html`${buttonView('up', index === 0, () => void control.move(id, index - 1))}
                ${buttonView('down', index === count - 1, () => void control.move(id, index + 1))}`}
          ${buttonView('remove', false, () => void control.remove(id))}`}
  </li>`;

  function buttonView(action: 'up' | 'down' | 'remove', isDisabled: boolean, act: () => void): TemplateResult {
    const label = locale.t(`queue.${action}`);
    const icon = {up: lateIcons.up, down: icons.down, remove: icons.cross}[action];
    return html`<button
      type="button"
      class="icon-button ${action}"
      data-control=${action}
      aria-label=${`${label}: ${text === '' ? fileNames(message, locale) : text}`}
      title=${label}
      aria-disabled=${ifDefined(isDisabled ? 'true' : undefined)}
      @click=${() => {
        if (!isDisabled) act();
      }}
    >${icon}</button>`;
  }
}

/** For the pointer alone: the buttons beside it and the keys do the same. */
function gripView(control: QueueControl, {id}: QueuedMessage): TemplateResult {
  return html`<span class="grip" aria-hidden="true" @pointerdown=${(event: PointerEvent) => QueueDrag.begin(event, id, control)}>${lateIcons.grip}</span>`;
}

function editorView(control: QueueControl, locale: Locale): TemplateResult {
  return html`<div class="editor">
    <textarea
      part="queue-textarea"
      rows="1"
      dir="auto"
      data-control="editor"
      aria-label=${locale.t('queue.editLabel')}
      .value=${live(control.editing?.text ?? '')}
      @input=${({currentTarget}: Event) => {
        // The listener is on the textarea alone.
        if (control.editing) control.editing.text = (currentTarget as HTMLTextAreaElement).value;
      }}
      @keydown=${(event: KeyboardEvent) => onEditorKeydown(event, control)}
    ></textarea>
    <button type="button" class="text-button" data-control="save" @click=${() => void control.saveEdit()}>${locale.t('queue.save')}</button>
    <button type="button" class="text-button" data-control="cancel" @click=${() => control.cancelEdit()}>${locale.t('queue.cancel')}</button>
  </div>`;
}

function onEditorKeydown(event: KeyboardEvent, control: QueueControl): void {
  if (isComposing(event)) return;
  if (event.key === 'Escape' && isPlainKey(event)) control.cancelEdit();
  else if (event.key === 'Enter' && !event.shiftKey && !event.altKey) void control.saveEdit();
  else return;
  event.preventDefault();
  // The Esc that gives up the change must not also stop the agent.
  event.stopPropagation();
}

function onKeydown(event: KeyboardEvent, control: QueueControl, message: QueuedMessage, index: number): void {
  if (control.editing?.id === message.id) return;
  const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
  const isAltAlone = event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if (step !== 0 && isAltAlone) void control.move(message.id, index + step);
  else if (step !== 0 && isPlainKey(event)) focusNeighbour(event, step);
  else if ((event.key === 'Delete' || event.key === 'Backspace') && isPlainKey(event)) void control.remove(message.id);
  else if (event.key === 'F2' && isPlainKey(event)) control.edit(message);
  else return;
  event.preventDefault();
}

/** The same control of the message before or behind. */
function focusNeighbour({currentTarget, target}: KeyboardEvent, step: -1 | 1): void {
  if (!(currentTarget instanceof HTMLElement) || !(target instanceof HTMLElement)) return;
  const neighbour = step === -1 ? currentTarget.previousElementSibling : currentTarget.nextElementSibling;
  neighbour?.querySelector<HTMLElement>(`[data-control="${target.dataset.control ?? 'text'}"]`)?.focus();
}

function fileNames({files}: QueuedMessage, locale: Locale): string {
  return files.map(({filename}) => filename ?? locale.t('part.file')).join(', ');
}
