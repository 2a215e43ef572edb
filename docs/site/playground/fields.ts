import type {AttributeData, TokenData} from 'virtual:elements';

export interface Field {
  readonly row: HTMLElement;
  /** What stands in it; undefined where it says nothing. */
  value(): string | undefined;
}

function labelled(name: string, control: HTMLElement, description = ''): HTMLElement {
  const row = Object.assign(document.createElement('div'), {className: 'field', title: description});
  control.id = `field-${name}`;
  row.append(Object.assign(document.createElement('label'), {textContent: name, htmlFor: control.id}), control);
  return row;
}

export function select(name: string, choices: readonly string[], value?: string, description?: string): Field {
  const control = document.createElement('select');
  control.append(...choices.map((choice) => Object.assign(document.createElement('option'), {value: choice, textContent: choice === '' ? '(not set)' : choice})));
  if (value !== undefined) control.value = value;
  return {row: labelled(name, control, description), value: () => control.value || undefined};
}

/** A control for an attribute, by its type: a checkbox, a choice, a number or a text. */
export function attributeField({name, type, description}: AttributeData): Field {
  const literals = [...type.matchAll(/'([^']*)'/g)].map(([, literal = '']) => literal);
  if (type === 'boolean') {
    const control = Object.assign(document.createElement('input'), {type: 'checkbox'});
    return {row: labelled(name, control, description), value: () => (control.checked ? '' : undefined)};
  }
  if (literals.length > 1) return select(name, ['', ...literals], undefined, description);
  const control = Object.assign(document.createElement('input'), {type: type === 'number' ? 'number' : 'text', autocomplete: 'off', spellcheck: false});
  return {row: labelled(name, control, description), value: () => control.value || undefined};
}

/** Colours as colours, everything else as it is written in CSS. An untouched colour says nothing. */
export function tokenField({name, default: initial}: TokenData): Field {
  const control = document.createElement('input');
  const isColour = name.startsWith('--agent-color-');
  control.type = isColour ? 'color' : 'text';
  const [light = ''] = /#[\da-f]{3,6}/i.exec(initial) ?? [];
  if (isColour) control.value = light.length === 4 ? light.replaceAll(/[\da-f]/gi, '$&$&') : light;
  else control.placeholder = initial.length > 24 ? '' : initial;
  let isSet = false;
  control.addEventListener('input', () => (isSet = true));
  control.form?.addEventListener('reset', () => (isSet = false));
  return {row: labelled(name, control, initial), value: () => (isSet && control.value !== '' ? control.value : undefined)};
}
