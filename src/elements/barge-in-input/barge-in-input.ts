import '../agent-session/agent-session.ts';
import {html, LitElement, nothing, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {ifDefined} from 'lit/directives/if-defined.js';
import {live} from 'lit/directives/live.js';
import {Autosize} from '../../controllers/autosize.ts';
import {type ConnectionProperties, connectionProperties} from '../../controllers/connection-properties.ts';
import {Draft} from '../../controllers/draft.ts';
import {asSessionError, intend} from '../../controllers/intend.ts';
import {SessionController} from '../../controllers/session-controller.ts';
import {SessionEvents} from '../../controllers/session-events.ts';
import {SessionSource} from '../../controllers/session-source.ts';
import {Localize} from '../../i18n/index.ts';
import {define} from '../../internal/define.ts';
import {warnOnce} from '../../internal/warn.ts';
import {type BargeInPolicy, bargeInPolicies, isBargeInPolicy, isRunning, type SessionError} from '../../session/index.ts';
import {baseStyles} from '../shared/base.styles.ts';
import {icons} from '../shared/icons.ts';
import {notice} from '../shared/notice.ts';
import {noticeStyles} from '../shared/notice.styles.ts';
import {bargeInInputStyles} from './barge-in-input.styles.ts';
import {isComposing, isPlainKey} from './keys.ts';

/** What the one button beside the text does now. */
type Action = 'send' | 'sending' | 'stop' | 'stopping';

/**
 * Where a person writes to the agent, also while it works. Enter sends, Shift+Enter breaks the line, Esc stops the
 * agent. What is typed is kept until it has been sent, across reloads too.
 *
 * @tag barge-in-input
 * @csspart box - The border around text and button.
 * @csspart textarea - The text.
 * @csspart action - The button that sends or stops.
 * @csspart notice - What went wrong with the last message, or why there is no session.
 * @cssprop [--barge-in-input-max-height=200px] - Height from which the text scrolls.
 * @cssprop [--barge-in-input-radius=22px] - Corners of the box.
 * @cssprop [--barge-in-input-surface] - Background of the box; the shared surface when absent.
 * @cssprop [--barge-in-input-border-color] - Border of the box; the shared border colour when absent.
 * @fires {AgentIntentEvent} agent-intent - The person sends or stops; preventing it keeps that from being done.
 * @fires {AgentErrorEvent} agent-error - Sending or stopping failed.
 */
export class BargeInInputElement extends LitElement {
  static override styles = [baseStyles, noticeStyles, bargeInInputStyles];
  static override properties = connectionProperties;
  static override shadowRootOptions: ShadowRootInit = {...LitElement.shadowRootOptions, delegatesFocus: true};

  /** What a message does to runs that are active: `interrupt` stops them, `alongside` leaves them be. */
  @property() policy: BargeInPolicy = 'interrupt';

  /** Shown while nothing is typed. */
  @property() placeholder?: string;

  /** Accessible name of the text field. */
  @property() label?: string;

  /** Keeps the person from writing and sending. */
  @property({type: Boolean}) disabled = false;

  /** Language of the texts, as a BCP 47 tag. */
  @property() locale?: string;

  /** What is typed now. */
  @property({attribute: false}) value = '';

  @state() private isSending = false;
  @state() private failure: {error: SessionError; of: 'send' | 'cancel'} | undefined;

  readonly #source = SessionSource.of(this);
  readonly #runs = new SessionController(this, (snapshot) => snapshot.runs);
  readonly #localize = new Localize(this);
  readonly #draft = new Draft(this);
  #isComposing = false;

  constructor() {
    super();
    new SessionEvents(this);
    new Autosize(this, () => this.renderRoot.querySelector('textarea'));
  }

  /** Sends what is typed. It stays in the box, with the reason beside it, when that fails. */
  async send(): Promise<void> {
    await this.updateComplete;
    const text = this.value;
    if (this.isSending || this.disabled || text.trim() === '' || this.#source.state.status !== 'open') return;
    this.isSending = true;
    this.failure = undefined;
    try {
      if (await intend(this, {type: 'send', text, policy: this.#policy})) this.#forget(text);
    } catch (cause) {
      this.failure = {error: asSessionError(cause), of: 'send'};
    } finally {
      this.isSending = false;
    }
  }

  /** Stops all that the agents are doing. */
  async stop(): Promise<void> {
    this.failure = undefined;
    try {
      await intend(this, {type: 'cancel'});
    } catch (cause) {
      this.failure = {error: asSessionError(cause), of: 'cancel'};
    }
  }

  protected override render(): TemplateResult {
    const locale = this.#localize.current;
    const {state: source} = this.#source;
    const action = this.#action;
    const isIdle = action === 'send' && (this.value.trim() === '' || source.status !== 'open');
    const label = this.#actionLabel(action);
    const isDisabled = this.disabled || isIdle || action === 'sending' || action === 'stopping';
    return html`<div class="frame">
      ${source.status === 'refused' && source.isOwn ? html`<div class="error" role="alert">${notice(locale, source.error)}</div>` : nothing}
      ${this.failure
        ? html`<div class="error" id="failure" role="alert">
            ${notice(locale, this.failure.error, {title: locale.t(this.failure.of === 'send' ? 'input.notSent' : 'input.notStopped')})}
          </div>`
        : nothing}
      <div class="box" part="box">
        <textarea
          part="textarea"
          rows="1"
          dir="auto"
          enterkeyhint="send"
          aria-label=${this.label ?? locale.t('input.label')}
          aria-describedby=${ifDefined(this.failure ? 'failure' : undefined)}
          aria-invalid=${ifDefined(this.failure?.of === 'send' ? 'true' : undefined)}
          placeholder=${this.placeholder ?? locale.t('input.placeholder')}
          ?disabled=${this.disabled}
          .value=${live(this.value)}
          @input=${this.#onInput}
          @keydown=${this.#onKeydown}
          @compositionstart=${this.#onComposition}
          @compositionend=${this.#onComposition}
        ></textarea>
        <button
          part="action"
          type="button"
          class="action ${action === 'stop' || action === 'stopping' ? 'stop' : ''} ${action === 'stopping' || action === 'sending' ? 'busy' : ''}"
          aria-label=${label}
          title=${label}
          aria-disabled=${isDisabled ? 'true' : 'false'}
          @click=${this.#onAction}
        >${action === 'stop' || action === 'stopping' ? icons.stop : icons.send}</button>
      </div>
    </div>`;
  }

  get #policy(): BargeInPolicy {
    if (isBargeInPolicy(this.policy)) return this.policy;
    warnOnce(`<barge-in-input policy="${String(this.policy)}"> is not known; "interrupt" is used. Known: ${bargeInPolicies.join(', ')}.`);
    return 'interrupt';
  }

  get #action(): Action {
    if (this.isSending) return 'sending';
    const running = this.#runs.value.filter(isRunning);
    if (running.length === 0 || this.value.trim() !== '') return 'send';
    return running.every((run) => run.stop !== undefined) ? 'stopping' : 'stop';
  }

  #actionLabel(action: Action): string {
    const locale = this.#localize.current;
    if (action !== 'send') return locale.t(`input.${action}`);
    const interrupts = this.#policy === 'interrupt' && this.value.trim() !== '' && this.#runs.value.some(isRunning);
    return locale.t(interrupts ? 'input.sendInterrupting' : 'input.send');
  }

  readonly #onInput = (event: InputEvent): void => {
    // The listener is on the textarea alone.
    this.value = (event.currentTarget as HTMLTextAreaElement).value;
    this.#draft.keep();
  };

  readonly #onComposition = (event: CompositionEvent): void => {
    this.#isComposing = event.type === 'compositionstart';
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    // Safari ends the composition before the keydown of the Enter that confirmed it; that one is told by its key code.
    if (this.#isComposing || isComposing(event)) return;
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      void this.send();
    } else if (event.key === 'Escape' && isPlainKey(event) && this.#runs.value.some((run) => isRunning(run) && run.stop === undefined)) {
      event.preventDefault();
      // The Esc that stops the agent must not also close a dialog around it.
      event.stopPropagation();
      void this.stop();
    }
  };

  readonly #onAction = (): void => {
    if (this.disabled) return;
    switch (this.#action) {
      case 'send':
        void this.send();
        break;
      case 'stop':
        void this.stop();
        break;
      case 'sending':
      case 'stopping':
        break;
    }
  };

  /** Takes the text that was sent out of the box, and leaves what has been typed behind it since. */
  #forget(sent: string): void {
    this.value = this.value.startsWith(sent) ? this.value.slice(sent.length) : this.value;
    this.#draft.keep();
  }
}

export interface BargeInInputElement extends ConnectionProperties {}

declare global {
  interface HTMLElementTagNameMap {
    'barge-in-input': BargeInInputElement;
  }
}

define('barge-in-input', BargeInInputElement);
