import '../agent-session/agent-session.ts';
import {html, LitElement, nothing, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {type ConnectionProperties, connectionProperties} from '../../controllers/connection-properties.ts';
import {KeepFocus} from '../../controllers/keep-focus.ts';
import {LiveStateController} from '../../controllers/live-state-controller.ts';
import {SessionController} from '../../controllers/session-controller.ts';
import {SessionEvents} from '../../controllers/session-events.ts';
import {SessionSource} from '../../controllers/session-source.ts';
import {AgentStateChangedEvent} from '../../events.ts';
import {Localize} from '../../i18n/index.ts';
import {define} from '../../internal/define.ts';
import {changeAt, joinPath, type LiveChange, type LiveValue, valueAt} from '../../session/index.ts';
import {baseStyles} from '../shared/base.styles.ts';
import {lineView} from '../shared/line-view.ts';
import {notice} from '../shared/notice.ts';
import {noticeStyles} from '../shared/notice.styles.ts';
import {panelStyles} from '../shared/panel.styles.ts';
import {BoundFields} from './bound-fields.ts';
import {PagePublisher} from './page-publisher.ts';
import {refusedView} from './refused-view.ts';
import {sharedStateStyles} from './shared-state.styles.ts';
import {StateEdits} from './state-edits.ts';
import {stateTree} from './state-tree.ts';
import {TreeControl} from './tree-control.ts';
import {type TreeRow, treeRows} from './tree-rows.ts';

/**
 * Keeps the page and the agents on one state. Form controls in it are bound by their `name`, texts by `data-bind`; with
 * nothing in it, it shows the state as a tree.
 *
 * @tag shared-state
 * @slot - Form controls, however deep, and whatever is around them.
 * @csspart tree - The tree.
 * @csspart row - One place in it.
 * @csspart key - The name of a place.
 * @csspart value - What stands there.
 * @csspart input - A field in which a value is changed or added.
 * @csspart button - A button of a row.
 * @csspart add-button - Adds a value.
 * @csspart empty - In place of a tree with nothing in it.
 * @csspart line - Says that the line is down.
 * @csspart notice - Says why there is no session, no line or no state, or why something was not saved, and what to do.
 * @fires {AgentStateChangedEvent} agent-state-changed - Something at or below its path is another one.
 * @fires {AgentErrorEvent} agent-error - A change was refused, the state cannot be read, or the session that it opened failed.
 */
export class SharedStateElement extends LitElement {
  static override styles = [baseStyles, noticeStyles, panelStyles, sharedStateStyles];
  static override properties = connectionProperties;

  /** Which part of the state: keys from its root, joined by dots; everything when empty. */
  @property() path = '';

  /** Lets a person change the tree. Fields can be changed without it. */
  @property({type: Boolean}) editable = false;

  /** `page` keeps the path and the title of the page written, as `currentPage` below the path. */
  @property() publish?: 'page';

  /** Accessible name of the tree. */
  @property() label?: string;

  /** Language of the texts, as a BCP 47 tag. */
  @property() locale?: string;

  readonly #source = SessionSource.of(this);
  // Before what it uses, so that it can still write what was typed when the element leaves the page.
  readonly #fields = new BoundFields(this, {live: () => this.#live, edits: () => this.#edits, path: () => this.path});
  readonly #live: LiveStateController = new LiveStateController(this, {path: () => this.path, onChanges: (changes) => this.#tell(changes)});
  readonly #edits: StateEdits = new StateEdits(this, this.#live, () => this.path);
  readonly #connection = new SessionController(this, (snapshot) => snapshot.connection);
  readonly #localize = new Localize(this);
  readonly #tree = new TreeControl(this, {
    rows: () => this.#rows,
    root: () => this.renderRoot,
    isEditable: () => this.#isEditable,
    has: (path) => valueAt(this.#live.value, path) !== undefined,
    edit: (edit) => void this.#edits.attempt(edit),
  });
  /** The channel of the conversation that was told of last. */
  #told: string | undefined;

  constructor() {
    super();
    new SessionEvents(this);
    // After the tree, which knows better where it was.
    new KeepFocus(this, (path) => this.#fields.controlOf(path) ?? this.#tree.placeOf(path));
    new PagePublisher(this, {
      isOn: () => this.publish === 'page',
      target: () => (this.#edits.lock ? undefined : this.#live.ready),
      publish: ({path, title}) => void this.#edits.attempt({type: 'set', path: 'currentPage', value: {path, title}}),
    });
  }

  /** What stands at the path now. Setting it replaces all of it. */
  @property({attribute: false, noAccessor: true})
  get value(): LiveValue | undefined {
    return this.#live.value;
  }

  set value(value: LiveValue | undefined) {
    // A property cannot reject; the event and the element say what went wrong. Frameworks set it before there is a session.
    if (value !== undefined) void this.#edits.attempt({type: 'set', path: '', value}, {isPatient: true});
  }

  /**
   * Sets a value at a path below the element's; maps on the way are made.
   * @throws {SessionError} when it is refused; the value before it is back then.
   */
  set(path: string, value: LiveValue): Promise<void> {
    return this.#edits.apply({type: 'set', path, value});
  }

  /**
   * Removes what stands at a path below the element's.
   * @throws {SessionError} when it is refused; it is back then.
   */
  // Without a path it is the method that every element has, and so of its type.
  /* eslint-disable @typescript-eslint/no-misused-promises */
  override remove(): void;
  override remove(path: string): Promise<void>;
  override remove(path?: string): Promise<void> | undefined {
    /* eslint-enable @typescript-eslint/no-misused-promises */
    if (path !== undefined) return this.#edits.apply({type: 'remove', path});
    super.remove();
    return undefined;
  }

  /**
   * Adds to the counter at a path below the element's, which is made where there is none. Concurrent additions add up.
   * @throws {SessionError} when it is refused.
   */
  increment(path: string, amount = 1): Promise<void> {
    return this.#edits.apply({type: 'increment', path, amount});
  }

  protected override render(): TemplateResult {
    const locale = this.#localize.current;
    const connection = this.#connection.value;
    const {status, error} = this.#live.snapshot;
    return html`<div class="frame"><div>
      ${lineView(this.#source.state, connection, locale)}
      ${status === 'failed' ? html`<div class="message" role="alert">${notice(locale, error, {title: locale.t('state.failed')})}</div>` : nothing}
      ${refusedView(this.#edits, this.#needsRight, locale)}
      ${this.#hasContent ? nothing : this.#treeView()}
    </div></div><slot @slotchange=${this.#onSlotted}></slot>`;
  }

  /** Whether it is of interest that nothing can be changed. */
  get #needsRight(): boolean {
    return this.#hasContent ? this.#fields.isBound : this.editable || this.publish === 'page';
  }

  get #hasContent(): boolean {
    return [...this.childNodes].some((node) => node instanceof Element || (node instanceof Text && node.data.trim() !== ''));
  }

  get #isEditable(): boolean {
    return this.editable && this.#edits.lock === undefined;
  }

  get #rows(): readonly TreeRow[] {
    const {state, value} = this.#live;
    return treeRows(value, {name: this.path, isOpen: this.#tree.isOpen, kindOf: (path) => state?.kindOf(joinPath(this.path, path)) ?? 'none'});
  }

  #treeView(): unknown {
    const locale = this.#localize.current;
    switch (this.#live.snapshot.status) {
      case 'closed':
      case 'failed':
        return nothing;
      case 'loading':
        return this.#connection.value.state === 'failed' ? nothing : html`<p class="quiet">${locale.t('progress.loading')}</p>`;
      case 'ready':
        return stateTree({rows: this.#rows, control: this.#tree, isEditable: this.#isEditable, label: this.label ?? locale.t('state.label'), locale});
    }
  }

  #tell(changes: readonly LiveChange[]): void {
    const channel = this.#source.session?.channel;
    if (this.#told !== undefined && this.#told !== channel) {
      this.#edits.clear();
      this.#fields.clear();
    }
    this.#told = channel;
    for (const change of changes) {
      const own = changeAt(change, this.path);
      if (own) this.dispatchEvent(new AgentStateChangedEvent(own));
    }
    this.#fields.sync();
  }

  readonly #onSlotted = (): void => this.requestUpdate();
}

export interface SharedStateElement extends ConnectionProperties {}

declare global {
  interface HTMLElementTagNameMap {
    'shared-state': SharedStateElement;
  }
}

define('shared-state', SharedStateElement);
