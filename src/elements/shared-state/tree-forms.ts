import {html, nothing, type TemplateResult} from 'lit';
import type {Locale} from '../../i18n/index.ts';
import {icons} from '../shared/icons.ts';
import type {TreeControl} from './tree-control.ts';
import type {TreeRow} from './tree-rows.ts';

/** The field in which a value is changed. Enter saves, Esc leaves it as it was. */
export function editForm(row: TreeRow, control: TreeControl, locale: Locale): TemplateResult {
  return html`<form class="edit" @submit=${(event: SubmitEvent) => control.save(event, row)} @keydown=${control.onFormKeydown} @click=${keep}>
    <input name="value" class="entry" part="input" dir="auto" autocomplete="off" aria-label=${locale.t('state.edit', {key: row.key})} .value=${control.draft} />
    ${formButtons(control, locale)}
  </form>`;
}

/** The fields in which a value is added to a map. */
export function addForm(path: string, control: TreeControl, locale: Locale): TemplateResult {
  return html`<form class="edit adding" @submit=${(event: SubmitEvent) => control.saveAdded(event, path)} @keydown=${control.onFormKeydown} @click=${keep}>
    <input name="key" class="entry" part="input" dir="auto" autocomplete="off" aria-label=${locale.t('state.key')} placeholder=${locale.t('state.key')}
      aria-invalid=${control.keyProblem ? 'true' : 'false'} aria-describedby=${control.keyProblem ? 'key-problem' : nothing} />
    <input name="value" class="entry" part="input" dir="auto" autocomplete="off" aria-label=${locale.t('state.value')} placeholder=${locale.t('state.value')} />
    ${formButtons(control, locale)}
    ${control.keyProblem ? html`<p class="problem" id="key-problem" role="alert">${locale.t(control.keyProblem)}</p>` : nothing}
  </form>`;
}

function formButtons(control: TreeControl, locale: Locale): TemplateResult {
  return html`<span class="buttons shown">
    <button type="submit" class="icon-button" part="button" aria-label=${locale.t('state.save')} title=${locale.t('state.save')}>${icons.check}</button>
    <button type="button" class="icon-button" part="button" aria-label=${locale.t('state.cancel')} title=${locale.t('state.cancel')} @click=${control.cancel}>${icons.closed}</button>
  </span>`;
}

function keep(event: Event): void {
  event.stopPropagation();
}
