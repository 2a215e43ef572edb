import '../agent-session/agent-session.ts';
import {html, LitElement, nothing, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {ifDefined} from 'lit/directives/if-defined.js';
import {live} from 'lit/directives/live.js';
import {Autosize} from '../../controllers/autosize.ts';
import {type ConnectionProperties, connectionProperties} from '../../controllers/connection-properties.ts';
import {Draft} from '../../controllers/draft.ts';
import {KeepFocus} from '../../controllers/keep-focus.ts';
import {PoliteWords} from '../../controllers/polite-words.ts';
import {SessionController} from '../../controllers/session-controller.ts';
import {SessionEvents} from '../../controllers/session-events.ts';
import {SessionSource} from '../../controllers/session-source.ts';
import {Localize} from '../../i18n/index.ts';
import {define} from '../../internal/define.ts';
import type {BargeInPolicy} from '../../session/index.ts';
import {notice} from '../shared/notice.ts';
import {Attachments, type Upload} from './attachments.ts';
import {bargeInInputStyles} from './barge-in-input.styles.ts';
import {type Action, actionButton, attachButton, dictationButton, dropHint, isWorking, sendLabel} from './box-views.ts';
import {FileIntake} from './file-intake.ts';
import {InputExtras} from './input-extras.ts';
import {Composition, isPlainKey, wayToSend} from './keys.ts';
import {LostFiles} from './lost-files.ts';
import {failureView, remarksView} from './notices.ts';
import {PolicyChoice} from './policy-choice.ts';
import {QueueControl} from './queue-control.ts';
import {Sender} from './sender.ts';
import {StopWatch} from './stop-watch.ts';

/**
 * Where a person writes to the agent, also while it works. Enter sends, Shift+Enter breaks the line, Esc stops the
 * agent. While an agent works the person chooses what the message does to it, by a menu or by keys; messages that wait
 * are above the box. What is typed is kept until it has been sent, across reloads too.
 *
 * @tag barge-in-input
 * @csspart box - The border around text and buttons.
 * @csspart textarea - The text.
 * @csspart action - The button that sends or stops.
 * @csspart policy-button - The button that opens the menu of ways to send.
 * @csspart policy-menu - That menu.
 * @csspart queue - The messages that wait.
 * @csspart queued - One of them.
 * @csspart queue-textarea - The text of one that is being changed.
 * @csspart queue-resume - Lets a queue that is held go on.
 * @csspart files - The files that go with the message.
 * @csspart file - One of them.
 * @csspart attach-button - Opens the picker for files.
 * @csspart dictation-button - Starts and ends dictation.
 * @csspart drop-hint - Shown over the box while files are dragged over it.
 * @csspart notice - What went wrong with the last message, or why there is no session.
 * @cssprop [--barge-in-input-max-height=200px] - Height from which the text scrolls.
 * @cssprop [--barge-in-input-radius=22px] - Corners of the box.
 * @cssprop [--barge-in-input-surface] - Background of the box; the shared surface when absent.
 * @cssprop [--barge-in-input-border-color] - Border of the box; the shared border colour when absent.
 * @fires {AgentIntentEvent} agent-intent - The person sends, stops, or changes the queue; preventing it keeps that from being done.
 * @fires {AgentErrorEvent} agent-error - One of these failed.
 */
export class BargeInInputElement extends LitElement {
  static override styles = bargeInInputStyles;
  static override properties = connectionProperties;

  /** What a message does to runs that are active, unless the person chooses. */
  @property() policy: BargeInPolicy = 'interrupt';

  /**
   * What the person may choose for a message besides, as a list with blanks; `interrupt steer queue` when absent. With
   * nothing but the `policy` in it there is no choice.
   */
  @property() policies?: string;

  /** Shown while nothing is typed. */
  @property() placeholder?: string;

  /** Accessible name of the text field. */
  @property() label?: string;

  /** Keeps the person from writing and sending. */
  @property({type: Boolean}) disabled = false;

  /** Language of the texts, as a BCP 47 tag. */
  @property() locale?: string;

  /** Takes files, of these kinds: a list with commas of media types (`image/*`) and endings (`.pdf`); all where it is empty. */
  @property() accept?: string;

  /** How large a file may be: bytes, or for example `500kB` or `5MB`. */
  @property({attribute: 'max-file-size'}) maxFileSize?: string | number;

  /** Takes files, and brings them to where the agent can fetch them. Without it small ones travel in the message itself. */
  @property({attribute: false}) upload?: Upload;

  /** Lets the person dictate, where the browser can. */
  @property({type: Boolean}) dictation = false;

  /** What is typed now. */
  @property({attribute: false}) value = '';

  readonly #source = SessionSource.of(this);
  readonly #localize = new Localize(this);
  readonly #draft = new Draft(this, () => this.#sender.leave());
  readonly #words: PoliteWords = new PoliteWords(this, () => this.renderRoot.querySelector('.announcer'));
  readonly #choice = new PolicyChoice(this);
  readonly #extras = new InputExtras(this, {
    choice: this.#choice, localize: this.#localize, words: this.#words,
    chosen: () => this.focus(), textarea: () => this.#textarea, changed: (text) => this.#setText(text),
  });
  readonly #stops = new StopWatch(this, this.#localize, this.#words);
  readonly #queue = new QueueControl(this, {localize: this.#localize, words: this.#words, rescue: (text) => this.#setText([this.value, text].filter(Boolean).join('\n'))});
  readonly #attachments = new Attachments(this, this.#localize, this.#words);
  readonly #intake = new FileIntake(this, this.#attachments);
  readonly #lost = new LostFiles(this, this.#attachments);
  readonly #sender: Sender = new Sender(this, {attachments: this.#attachments, choice: this.#choice, draft: this.#draft, extras: this.#extras, stops: this.#stops});
  readonly #composition = new Composition();

  constructor() {
    super();
    new SessionEvents(this);
    new SessionController(this, (snapshot) => snapshot.runs);
    new SessionController(this, (snapshot) => snapshot.queue);
    new SessionController(this, (snapshot) => snapshot.queueHold);
    new Autosize(this, () => this.#textarea);
    new KeepFocus(this, () => this.#textarea);
  }

  /** Puts the caret into the text. */
  override focus(options?: FocusOptions): void {
    if (this.hasUpdated) this.#textarea?.focus(options);
    else void this.updateComplete.then(() => this.#textarea?.focus(options));
  }

  /**
   * Sends what is typed, with its files once they are uploaded. It stays in the box, with the reason beside it, when that
   * fails.
   * @param policy what it does to runs that are active; what the person has chosen, or the `policy`, when absent.
   */
  async send(policy: BargeInPolicy = this.#choice.current): Promise<void> {
    await this.updateComplete;
    await this.#sender.send(policy);
  }

  /** Stops all that the agents are doing. */
  stop(): Promise<void> {
    return this.#sender.stop();
  }

  /** Adds files to the message, as if the person had picked them. */
  attach(files: Iterable<File>): void {
    this.#attachments.add([...files]);
  }

  protected override render(): TemplateResult {
    const locale = this.#localize.current;
    const {state: source, snapshot} = this.#source;
    const action = this.#action;
    const isDisabled = this.disabled || isWorking(action) || (action === 'send' && (!this.#sender.hasContent || source.status !== 'open'));
    const label = action === 'send' && this.#sender.hasContent ? sendLabel(this.#choice.current, snapshot, locale) : locale.t(`input.${action}`);
    const hasMenu = this.#sender.isBusy && action !== 'stopping' && this.#choice.all.length > 1 && !this.disabled;
    const extras = this.#extras.views(hasMenu || snapshot.queue.length > 0 || this.#attachments.items.length > 0 || this.#intake.isOver);
    const {dictation, canDictate, toggleDictation} = this.#extras;
    const hasDictation = this.dictation && canDictate;
    const {onDragover, onDragleave, onDrop, onPick, onPaste} = this.#intake;
    return html`<div class="frame" @keydown=${this.#onFrameKeydown} @dragenter=${onDragover} @dragover=${onDragover} @dragleave=${onDragleave} @drop=${onDrop}>
      ${source.status === 'refused' && source.isOwn ? html`<div class="error" role="alert">${notice(locale, source.error)}</div>` : nothing}
      ${this.#sender.failure ? failureView(this.#sender.failure, locale, (policy) => void this.send(policy)) : nothing}
      ${remarksView({stops: this.#stops, attachments: this.#attachments, dictation, lost: this.#lost}, locale)}
      ${extras?.queueView(this.#queue, snapshot.queueHold, locale)}
      <div class="box ${this.#intake.isOver ? 'over' : ''}" part="box" @mousedown=${this.#onBoxPress}>
        ${extras?.filesView(this.#attachments, locale)}
        <div class="line ${this.#attachments.isEnabled || hasDictation ? 'with-tools' : ''}">
          ${this.#attachments.isEnabled ? attachButton({accept: this.accept, isDisabled: this.disabled, onPick}, locale) : nothing}
          <textarea
            part="textarea"
            rows="1"
            dir="auto"
            enterkeyhint="send"
            aria-label=${this.label ?? locale.t('input.label')}
            aria-describedby=${ifDefined(this.#sender.failure ? 'failure' : undefined)}
            aria-invalid=${ifDefined(this.#sender.failure?.of === 'send' ? 'true' : undefined)}
            placeholder=${this.placeholder ?? locale.t('input.placeholder')}
            ?disabled=${this.disabled}
            .value=${live(this.value)}
            @input=${this.#onInput}
            @keydown=${this.#onKeydown}
            @paste=${onPaste}
            @compositionstart=${this.#composition.on}
            @compositionend=${this.#composition.on}
          ></textarea>
          <div class="tools">
            ${hasDictation ? dictationButton({isListening: dictation?.isListening === true, isDisabled: this.disabled, onClick: toggleDictation}, locale) : nothing}
            ${hasMenu ? this.#extras.menu?.button() : nothing}
            ${actionButton({action, label, isDisabled, onClick: this.#onAction})}
          </div>
        </div>
        ${this.#intake.isOver && extras ? dropHint(locale) : nothing}
      </div>
      ${hasMenu ? this.#extras.menu?.menu() : nothing}
      <div class="announcer visually-hidden" aria-live="polite"></div>
    </div>`;
  }

  get #textarea(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector<HTMLTextAreaElement>('.line textarea');
  }

  get #action(): Action {
    if (this.#sender.isSending) return this.#attachments.isPending ? 'uploading' : 'sending';
    if (!this.#sender.isBusy || this.#sender.hasContent) return 'send';
    return this.#stops.isStopping ? 'stopping' : 'stop';
  }

  #setText(text: string): void {
    this.value = text;
    this.#draft.keep();
  }

  readonly #onInput = (event: InputEvent): void => {
    const before = this.value;
    // The listener is on the textarea alone.
    this.#setText((event.currentTarget as HTMLTextAreaElement).value);
    this.#extras.dictation?.typed(before, this.value);
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (this.#composition.owns(event)) return;
    const way = wayToSend(event);
    // Alt+Enter breaks the line on some systems: it is taken only where there is a fourth way.
    if (way === undefined || (way === 3 && !this.#choice.all[way])) return;
    event.preventDefault();
    // Also where no run is seen: one may have been asked for a moment ago. With fewer ways the others send as usual.
    void this.send(way > 0 ? this.#choice.all[way] : undefined);
  };

  readonly #onFrameKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !isPlainKey(event) || this.#composition.owns(event)) return;
    if (this.#extras.dictation?.isListening) this.#extras.dictation.stop();
    else if (this.#stops.canStop) void this.stop();
    else return;
    event.preventDefault();
    // The Esc that stops the agent must not also close a dialog around it.
    event.stopPropagation();
  };

  /** The whole box is where one writes. */
  readonly #onBoxPress = (event: MouseEvent): void => {
    if (!(event.target instanceof Element) || event.target.closest('button, textarea, .file')) return;
    event.preventDefault();
    this.focus();
  };

  readonly #onAction = (): void => {
    if (this.disabled || isWorking(this.#action)) return;
    void (this.#action === 'stop' ? this.stop() : this.send());
  };
}

export interface BargeInInputElement extends ConnectionProperties {}

declare global {
  interface HTMLElementTagNameMap {
    'barge-in-input': BargeInInputElement;
  }
}

define('barge-in-input', BargeInInputElement);
