import type {ReactiveController, ReactiveControllerHost} from 'lit';
import type {TextKey} from '../../i18n/index.ts';
import {isLiveObject, joinPath} from '../../session/index.ts';
import {isComposing} from '../shared/composing.ts';
import type {Edit} from './state-edits.ts';
import {editableText, parentOf, type TreeRow, valueOfText} from './tree-rows.ts';

export interface TreeControlOptions {
  rows: () => readonly TreeRow[];
  root: () => ParentNode;
  isEditable: () => boolean;
  has: (path: string) => boolean;
  edit: (edit: Edit) => void;
}

/** Where in the tree the person is, what is folded up, and what they are changing. */
export class TreeControl implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: TreeControlOptions;
  readonly #closed = new Set<string>();
  #focus: string | undefined;
  active: string | undefined;
  /** The place whose value is being changed. */
  editing: string | undefined;
  /** What stood there when that began; what comes meanwhile must not be put over what is typed. */
  draft = '';
  /** The map that something is being added to. */
  adding: string | undefined;
  /** Why the name of what is added will not do. */
  keyProblem: Extract<TextKey, 'state.badKey' | 'state.takenKey'> | undefined;

  constructor(host: ReactiveControllerHost, options: TreeControlOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  readonly isOpen = (path: string): boolean => !this.#closed.has(path);

  /** What is to have the focus for the sake of a place: its row, else the row that Tab leads to, else what adds a value. */
  placeOf(path: string): HTMLElement | null {
    const root = this.#options.root();
    return root.querySelector<HTMLElement>(rowSelector(path)) ?? root.querySelector<HTMLElement>('[role=treeitem][tabindex="0"]') ?? root.querySelector<HTMLElement>(addSelector);
  }

  hostUpdate(): void {
    // Somebody else may have removed what is being changed, or added to.
    if (this.editing !== undefined && !this.#hasRow(this.editing)) this.editing = undefined;
    if (this.adding && !this.#hasRow(this.adding)) this.adding = this.keyProblem = undefined;
  }

  hostUpdated(): void {
    if (this.#focus === undefined) return;
    const found = this.#options.root().querySelector<HTMLElement>(this.#focus);
    this.#focus = undefined;
    found?.focus();
    if (found instanceof HTMLInputElement) found.select();
  }

  #hasRow(wanted: string): boolean {
    return this.#options.rows().some(({path}) => path === wanted);
  }

  readonly onClick = (event: MouseEvent): void => {
    const path = pathOf(event.target);
    const row = this.#options.rows().find((candidate) => candidate.path === path);
    if (!row) return;
    this.active = row.path;
    if (isLiveObject(row.value)) this.#fold(row, row.isOpen);
    this.#host.requestUpdate();
  };

  change(row: TreeRow): void {
    if (!this.#options.isEditable() || isLiveObject(row.value) || row.kind === 'counter') return;
    if (typeof row.value === 'boolean') return this.#options.edit({type: 'set', path: row.path, value: !row.value});
    this.cancel();
    this.editing = this.active = row.path;
    this.draft = editableText(row.value);
    this.#focusOn('form.edit input');
  }

  beginAdding(path: string): void {
    this.cancel();
    this.adding = path;
    this.#closed.delete(path);
    this.#focusOn('form.adding input');
  }

  add({path}: TreeRow, amount: number): void {
    this.#options.edit({type: 'increment', path, amount});
  }

  remove(row: TreeRow): void {
    const rows = this.#options.rows();
    const index = rows.findIndex(({path}) => path === row.path);
    const next = rows.slice(index + 1).find(({path}) => !path.startsWith(`${row.path}.`)) ?? rows[index - 1];
    this.#options.edit({type: 'remove', path: row.path});
    if (next) this.#goTo(next);
    else this.#focusOn(addSelector);
  }

  save(event: SubmitEvent, row: TreeRow): void {
    const {value} = read(event);
    this.cancel();
    this.#goTo(row);
    this.#options.edit({type: 'set', path: row.path, value: valueOfText(value, row.value)});
  }

  saveAdded(event: SubmitEvent, map: string): void {
    const {key, value} = read(event);
    const path = joinPath(map, key);
    this.keyProblem = key === '' || key.includes('.') ? 'state.badKey' : this.#options.has(path) ? 'state.takenKey' : undefined;
    if (this.keyProblem) return this.#focusOn('form.adding input');
    this.cancel();
    this.active = path;
    this.#options.edit({type: 'set', path, value: valueOfText(value, undefined)});
    this.#focusOn(rowSelector(path));
  }

  readonly cancel = (): void => {
    const {editing, adding} = this;
    this.editing = this.adding = this.keyProblem = undefined;
    if (editing !== undefined) this.#focusOn(rowSelector(editing));
    else if (adding !== undefined) this.#focusOn(adding === '' ? addSelector : rowSelector(adding));
    else this.#host.requestUpdate();
  };

  readonly onFormKeydown = (event: KeyboardEvent): void => {
    // The keys of the tree are letters and arrows in a field.
    event.stopPropagation();
    if (event.key === 'Escape' && !isComposing(event)) this.cancel();
  };

  readonly onFocusIn = (event: FocusEvent): void => {
    const path = pathOf(event.target);
    if (path === undefined || path === this.active) return;
    this.active = path;
    this.#host.requestUpdate();
  };

  readonly onKeydown = (event: KeyboardEvent): void => {
    // A button in a row has keys of its own.
    if (!(event.target instanceof HTMLElement) || event.target.role !== 'treeitem' || event.altKey || event.ctrlKey || event.metaKey) return;
    const rows = this.#options.rows();
    const {path} = event.target.dataset;
    const index = rows.findIndex((row) => row.path === path);
    const row = rows[index];
    const act = row && this.#actionOf(event.key, row, index, rows);
    if (!act) return;
    event.preventDefault();
    act();
  };

  #actionOf(key: string, row: TreeRow, index: number, rows: readonly TreeRow[]): (() => void) | undefined {
    const isMap = isLiveObject(row.value);
    const isRightToLeft = this.#options.root() instanceof ShadowRoot && (this.#options.root() as ShadowRoot).host.matches(':dir(rtl)');
    const to = (target: TreeRow | undefined): (() => void) | undefined => target && (() => this.#goTo(target));
    switch (key) {
      case 'ArrowDown':
        return to(rows[index + 1]);
      case 'ArrowUp':
        return to(rows[index - 1]);
      case 'Home':
        return to(rows[0]);
      case 'End':
        return to(rows.at(-1));
      case isRightToLeft ? 'ArrowLeft' : 'ArrowRight':
        return isMap && !row.isOpen ? () => this.#fold(row, false) : isMap ? to(rows[index + 1]) : undefined;
      case isRightToLeft ? 'ArrowRight' : 'ArrowLeft':
        return isMap && row.isOpen ? () => this.#fold(row, true) : to(rows.find(({path}) => path === parentOf(row.path)));
      case 'Enter':
      case 'F2':
      case ' ':
        return isMap ? () => this.#fold(row, row.isOpen) : this.#options.isEditable() ? () => this.change(row) : undefined;
      case 'Delete':
        return this.#options.isEditable() ? () => this.remove(row) : undefined;
      case '+':
      case '-':
        return this.#options.isEditable() && row.kind === 'counter' ? () => this.add(row, key === '+' ? 1 : -1) : undefined;
      default:
        return undefined;
    }
  }

  #fold({path}: TreeRow, isClosed: boolean): void {
    if (isClosed) this.#closed.add(path);
    else this.#closed.delete(path);
    this.#host.requestUpdate();
  }

  #goTo({path}: TreeRow): void {
    this.active = path;
    this.#focusOn(rowSelector(path));
  }

  #focusOn(selector: string): void {
    this.#focus = selector;
    this.#host.requestUpdate();
  }
}

const addSelector = 'button.add';

function pathOf(target: EventTarget | null): string | undefined {
  return target instanceof Element ? target.closest<HTMLElement>('[role=treeitem]')?.dataset.path : undefined;
}

function rowSelector(path: string): string {
  return `[role=treeitem][data-path="${CSS.escape(path)}"]`;
}

function read(event: SubmitEvent): {key: string; value: string} {
  event.preventDefault();
  const data = new FormData(event.currentTarget as HTMLFormElement);
  const text = (name: string): string => {
    const value = data.get(name);
    return typeof value === 'string' ? value : '';
  };
  return {key: text('key').trim(), value: text('value')};
}
