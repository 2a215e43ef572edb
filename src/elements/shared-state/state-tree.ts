import {html, nothing, type TemplateResult} from 'lit';
import {repeat} from 'lit/directives/repeat.js';
import type {Locale} from '../../i18n/index.ts';
import {isLiveObject} from '../../session/index.ts';
import {icons} from '../shared/icons.ts';
import {lateIcons} from '../shared/late-icons.ts';
import {addForm, editForm} from './tree-forms.ts';
import type {TreeControl} from './tree-control.ts';
import {preview, type TreeRow} from './tree-rows.ts';

export interface StateTreeOptions {
  readonly rows: readonly TreeRow[];
  readonly control: TreeControl;
  readonly isEditable: boolean;
  readonly label: string;
  readonly locale: Locale;
}

/** The state as a tree that the keyboard travels through. */
export function stateTree(options: StateTreeOptions): TemplateResult {
  const {rows, control, isEditable, label, locale} = options;
  const active = rows.some(({path}) => path === control.active) ? control.active : rows[0]?.path;
  return html`
    ${rows.length === 0
      ? html`<p class="quiet" part="empty">${locale.t('state.empty')}</p>`
      : html`<div class="tree" part="tree" role="tree" data-list="tree" aria-label=${label} @click=${control.onClick} @keydown=${control.onKeydown} @focusin=${control.onFocusIn}>
          ${repeat(rows, ({path}) => path, (row) => rowView(row, row.path === active, options))}
        </div>`}
    ${isEditable ? (control.adding === '' ? addForm('', control, locale) : addButton(control, locale)) : nothing}
  `;
}

function rowView(row: TreeRow, isActive: boolean, {control, isEditable, locale}: StateTreeOptions): TemplateResult {
  const {path, key, value, kind, level, position, siblings, isOpen} = row;
  const isMap = isLiveObject(value);
  return html`<div
    class="row level-${Math.min(level, 6)}"
    part="row"
    role="treeitem"
    data-path=${path}
    data-item=${path}
    data-control="row"
    aria-level=${level}
    aria-posinset=${position}
    aria-setsize=${siblings}
    aria-expanded=${isMap ? (isOpen ? 'true' : 'false') : nothing}
    aria-label=${isMap ? `${key}, ${locale.t('state.size', {count: Object.keys(value).length})}` : `${key}: ${preview(value)}`}
    aria-selected=${isActive ? 'true' : 'false'}
    tabindex=${isActive ? '0' : '-1'}
  >
    <span class="twist ${isMap && isOpen ? 'open' : ''}">${isMap ? icons.chevron : nothing}</span>
    <div class="about">
      <bdi class="key" part="key">${key}</bdi>
      ${control.editing === path
        ? editForm(row, control, locale)
        : isMap
          ? html`<bdi class="size">${locale.t('state.size', {count: Object.keys(value).length})}</bdi>`
          : html`<bdi class="value ${kind === 'counter' ? 'counter' : typeof value}" part="value">${preview(value)}</bdi>`}
    </div>
    ${isEditable && control.editing !== path ? rowButtons(row, isActive, control, locale) : nothing}
  </div>
  ${isEditable && control.adding === path && path !== '' ? html`<div class="level-${Math.min(level + 1, 6)}" role="none" data-item=${path}>${addForm(path, control, locale)}</div>` : nothing}`;
}

function rowButtons(row: TreeRow, isActive: boolean, control: TreeControl, locale: Locale): TemplateResult {
  const {key, value, kind} = row;
  const button = (label: string, icon: TemplateResult, act: () => void): TemplateResult => html`<button
    type="button"
    class="icon-button"
    part="button"
    aria-label=${label}
    title=${label}
    tabindex=${isActive ? '0' : '-1'}
    @click=${(event: Event) => {
      event.stopPropagation();
      act();
    }}
  >${icon}</button>`;
  return html`<span class="buttons">
    ${kind === 'counter'
      ? html`${button(locale.t('state.less', {key}), lateIcons.minus, () => control.add(row, -1))}${button(locale.t('state.more', {key}), lateIcons.plus, () => control.add(row, 1))}`
      : isLiveObject(value)
        ? button(locale.t('state.add', {key}), lateIcons.plus, () => control.beginAdding(row.path))
        : button(locale.t(typeof value === 'boolean' ? 'state.toggle' : 'state.edit', {key}), typeof value === 'boolean' ? icons.retry : icons.edit, () => control.change(row))}
    ${button(locale.t('state.remove', {key}), lateIcons.remove, () => control.remove(row))}
  </span>`;
}

function addButton(control: TreeControl, locale: Locale): TemplateResult {
  return html`<button type="button" class="text-button add" part="add-button" @click=${() => control.beginAdding('')}>${lateIcons.plus}${locale.t('state.addHere')}</button>`;
}
