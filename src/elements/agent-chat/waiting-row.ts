import {html, nothing, type TemplateResult} from 'lit';
import {icons} from '../shared/icons.ts';
import {notice} from '../shared/notice.ts';
import type {RunRowOptions} from './run-row.ts';

/** What a run waits for, or why it does not go on, with a way to end the waiting. */
export function waitingRow({run, key, retryId, context}: RunRowOptions): TemplateResult {
  const {locale, failures, isReadonly, act} = context;
  const refusal = failures.get(key);
  const error = refusal ?? run.error;
  const mayRetry = !refusal && run.error !== undefined && retryId !== undefined;
  const buttons = isReadonly
    ? undefined
    : html`${mayRetry ? buttonView('retry', () => act(key, {type: 'retry', messageId: retryId})) : nothing}${buttonView('stop', () => act(key, {type: 'cancel', run: run.key}))}`;
  if (error) {
    return html`<div class="row run failed" part="run run-failed">${notice(locale, error, {...(refusal ? {} : {title: locale.t('run.stuck')}), actions: buttons})}</div>`;
  }
  const {state, icon, text} = standOf(run.stop === 'unconfirmed' ? 'unconfirmed' : run.isAnswered ? 'answered' : 'suspended');
  return html`<div class="row run ${state}" part="run run-${state}">${icon}<span>${text}</span>${buttons}</div>`;

  function standOf(state: 'unconfirmed' | 'answered' | 'suspended'): {state: string; icon: TemplateResult; text: string} {
    switch (state) {
      case 'unconfirmed':
        return {state, icon: icons.alert, text: `${locale.t('input.unconfirmed')}.`};
      case 'answered':
        return {state, icon: icons.clock, text: locale.t('run.starting')};
      case 'suspended':
        return {state, icon: icons.person, text: locale.t('run.suspended')};
    }
  }

  function buttonView(name: 'retry' | 'stop', onClick: () => void): TemplateResult {
    return html`<button type="button" class="text-button" part=${name === 'retry' ? 'retry-button' : 'stop-button'} @click=${onClick}>
      ${icons[name]}${locale.t(name === 'retry' ? 'run.retry' : 'input.stop')}
    </button>`;
  }
}
