import '../agent-session/agent-session.ts';
import '../barge-in-input/barge-in-input.ts';
import {html, LitElement, nothing, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {guard} from 'lit/directives/guard.js';
import {ifDefined} from 'lit/directives/if-defined.js';
import {repeat} from 'lit/directives/repeat.js';
import {Announcer} from '../../controllers/announcer.ts';
import {type ConnectionProperties, connectionProperties} from '../../controllers/connection-properties.ts';
import {FollowScroll} from '../../controllers/follow-scroll.ts';
import {OlderMessages} from '../../controllers/older-messages.ts';
import {RowTravel} from '../../controllers/row-travel.ts';
import {SessionController} from '../../controllers/session-controller.ts';
import {SessionEvents} from '../../controllers/session-events.ts';
import {SessionProvider} from '../../controllers/session-provider.ts';
import {SessionSource} from '../../controllers/session-source.ts';
import {Unread} from '../../controllers/unread.ts';
import type {AgentIntentEvent} from '../../events.ts';
import {Localize} from '../../i18n/index.ts';
import {define} from '../../internal/define.ts';
import {type BargeInPolicy, timelineOf, type TimelineItem} from '../../session/index.ts';
import {markdownStyles, warmUp} from '../../render/index.ts';
import {avatarStyles} from '../shared/avatar.ts';
import {baseStyles} from '../shared/base.styles.ts';
import {icons} from '../shared/icons.ts';
import {notice} from '../shared/notice.ts';
import {noticeStyles} from '../shared/notice.styles.ts';
import {agentChatStyles} from './agent-chat.styles.ts';
import {announcerWords} from './announcer-words.ts';
import {banner} from './banner.ts';
import {ChatActions} from './chat-actions.ts';
import {historyView} from './history-view.ts';
import {messageRow} from './message-row.ts';
import {partStyles} from './part.styles.ts';
import {rowStyles} from './row.styles.ts';
import {runRow} from './run-row.ts';

/**
 * A conversation between people and agents, as it happens: messages, answers token by token, what agents are doing, and
 * what went wrong. It holds a `<barge-in-input>` to write in.
 *
 * @tag agent-chat
 * @slot header - Above the conversation.
 * @slot empty - In place of the words that an empty conversation begins with.
 * @slot starters - Above the input, as long as the conversation is empty.
 * @slot footer - Between the conversation and the input.
 * @slot input - In place of the `<barge-in-input>`.
 * @csspart banner - Says what is the matter with the line.
 * @csspart notice - Any message about something that failed: reason, what to do, buttons.
 * @csspart scroller - What scrolls.
 * @csspart rows - The column of rows in it.
 * @csspart day - Where a new day begins.
 * @csspart message - A message; also `message-mine`, `message-other`, `message-assistant` or `message-system`.
 * @csspart author - Who said it, and when.
 * @csspart avatar - The initial of another person.
 * @csspart content - The parts of a message.
 * @csspart text - A part that is text.
 * @csspart details - A part that folds: reasoning, a tool call, data; `summary` is its line.
 * @csspart summary - The line of a part that folds.
 * @csspart source - A source that an answer names.
 * @csspart file - A file that came with a message.
 * @csspart delivery - Where a message of the person is on its way.
 * @csspart actions - The buttons of an answer.
 * @csspart copy-button - Copies an answer.
 * @csspart retry-button - Sends or asks again.
 * @csspart discard-button - Gives a message up.
 * @csspart run - What a run does; also `run-working`, `run-stopping`, `run-unconfirmed`, `run-suspended`, `run-cancelled` or `run-failed`.
 * @csspart skeleton - In place of the conversation while it loads.
 * @csspart older - Says that older messages are loading.
 * @csspart empty - In place of an empty conversation.
 * @csspart jump-button - Goes to the latest message.
 * @csspart input - Around the input.
 * @csspart composer - The `<barge-in-input>`; its own parts are `input-box`, `input-textarea` and `input-action`.
 * @cssprop [--agent-chat-height=100%] - Height; where that has no meaning, as high as the conversation is.
 * @cssprop [--agent-chat-min-height=256px] - Least height.
 * @cssprop [--agent-chat-max-height=100dvh] - Height from which it scrolls.
 * @cssprop [--agent-chat-measure=49em] - Width of the column.
 * @cssprop [--agent-chat-gutter] - Room at its sides.
 * @cssprop [--agent-chat-gap] - Room between messages; five times `--agent-space` when absent.
 * @cssprop [--agent-chat-surface] - Background; the shared surface when absent.
 * @cssprop [--agent-chat-bubble] - Background of the person's messages.
 * @cssprop [--agent-chat-other-bubble=transparent] - Background of other people's messages.
 * @cssprop [--agent-chat-bubble-radius=18px] - Corners of people's messages.
 * @fires {AgentIntentEvent} agent-intent - Something is asked of the session; preventing it keeps it from being done.
 * @fires {AgentErrorEvent} agent-error - Something that was asked for here failed, or the session that it opened.
 * @fires {AgentConnectionChangedEvent} agent-connection-changed - The line of the session that it opened changed.
 * @fires {AgentRunStartedEvent} agent-run-started - An agent began to work in the session that it opened.
 * @fires {AgentRunEndedEvent} agent-run-ended - A run of the session that it opened ended.
 * @fires {AgentMessageReceivedEvent} agent-message-received - Somebody else said something in the session that it opened.
 */
export class AgentChatElement extends LitElement {
  static override styles = [baseStyles, markdownStyles, noticeStyles, avatarStyles, agentChatStyles, rowStyles, partStyles];
  static override properties = connectionProperties;

  /** What a message does to runs that are active: `interrupt` stops them, `alongside` leaves them be. Attribute `barge-in`. */
  @property({attribute: 'barge-in'}) bargeIn: BargeInPolicy = 'interrupt';

  /** Shows the conversation without an input. */
  @property({type: Boolean}) readonly = false;

  /** Accessible name of the conversation. */
  @property() label?: string;

  /** Shown in the input while nothing is typed. */
  @property() placeholder?: string;

  /** Language of texts, numbers and dates, as a BCP 47 tag. */
  @property() locale?: string;

  readonly #source = SessionSource.of(this);
  readonly #messages = new SessionController(this, (snapshot) => snapshot.messages);
  readonly #runs = new SessionController(this, (snapshot) => snapshot.runs);
  readonly #connection = new SessionController(this, (snapshot) => snapshot.connection);
  readonly #history = new SessionController(this, (snapshot) => snapshot.history);
  readonly #localize = new Localize(this);
  readonly #actions = new ChatActions(this, this.#localize);
  readonly #scroll: FollowScroll = new FollowScroll(this, {
    scroller: () => this.renderRoot.querySelector('.scroller'),
    content: () => this.renderRoot.querySelector('.rows'),
    anchors: 'article',
    onMove: () => this.#older.loadAhead(this.#scroll.distanceToStart),
  });
  readonly #older: OlderMessages = new OlderMessages(this);
  readonly #unread: Unread = new Unread(this, () => this.#scroll.isFollowing);
  readonly #travel: RowTravel = new RowTravel(this, {scroller: () => this.renderRoot.querySelector('.scroller'), rows: 'article'});

  constructor() {
    super();
    new SessionProvider(this);
    new SessionEvents(this);
    new Announcer(this, {
      region: () => this.renderRoot.querySelector('.announcer'),
      words: () => announcerWords(this.#localize.current),
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // The first answer should not wait for the parser to load and get ready.
    void warmUp();
  }

  protected override render(): TemplateResult {
    const {context} = this.#actions;
    const {locale} = context;
    const {state: source} = this.#source;
    const isEmpty = this.#messages.value.length === 0 && this.#runs.value.length === 0;
    const history = this.#history.value;
    return html`<div class="frame">
      <div class="chat">
        <slot name="header"></slot>
        ${source.status === 'refused' && source.isOwn ? html`<div class="banner" role="alert">${notice(locale, source.error)}</div>` : nothing}
        ${source.status === 'open' ? banner(this.#connection.value, locale) : nothing}
        <div class="view">
          <div
            class="scroller"
            part="scroller"
            role="log"
            aria-live="off"
            aria-label=${this.label ?? locale.t('chat.label')}
            aria-busy=${history.state === 'loading' && source.status === 'open' ? 'true' : 'false'}
            tabindex="0"
            @keydown=${this.#travel.onKeydown}
          >
            ${source.status === 'open' ? historyView(this.#source.snapshot, this.#older, locale) : nothing}
            ${isEmpty && source.status === 'open' && history.state === 'ready' ? this.#emptyView() : nothing}
            <div class="rows" part="rows">${this.#rows()}</div>
          </div>
          ${this.#jumpView()}
        </div>
        <slot name="footer"></slot>
        ${isEmpty ? html`<slot name="starters"></slot>` : nothing}
        ${this.#inputView()}
        <div class="announcer visually-hidden" aria-live="polite"></div>
      </div>
    </div>`;
  }

  #rows(): unknown {
    const {context} = this.#actions;
    const items = timelineOf({messages: this.#messages.value, runs: this.#runs.value});
    const today = new Date().setHours(0, 0, 0, 0);
    return repeat(items, ({key}) => key, (item, index) => {
      const before = items[index - 1];
      switch (item.type) {
        case 'day':
          return html`<div class="row day" part="day"><span>${context.locale.day(item.date, today)}</span></div>`;
        case 'message': {
          const {message, streaming: isStreaming} = item;
          const hasAuthor = !isSameAuthor(before, item);
          return guard([message, isStreaming, hasAuthor, context], () => messageRow({message, isStreaming, hasAuthor, context}));
        }
        case 'run': {
          const {run, retryId, key} = item;
          const isWriting = before?.type === 'message' && before.streaming;
          return guard([run, isWriting, context], () => runRow({run, key, retryId, isWriting, context}));
        }
      }
    });
  }

  #emptyView(): TemplateResult {
    const {locale} = this.#actions.context;
    return html`<div class="empty" part="empty"><slot name="empty">
      <p class="empty-title">${locale.t('chat.emptyTitle')}</p>
      ${this.readonly ? nothing : html`<p class="empty-text">${locale.t('chat.emptyText')}</p>`}
    </slot></div>`;
  }

  #jumpView(): TemplateResult | typeof nothing {
    if (this.#scroll.isFollowing) return nothing;
    const {locale} = this.#actions.context;
    const {count} = this.#unread;
    const unread = count === 0 ? undefined : locale.t('chat.unread', {count});
    return html`<button type="button" class="jump" part="jump-button" aria-label=${[locale.t('chat.jump'), unread].filter(Boolean).join(', ')} @click=${this.#onJump}>
      ${icons.down}${unread === undefined ? nothing : html`<span>${unread}</span>`}
    </button>`;
  }

  #inputView(): TemplateResult | typeof nothing {
    if (this.readonly) return nothing;
    const isFilled = this.querySelector(':scope > [slot="input"]') !== null;
    return html`<div class="input" part="input" @agent-intent=${this.#onInputIntent}>
      <slot name="input" @slotchange=${this.#onInputSlotted}>${isFilled
        ? nothing
        : html`<barge-in-input
            part="composer"
            exportparts="box: input-box, textarea: input-textarea, action: input-action"
            .policy=${this.bargeIn}
            placeholder=${ifDefined(this.placeholder)}
            locale=${ifDefined(this.locale)}
          ></barge-in-input>`}</slot>
    </div>`;
  }

  readonly #onInputSlotted = (): void => this.requestUpdate();

  /** Who speaks wants to see it: the conversation goes to its end. */
  readonly #onInputIntent = ({intent}: AgentIntentEvent): void => {
    if (intent.type === 'send') this.#scroll.toEnd();
  };

  readonly #onJump = (): void => {
    this.#scroll.toEnd({isSmooth: true});
  };
}

function isSameAuthor(before: TimelineItem | undefined, {message}: Extract<TimelineItem, {type: 'message'}>): boolean {
  return before?.type === 'message' && before.message.role === message.role && before.message.clientId === message.clientId
    && before.message.mine === message.mine;
}

export interface AgentChatElement extends ConnectionProperties {}

declare global {
  interface HTMLElementTagNameMap {
    'agent-chat': AgentChatElement;
  }
}

define('agent-chat', AgentChatElement);
