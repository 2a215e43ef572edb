import type {LiveValue} from '../../session/index.ts';

/** A form control: one of the browser's own, or a form-associated custom element. */
export type Control = HTMLElement & {value: unknown; disabled?: boolean; readOnly?: boolean};

/**
 * What a field holds: text that is typed; a number that is typed; a range; a moment such as a date; whether a box is
 * checked; which boxes are; which radio is; which option is; which options are; whatever a custom element gives.
 */
export type FieldKind = 'text' | 'number' | 'range' | 'moment' | 'flag' | 'flags' | 'choice' | 'option' | 'options' | 'custom';

/** All controls of one name. */
export interface Field {
  readonly name: string;
  readonly kind: FieldKind;
  readonly controls: readonly Control[];
}

/** Stands for a control that holds something which is no value, such as half a number. */
export const unfinished = Symbol('unfinished');

/** Values of these have no business in a state that others read, or cannot be set. */
const ignoredTypes = ['hidden', 'password', 'file', 'submit', 'reset', 'button', 'image'];

/** The kind of a control alone; undefined where it is none, or none that is bound. */
function kindOfControl(element: Element): FieldKind | undefined {
  if (element instanceof HTMLTextAreaElement) return 'text';
  if (element instanceof HTMLSelectElement) return element.multiple ? 'options' : 'option';
  if (element instanceof HTMLInputElement) return kindOfInput(element.type);
  const definition = customElements.get(element.localName);
  return definition && 'formAssociated' in definition && definition.formAssociated === true && 'value' in element ? 'custom' : undefined;
}

function kindOfInput(type: string): FieldKind | undefined {
  if (ignoredTypes.includes(type)) return undefined;
  switch (type) {
    case 'checkbox':
      return 'flag';
    case 'radio':
      return 'choice';
    case 'number':
      return 'number';
    case 'range':
      return 'range';
    case 'date':
    case 'time':
    case 'datetime-local':
    case 'month':
    case 'week':
    case 'color':
      return 'moment';
    default:
      return 'text';
  }
}

/** The fields of a list of elements, by name. */
export function fieldsOf(elements: Iterable<Element>): ReadonlyMap<string, Field> {
  const fields = new Map<string, Field>();
  for (const element of elements) {
    const name = element.getAttribute('name');
    const kind = kindOfControl(element);
    if (name === null || name === '' || kind === undefined) continue;
    // What has a kind has a value.
    const controls = [...(fields.get(name)?.controls ?? []), element as Control];
    fields.set(name, {name, kind: kind === 'flag' && controls.length > 1 ? 'flags' : kind, controls});
  }
  return fields;
}

/** What a field holds; undefined where it holds nothing, which is not the same as an empty text. */
export function readField({kind, controls}: Field): LiveValue | undefined | typeof unfinished {
  const [control] = controls;
  switch (kind) {
    case 'number':
    case 'range': {
      if (!(control instanceof HTMLInputElement)) return undefined;
      if (control.validity.badInput) return unfinished;
      return Number.isNaN(control.valueAsNumber) ? undefined : control.valueAsNumber;
    }
    case 'flag':
      return control instanceof HTMLInputElement && control.checked;
    case 'flags':
      return checkedOf(controls);
    case 'choice':
      return checkedOf(controls)[0];
    case 'options':
      return control instanceof HTMLSelectElement ? [...control.selectedOptions].map(({value}) => value) : [];
    case 'option':
      return control instanceof HTMLSelectElement && control.selectedIndex < 0 ? undefined : asLiveValue(control?.value);
    case 'text':
    case 'moment':
    case 'custom':
      return asLiveValue(control?.value);
  }
}

/**
 * Whether a person has changed a field and left it, as the browser knows it: what it puts back into a form after a reload
 * is not meant. An attempt to send the form counts for all its fields, so that what is as the page wrote it is left out.
 * Browsers older than these selectors tell of none.
 */
export function isChangedByHand({controls}: Field): boolean {
  return controls.some((control) => control.matches(':is(:user-valid, :user-invalid)') && !isAsWritten(control));
}

function isAsWritten(control: Control): boolean {
  if (control instanceof HTMLSelectElement) {
    const options = [...control.options];
    // A list of which one is chosen begins with its first option where the page chose none.
    if (!control.multiple && !options.some(({defaultSelected}) => defaultSelected)) return control.selectedIndex <= 0;
    return options.every(({selected, defaultSelected}) => selected === defaultSelected);
  }
  if (control instanceof HTMLInputElement && (control.type === 'checkbox' || control.type === 'radio')) return control.checked === control.defaultChecked;
  return (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement) && control.value === control.defaultValue;
}

/** Shows a value; undefined shows that there is none. */
export function writeField({kind, controls}: Field, value: LiveValue | undefined): void {
  for (const control of controls) {
    switch (kind) {
      case 'flag':
      case 'flags':
      case 'choice':
        if (control instanceof HTMLInputElement) control.checked = kind === 'flag' ? Boolean(value) : textsOf(value).includes(control.value);
        break;
      case 'option':
      case 'options':
        if (control instanceof HTMLSelectElement) writeOptions(control, value);
        break;
      case 'range':
        control.value = textOf(value ?? (control instanceof HTMLInputElement ? control.defaultValue : ''));
        break;
      case 'text':
      case 'number':
      case 'moment':
        control.value = textOf(value ?? '');
        break;
      case 'custom':
        control.value = value ?? '';
    }
  }
}

function writeOptions(select: HTMLSelectElement, value: LiveValue | undefined): void {
  const wanted = textsOf(value);
  for (const option of select.options) option.selected = value === undefined ? option.defaultSelected : wanted.includes(option.value);
  if (!select.multiple && value !== undefined && ![...select.options].some((option) => wanted.includes(option.value))) select.selectedIndex = -1;
}

/** Whether the browser lets a person read a control that cannot be changed, as text. */
export function canBeReadonly(kind: FieldKind, control: Control): boolean {
  // A colour is picked, and browsers heed no readonly there.
  if (control instanceof HTMLInputElement && control.type === 'color') return false;
  return kind === 'text' || kind === 'number' || kind === 'moment';
}

/** A value as a person reads it. */
export function textOf(value: LiveValue): string {
  if (typeof value === 'string') return value;
  return Array.isArray(value) && value.every((item) => typeof item !== 'object') ? value.join(', ') : JSON.stringify(value);
}

function textsOf(value: LiveValue | undefined): readonly string[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value.map((item: LiveValue) => textOf(item)) : [textOf(value)];
}

function checkedOf(controls: readonly Control[]): string[] {
  return controls.filter((control) => control instanceof HTMLInputElement).filter(({checked}) => checked).map(({value}) => value);
}

/** What a custom element gives may be anything; only what JSON knows can be shared. */
function asLiveValue(value: unknown): LiveValue | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  // Whatever it was, it is JSON after this; what JSON does not know, such as a function, is nothing.
  const json = JSON.stringify(value) as string | undefined;
  return json === undefined ? undefined : (JSON.parse(json) as LiveValue);
}
