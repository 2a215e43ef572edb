import {html, nothing, type TemplateResult} from 'lit';
import {ifDefined} from 'lit/directives/if-defined.js';
import {ref} from 'lit/directives/ref.js';
import {repeat} from 'lit/directives/repeat.js';
import type {Locale} from '../../i18n/index.ts';
import {icons} from '../shared/icons.ts';
import {lateIcons} from '../shared/late-icons.ts';
import type {Attachment, Attachments} from './attachments.ts';

/** The files that go with the message, in the box. */
export function filesView(attachments: Attachments, locale: Locale): TemplateResult | typeof nothing {
  if (attachments.items.length === 0) return nothing;
  return html`<ul class="files" part="files" data-list="files" aria-label=${locale.t('files.label')}>
    ${repeat(attachments.items, ({id}) => id, (item) => fileView(item, attachments, locale))}
  </ul>`;
}

function fileView({id, file: {name, size}, state, progress, reason, draw}: Attachment, attachments: Attachments, locale: Locale): TemplateResult {
  const isUploading = state === 'uploading' || state === 'waiting';
  const removal = locale.t(isUploading ? 'files.cancel' : 'files.remove', {name});
  return html`<li class="file ${state}" part="file" data-item=${id}>
    <span class="file-view" aria-hidden="true">${draw ? html`<canvas ${ref(draw)}></canvas>` : lateIcons.file}</span>
    <span class="file-words">
      <span class="file-name" dir="auto" title=${name}>${name}</span>
      <span class="file-state" title=${ifDefined(reason)}>${stateText(state, {size, reason, locale})}</span>
      ${isUploading
        ? html`<progress aria-label=${locale.t('files.progress', {name})} max="1" value=${ifDefined(state === 'uploading' ? progress : undefined)}></progress>`
        : nothing}
    </span>
    ${state === 'failed' ? iconButton('retry', locale.t('files.retry', {name}), icons.retry, () => attachments.retry(id)) : nothing}
    ${iconButton('remove', removal, icons.cross, () => attachments.remove(id))}
  </li>`;
}

function iconButton(control: string, label: string, icon: TemplateResult, act: () => void): TemplateResult {
  return html`<button type="button" class="icon-button" data-control=${control} aria-label=${label} title=${label} @click=${act}>${icon}</button>`;
}

function stateText(state: Attachment['state'], {size, reason, locale}: {size: number; reason: string | undefined; locale: Locale}): string {
  switch (state) {
    case 'waiting':
      return locale.t('files.waiting');
    case 'uploading':
      return locale.t('files.uploading');
    case 'failed':
      return reason ? `${locale.t('files.failed')}: ${reason}` : locale.t('files.failed');
    case 'ready':
      return locale.bytes(size);
  }
}
