import {html, nothing, type TemplateResult} from 'lit';
import {ifDefined} from 'lit/directives/if-defined.js';
import type {Locale} from '../../i18n/index.ts';
import {type BargeInPolicy, isRunning, runToSteer, type SessionSnapshot} from '../../session/index.ts';
import {icons} from '../shared/icons.ts';

/** What the one button at the end does now. */
export type Action = 'send' | 'sending' | 'uploading' | 'stop' | 'stopping';

/** Whether the button only says what is going on. */
export function isWorking(action: Action): boolean {
  return action === 'sending' || action === 'uploading' || action === 'stopping';
}

/** What sending will do, in words. */
export function sendLabel(policy: BargeInPolicy, {runs, queue}: SessionSnapshot, locale: Locale): string {
  const isBusy = runs.some(isRunning);
  switch (policy) {
    case 'interrupt':
      return locale.t(isBusy ? 'input.sendInterrupting' : 'input.send');
    case 'steer':
      return locale.t(runToSteer(runs) ? 'input.sendSteering' : 'input.send');
    case 'queue':
      return locale.t(isBusy || queue.length > 0 || runs.some(({status}) => status === 'suspended') ? 'input.sendQueued' : 'input.send');
    case 'alongside':
      return locale.t(isBusy ? 'input.sendAlongside' : 'input.send');
  }
}

interface ActionView {
  action: Action;
  label: string;
  isDisabled: boolean;
  onClick: () => void;
}

export function actionButton({action, label, isDisabled, onClick}: ActionView): TemplateResult {
  const isStop = action === 'stop' || action === 'stopping';
  const isSaid = action === 'stopping' || action === 'uploading';
  return html`<button
    part="action"
    type="button"
    class="action ${isStop ? 'stop' : ''} ${isWorking(action) ? 'busy' : ''} ${isSaid ? 'said' : ''}"
    aria-label=${label}
    title=${label}
    aria-disabled=${isDisabled ? 'true' : 'false'}
    @click=${onClick}
  >${isStop ? icons.stop : icons.send}${isSaid ? html`<span>${label}</span>` : nothing}</button>`;
}

interface AttachView {
  accept: string | undefined;
  isDisabled: boolean;
  onPick: (event: Event) => void;
}

export function attachButton({accept, isDisabled, onPick}: AttachView, locale: Locale): TemplateResult {
  const label = locale.t('files.attach');
  // Browsers know no single star.
  const kinds = accept === undefined || accept.trim() === '' || accept.trim() === '*' ? undefined : accept;
  return html`<input type="file" multiple hidden tabindex="-1" aria-label=${label} accept=${ifDefined(kinds)} @change=${onPick} />
    <button
      part="attach-button"
      type="button"
      class="icon-button tool attach"
      aria-label=${label}
      title=${label}
      ?disabled=${isDisabled}
      @click=${openPicker}
    >${icons.clip}</button>`;
}

function openPicker({currentTarget}: Event): void {
  const input = currentTarget instanceof HTMLElement ? currentTarget.previousElementSibling : null;
  if (input instanceof HTMLInputElement) input.click();
}

interface DictationView {
  isListening: boolean;
  isDisabled: boolean;
  onClick: () => void;
}

export function dictationButton({isListening, isDisabled, onClick}: DictationView, locale: Locale): TemplateResult {
  const label = locale.t(isListening ? 'dictation.stop' : 'dictation.start');
  return html`<button
    part="dictation-button"
    type="button"
    class="icon-button tool dictation ${isListening ? 'listening' : ''}"
    aria-label=${label}
    title=${label}
    ?disabled=${isDisabled}
    @click=${onClick}
  >${icons.microphone}</button>`;
}

/** Over the box while files are dragged over it. */
export function dropHint(locale: Locale): TemplateResult {
  return html`<div class="drop-hint" part="drop-hint">${icons.clip}<span>${locale.t('files.drop')}</span></div>`;
}
