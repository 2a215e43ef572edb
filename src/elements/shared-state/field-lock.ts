import type {SessionError} from '../../session/index.ts';
import {canBeReadonly, type Control, type Field} from './field.ts';

interface Before {
  readonly disabled: boolean | undefined;
  readonly readOnly: boolean | undefined;
  readonly description: string | null;
  readonly title: string | null;
}

/** Keeps controls from being changed where the state cannot be, says why, and gives them back as they were. */
export class FieldLock {
  readonly #before = new Map<Control, Before>();
  #text: string | undefined;

  apply(fields: Iterable<Field>, reason: SessionError | undefined): void {
    if (!reason) return this.release();
    const text = [reason.message, reason.hint].filter(Boolean).join(' ');
    if (text !== this.#text) this.release();
    this.#text = text;
    for (const {kind, controls} of fields) {
      for (const control of controls) {
        if (this.#before.has(control)) continue;
        const {disabled, readOnly} = control;
        this.#before.set(control, {disabled, readOnly, description: control.getAttribute('aria-description'), title: control.getAttribute('title')});
        if (canBeReadonly(kind, control)) control.readOnly = true;
        else control.disabled = true;
        control.setAttribute('aria-description', text);
        control.setAttribute('title', text);
      }
    }
  }

  release(): void {
    for (const [control, {disabled, readOnly, description, title}] of this.#before) {
      if (readOnly !== undefined) control.readOnly = readOnly;
      if (disabled !== undefined) control.disabled = disabled;
      restore(control, 'aria-description', description);
      restore(control, 'title', title);
    }
    this.#before.clear();
  }
}

function restore(control: Control, name: string, value: string | null): void {
  if (value === null) control.removeAttribute(name);
  else control.setAttribute(name, value);
}
