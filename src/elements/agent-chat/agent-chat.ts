import '../agent-session/agent-session.ts';
import '../barge-in-input/barge-in-input.ts';
import {html, nothing, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {Announcer} from '../../controllers/announcer.ts';
import {ClientToolOffer, type ClientTools} from '../../controllers/client-tools.ts';
import {type ConnectionProperties, connectionProperties} from '../../controllers/connection-properties.ts';
import {PageNotices} from '../../controllers/page-notices.ts';
import type {PartRenderers} from '../../controllers/part-renderers.ts';
import {SessionController} from '../../controllers/session-controller.ts';
import {SessionEvents} from '../../controllers/session-events.ts';
import {SessionProvider} from '../../controllers/session-provider.ts';
import {SessionSource} from '../../controllers/session-source.ts';
import type {AgentIntentEvent} from '../../events.ts';
import {Localize} from '../../i18n/index.ts';
import {define} from '../../internal/define.ts';
import {type BargeInPolicy, isRunning} from '../../session/index.ts';
import {frames, warmUp} from '../../render/index.ts';
import {notice} from '../shared/notice.ts';
import type {Upload} from '../barge-in-input/attachments.ts';
import {announcerWords} from './announcer-words.ts';
import {banner} from './banner.ts';
import {chatStyles} from './chat.styles.ts';
import {ChatActions} from './chat-actions.ts';
import {emptyView, inputView, jumpView, noticesView} from './chat-views.ts';
import {ConversationLayout} from './conversation-layout.ts';
import {historyView} from './history-view.ts';
import {LaunchableElement} from './launchable.ts';
import {noticeWords} from './notice-words.ts';
import {rowViews} from './row-views.ts';
import {type Starter, startersView} from './suggestions.ts';

/**
 * A conversation between people and agents, as it happens: messages, answers token by token, what agents are doing, and
 * what went wrong. It holds a `<barge-in-input>` to write in. With `mode="launcher"` it is a button that opens it.
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
 * @csspart content - The parts of a message; also `content-mine`, `content-other`, `content-assistant` or `content-system`.
 * @csspart text - A part that is text.
 * @csspart details - A part that folds: a tool call; also `reasoning` and `data`.
 * @csspart summary - The line of a part that folds.
 * @csspart tool - A tool call; also `tool-preparing`, `tool-running`, `tool-page`, `tool-asking`, `tool-answered`, `tool-done`, `tool-failed`, `tool-denied` or `tool-unfinished`.
 * @csspart tool-state - How a tool call stands, in words.
 * @csspart tool-input - What a tool is called with.
 * @csspart tool-output - What came of it, or has come so far.
 * @csspart tool-error - Why it failed.
 * @csspart approval - What an agent asks the person; also `approval-pending`, `approval-deciding`, `approval-decided` or `approval-expired`.
 * @csspart approval-tool - What it is about; `approval-note` are the agent's words for it, `approval-input` what the tool would be called with.
 * @csspart approval-line - Why there is nothing to decide here.
 * @csspart approval-form - Where a reason is given, or the input changed; `approval-actions` is around its buttons, and around those before it.
 * @csspart approve-button - Approves.
 * @csspart deny-button - Denies, or asks for the reason first.
 * @csspart back-button - Goes back to the buttons.
 * @csspart decision - Who decided, when and why; also `decision-approved` or `decision-denied`. A `refusal` is one that does not count.
 * @csspart own - Around what a renderer of the page draws.
 * @csspart step - Between two steps of an agent.
 * @csspart sources - The sources of an answer.
 * @csspart source - A source that an answer names.
 * @csspart file - A file that came with a message; also `file-image`.
 * @csspart more-button - Shows all of what is long, or less.
 * @csspart delivery - Where a message of the person is on its way; also `delivery-waiting`, `delivery-consumed` or `delivery-missed` for one that joins an answer.
 * @csspart actions - The buttons of a message.
 * @csspart copy-button - Copies an answer.
 * @csspart copy-menu-button - Opens the ways to copy it.
 * @csspart copy-menu - The ways to copy it.
 * @csspart regenerate-button - Asks for another answer.
 * @csspart feedback-button - Says what the person thinks of an answer; also `feedback-up` or `feedback-down`.
 * @csspart feedback-form - Takes a word on it.
 * @csspart edit-button - Begins to change a message, or what an agent proposes.
 * @csspart editor - Where a message is changed, in `editor-textarea`, and sent by `send-button` or left by `cancel-button`.
 * @csspart branch - Which of several messages is shown, with the way to the others.
 * @csspart branch-button - Goes to the one before or after it.
 * @csspart branch-place - Its number.
 * @csspart suggestions - Around what an agent suggests to say; each is a `suggestion`.
 * @csspart suggestion - One of them.
 * @csspart starters - Around the prompts to begin with; each is a `starter`.
 * @csspart starter - One of them.
 * @csspart notify-button - Allows notices of the system.
 * @csspart retry-button - Sends or asks again.
 * @csspart stop-button - Stops an answer that waits for somebody.
 * @csspart discard-button - Gives a message up.
 * @csspart run - What a run does; also `run-working`, `run-stopping`, `run-unconfirmed`, `run-suspended`, `run-answered`, `run-cancelled` or `run-failed`.
 * @csspart skeleton - In place of the conversation while it loads.
 * @csspart older - Says that older messages are loading.
 * @csspart empty - In place of an empty conversation.
 * @csspart jump-button - Goes to the latest message.
 * @csspart input - Around the input.
 * @csspart composer - The `<barge-in-input>`; its own parts are `input-box`, `input-textarea`, `input-action`, `input-queue` and `input-files`.
 * @cssprop [--agent-chat-height=100%] - Height; where that has no meaning, as high as the conversation is.
 * @cssprop [--agent-chat-min-height=256px] - Least height.
 * @cssprop [--agent-chat-max-height=100dvh] - Height from which it scrolls.
 * @cssprop [--agent-chat-measure=49em] - Width of the column.
 * @cssprop [--agent-chat-gutter] - Room at its sides.
 * @cssprop [--agent-chat-gap] - Room between messages; five times `--agent-space` when absent.
 * @cssprop [--agent-chat-surface] - Background; the shared surface when absent.
 * @cssprop [--agent-chat-bubble] - Background of the person's messages; the raised surface when absent.
 * @cssprop [--agent-chat-on-bubble] - Text in them; the colour of text when absent.
 * @cssprop [--agent-chat-other-bubble=transparent] - Background of other people's messages.
 * @cssprop [--agent-chat-bubble-radius=18px] - Corners of people's messages.
 * @fires {AgentIntentEvent} agent-intent - Something is asked of the session; preventing it keeps it from being done.
 * @fires {AgentErrorEvent} agent-error - Something that was asked for here failed, or the session that it opened.
 * @fires {AgentFeedbackEvent} agent-feedback - The person has said what they think of an answer.
 * @fires {AgentToolCallEvent} agent-tool-call - An agent leaves a call to the page, in the session that it opened.
 * @fires {AgentConnectionChangedEvent} agent-connection-changed - The line of the session that it opened changed.
 * @fires {AgentRunStartedEvent} agent-run-started - An agent began to work in the session that it opened.
 * @fires {AgentRunEndedEvent} agent-run-ended - A run of the session that it opened ended.
 * @fires {AgentMessageReceivedEvent} agent-message-received - Somebody else said something in the session that it opened.
 */
export class AgentChatElement extends LaunchableElement {
  static override styles = chatStyles;
  static override properties = connectionProperties;

  /** What a message does to runs that are active, unless the person chooses. Attribute `barge-in`. */
  @property({attribute: 'barge-in'}) bargeIn: BargeInPolicy = 'interrupt';

  /** Shows the conversation without an input. */
  @property({type: Boolean}) readonly = false;

  /** What the person may choose for a message besides, as a list with blanks; `interrupt steer queue` when absent. */
  @property() policies?: string;

  /** Takes files of these kinds, as the input's `accept`. */
  @property() accept?: string;

  /** How large a file may be: bytes, or for example `500kB` or `5MB`. */
  @property({attribute: 'max-file-size'}) maxFileSize?: string | number;

  /** Takes files, and brings them to where the agent can fetch them. */
  @property({attribute: false}) upload?: Upload;

  /** Lets the person dictate, where the browser can. */
  @property({type: Boolean}) dictation = false;

  /** Shown in the input while nothing is typed. */
  @property() placeholder?: string;

  /** Lets the person say whether an answer was good. */
  @property({type: Boolean}) feedback = false;

  /** Offers to tell the person, while they look at another page, that an answer has ended or that they are needed. */
  @property({type: Boolean}) notify = false;

  /** Origins whose images are shown, with spaces between them; other images are links. Attribute `image-origins`. */
  @property({attribute: 'image-origins'}) imageOrigins?: string;

  /** Schemes that links in messages may have, with spaces between them; `http https mailto` when absent. Attribute `link-schemes`. */
  @property({attribute: 'link-schemes'}) linkSchemes?: string;

  /** Prompts to begin with, as buttons while the conversation is empty: texts, or `{label, text}`. */
  @property({attribute: false}) starters: readonly Starter[] = [];

  /**
   * Own views of tool calls and data, by the tool's name or `data-…`: functions, tags, or what mounts a component. They count
   * before those of an `<agent-session>` around.
   */
  @property({attribute: false}) renderers?: PartRenderers;

  /** Tools that this page carries out for the agent, by name: `async (input, {toolCallId, signal}) => result`. */
  @property({attribute: false}) tools?: ClientTools;

  readonly #source = SessionSource.of(this);
  readonly #messages = new SessionController(this, (snapshot) => snapshot.messages);
  readonly #runs = new SessionController(this, (snapshot) => snapshot.runs);
  readonly #approvals = new SessionController(this, (snapshot) => snapshot.approvals);
  readonly #connection = new SessionController(this, (snapshot) => snapshot.connection);
  readonly #history = new SessionController(this, (snapshot) => snapshot.history);
  readonly #localize = new Localize(this);
  readonly #actions: ChatActions = new ChatActions(this, {
    localize: this.#localize,
    announce: (line) => this.#announcer.say(line),
  });
  // After the actions: their forms know better where the focus goes when what had it is gone.
  readonly #layout: ConversationLayout = new ConversationLayout(this, {
    messages: () => this.#messages.value,
    runs: () => this.#runs.value,
    history: () => this.#history.value,
    isShown: () => this.isShown,
    drawNow: () => {
      this.performUpdate();
      frames.flush();
    },
  });
  readonly #announcer: Announcer = new Announcer(this, {
    region: () => this.renderRoot.querySelector('.announcer'),
    words: () => announcerWords(this.#localize.current, this.#source.snapshot.clientId),
  });
  readonly #notices = new PageNotices(this, {
    ...noticeWords(() => this.#localize.current),
    isOn: () => this.notify,
    onFollow: () => {
      this.show();
      this.#layout.scroll.toEnd();
    },
  });

  constructor() {
    super();
    new SessionProvider(this);
    new SessionEvents(this);
    new ClientToolOffer(this);
    this.addEventListener('agent-intent', this.#onIntent);
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
    return this.placed(html`
      <div class="chat">
        ${this.isLauncher ? nothing : html`<slot name="header"></slot>`}
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
            @keydown=${this.#layout.travel.onKeydown}
          >
            ${source.status === 'open' ? historyView(this.#source.snapshot, this.#layout.older, locale) : nothing}
            ${isEmpty && source.status === 'open' && history.state === 'ready' ? emptyView(locale, this.readonly) : nothing}
            <div class="rows" part="rows">${rowViews(this.#layout, {runs: this.#runs.value, approvals: this.#approvals.value, context})}</div>
            <div class="room"></div>
          </div>
          ${this.#layout.scroll.isFollowing ? nothing : jumpView(this.#layout.unread.count, this.#onJump, locale)}
        </div>
        <slot name="footer"></slot>
        ${isEmpty ? html`<slot name="starters"></slot>${this.readonly ? nothing : startersView(this.starters, context)}` : nothing}
        ${noticesView(this.#notices, this.#runs.value.some(isRunning), locale)}
        ${this.readonly ? nothing : inputView(this)}
        <div class="announcer visually-hidden" aria-live="polite"></div>
      </div>`, locale, this.#layout.unread.count);
  }

  /** Who speaks wants to see it: the conversation goes to its end, and then to what was said. */
  readonly #onIntent = (event: AgentIntentEvent): void => {
    if (event.intent.type === 'send' || event.intent.type === 'edit') this.#layout.expectSent(event);
  };

  readonly #onJump = (): void => this.#layout.scroll.toEnd({isSmooth: true});
}

export interface AgentChatElement extends ConnectionProperties {}

declare global {
  interface HTMLElementTagNameMap {
    'agent-chat': AgentChatElement;
  }
}

define('agent-chat', AgentChatElement);
