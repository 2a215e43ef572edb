import type {ReactiveController, ReactiveControllerHost} from 'lit';
import type {LiveStateController} from '../../controllers/live-state-controller.ts';
import type {Unsubscribe} from '../../internal/listeners.ts';
import {isSameValue, joinPath, type LiveValue, valueAt} from '../../session/index.ts';
import {type Control, type Field, fieldsOf, isChangedByHand, readField, unfinished, writeField} from './field.ts';
import {FieldLock} from './field-lock.ts';
import type {Edit, StateEdits} from './state-edits.ts';
import {showTexts} from './bound-texts.ts';

/** What is typed within this time is one edit. */
const mergeMs = 150;

export interface BoundFieldsOptions {
  /** Called only while the element is in the page, so that this controller may be made before the others. */
  live: () => LiveStateController;
  edits: () => StateEdits;
  path: () => string;
}

/**
 * Keeps form controls and texts in an element's own tree equal to the state, and the state to what the person does in
 * them. What the person is typing in is left alone until they are done; who wrote last has the last word then.
 */
export class BoundFields implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #options: BoundFieldsOptions;
  readonly #observer: MutationObserver;
  readonly #lock = new FieldLock();
  #fields: ReadonlyMap<string, Field> = new Map();
  /** The control with the focus. */
  #focused: EventTarget | undefined;
  /** Fields in which something was typed that is not in the state yet; the timer that puts it there. */
  readonly #typed = new Map<string, ReturnType<typeof setTimeout>>();
  /** Fields that were changed before the state was here. They are read when it is: only then is it known what the edit is. */
  readonly #unsent = new Map<string, Field>();
  /** Fields that have shown a value of the state. */
  readonly #shown = new Set<string>();
  #stop: Unsubscribe | undefined;
  #wasConnected = false;

  constructor(host: ReactiveControllerHost & HTMLElement, options: BoundFieldsOptions) {
    this.#host = host;
    this.#options = options;
    this.#observer = new MutationObserver((records) => this.#onMutations(records));
    host.addController(this);
  }

  /** Whether there is any field. */
  get isBound(): boolean {
    return this.#fields.size > 0;
  }

  /** The first control of a field. */
  controlOf(name: string): HTMLElement | undefined {
    return this.#fields.get(name)?.controls[0];
  }

  hostConnected(): void {
    const listeners: [keyof HTMLElementEventMap, (event: Event) => void][] = [
      ['input', this.#onInput], ['change', this.#onChange], ['compositionend', this.#onInput],
      ['focusin', this.#onFocusIn], ['focusout', this.#onFocusOut], ['reset', this.#onReset],
    ];
    for (const [type, listener] of listeners) this.#host.addEventListener(type, listener);
    this.#observer.observe(this.#host, {subtree: true, childList: true, attributes: true, attributeFilter: ['name', 'type', 'multiple', 'data-bind']});
    this.#stop = () => {
      for (const [type, listener] of listeners) this.#host.removeEventListener(type, listener);
      this.#observer.disconnect();
    };
    this.#scan();
    if (!this.#wasConnected) this.#takeUpEarlier();
    this.#wasConnected = true;
  }

  hostUpdated(): void {
    this.sync();
  }

  hostDisconnected(): void {
    for (const name of this.#typed.keys()) this.#flush(name);
    this.#stop?.();
    this.#stop = undefined;
    this.#lock.release();
    this.#focused = undefined;
    this.#shown.clear();
  }

  /** Forgets what has not been written yet, for a conversation that is another one. */
  clear(): void {
    this.#unsent.clear();
  }

  /** Shows what holds, in every field that nobody is typing in. */
  sync(): void {
    const {value, snapshot: {status, error}} = this.#options.live();
    if (status === 'failed') this.#lock.apply(this.#fields.values(), error);
    if (status !== 'ready') return;
    for (const field of this.#fields.values()) if (!this.#isBusy(field)) this.#show(field, valueAt(value, field.name));
    showTexts(this.#own('[data-bind]'), value);
    this.#lock.apply(this.#fields.values(), this.#options.edits().lock);
  }

  #show(field: Field, value: LiveValue | undefined): void {
    // What the page wrote into its markup stays until there is something to show in its place.
    if (value === undefined && !this.#shown.has(field.name)) return;
    this.#shown.add(field.name);
    const held = readField(field);
    if (held === unfinished || !isSameValue(held, value)) writeField(field, value);
  }

  #isBusy(field: Field): boolean {
    if (this.#typed.has(field.name) || this.#unsent.has(field.name)) return true;
    const isFocused = field.controls.some((control) => control === this.#focused);
    switch (field.kind) {
      case 'text':
      case 'number':
      case 'moment':
      case 'custom':
        return isFocused;
      case 'range':
        return isFocused && field.controls.some((control) => control.matches(':active'));
      // Nobody types in these: what they do is done at once.
      case 'flag':
      case 'flags':
      case 'choice':
      case 'option':
      case 'options':
        return false;
    }
  }

  #own(selector: string): Element[] {
    return [...this.#host.querySelectorAll(selector)].filter((element) => element.closest('shared-state') === this.#host);
  }

  #scan(): void {
    const named = this.#own('[name]');
    this.#fields = fieldsOf(named);
    const active = (this.#host.getRootNode() as Document | ShadowRoot).activeElement;
    if (active && this.#host.contains(active) && document.hasFocus()) this.#focused = active;
    for (const {localName} of named) {
      if (localName.includes('-') && !customElements.get(localName)) void customElements.whenDefined(localName).then(() => this.#rescan());
    }
  }

  #rescan(): void {
    if (!this.#stop) return;
    this.#scan();
    this.sync();
  }

  #onMutations(records: readonly MutationRecord[]): void {
    // A text that follows the state has changed by our own hand.
    if (records.some(({type, target}) => type === 'attributes' || !(target instanceof Element && target.hasAttribute('data-bind')))) this.#rescan();
  }

  #fieldOf(target: EventTarget | null): Field | undefined {
    if (!(target instanceof Element)) return undefined;
    const field = this.#fields.get(target.getAttribute('name') ?? '');
    return field?.controls.includes(target as Control) ? field : undefined;
  }

  readonly #onInput = (event: Event): void => {
    const field = this.#fieldOf(event.target);
    if (!field || (event instanceof InputEvent && event.isComposing)) return;
    switch (field.kind) {
      case 'text':
      case 'number':
      case 'range':
      case 'custom':
        this.#flushIn(mergeMs, field.name);
        return;
      case 'moment':
      case 'flag':
      case 'flags':
      case 'choice':
      case 'option':
      case 'options':
        return;
    }
  };

  readonly #onChange = (event: Event): void => {
    const field = this.#fieldOf(event.target);
    if (field) this.#flush(field.name);
  };

  readonly #onFocusIn = (event: Event): void => {
    this.#focused = event.target ?? undefined;
  };

  readonly #onFocusOut = (event: Event): void => {
    this.#focused = undefined;
    const field = this.#fieldOf(event.target);
    if (field && this.#typed.has(field.name)) this.#flush(field.name);
    this.sync();
  };

  readonly #onReset = (): void => {
    // The controls are reset after the event, when no listener is left to be called.
    for (const name of this.#fields.keys()) this.#flushIn(0, name);
  };

  #flushIn(ms: number, name: string): void {
    clearTimeout(this.#typed.get(name));
    this.#typed.set(name, setTimeout(() => this.#flush(name), ms));
  }

  /** Puts into the state what the person did while the element's code was on its way, when nobody heard it. */
  #takeUpEarlier(): void {
    for (const field of this.#fields.values()) if (isChangedByHand(field)) this.#flush(field.name);
  }

  /** Puts what a field holds into the state, as soon as that is here. */
  #flush(name: string): void {
    clearTimeout(this.#typed.get(name));
    this.#typed.delete(name);
    const field = this.#fields.get(name);
    if (!field) return;
    if (this.#options.live().ready) void this.#put(field);
    else void this.#putLater(field);
  }

  async #putLater(field: Field): Promise<void> {
    const {name} = field;
    const isWaitedFor = this.#unsent.has(name);
    this.#unsent.set(name, field);
    if (isWaitedFor) return;
    await this.#options.live().whenReady({isPatient: true});
    // The control may be gone by now, and what the person did in it is still meant.
    const last = this.#unsent.get(name);
    this.#unsent.delete(name);
    if (last) await this.#put(this.#fields.get(name) ?? last);
    this.sync();
  }

  /** Puts what a field holds into the state, unless it is there. */
  async #put(field: Field): Promise<void> {
    const {name} = field;
    const value = readField(field);
    const edit = value === unfinished ? undefined : this.#editOf(name, value);
    if (!edit) return;
    const isDone = await this.#options.edits().attempt(edit);
    const shown = this.#fields.get(name);
    // What was refused is kept beside the reason; the field shows what holds, unless something else is being typed.
    if (!isDone && shown && !this.#typed.has(name) && this.#stop) this.#show(shown, valueAt(this.#options.live().value, name));
    this.sync();
  }

  #editOf(name: string, value: LiveValue | undefined): Edit | undefined {
    const live = this.#options.live();
    const held = valueAt(live.value, name);
    if (isSameValue(held, value)) return undefined;
    if (value === undefined) return {type: 'remove', path: name};
    // Several people who each add to a counter are all to be counted.
    if (live.state?.kindOf(joinPath(this.#options.path(), name)) === 'counter' && typeof value === 'number') {
      return {type: 'increment', path: name, amount: value - (typeof held === 'number' ? held : 0)};
    }
    return {type: 'set', path: name, value};
  }
}
