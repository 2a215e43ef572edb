import '../agent-session/agent-session.ts';
import {html, LitElement, nothing, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {repeat} from 'lit/directives/repeat.js';
import {ApprovalDesk} from '../../controllers/approval-desk.ts';
import {type ConnectionProperties, connectionProperties, settingsFor} from '../../controllers/connection-properties.ts';
import {intendIn} from '../../controllers/intend.ts';
import {KeepFocus} from '../../controllers/keep-focus.ts';
import {PoliteRegion} from '../../controllers/polite-region.ts';
import {SessionController} from '../../controllers/session-controller.ts';
import {SessionEvents} from '../../controllers/session-events.ts';
import {SessionPool} from '../../controllers/session-pool.ts';
import {SessionSource} from '../../controllers/session-source.ts';
import {AgentConversationChosenEvent} from '../../events.ts';
import {Localize} from '../../i18n/index.ts';
import {define} from '../../internal/define.ts';
import type {Session, SessionSettings} from '../../session/index.ts';
import {approvalCard} from '../shared/approval-card.ts';
import {approvalStyles} from '../shared/approval.styles.ts';
import {baseStyles} from '../shared/base.styles.ts';
import {lineView} from '../shared/line-view.ts';
import {notice} from '../shared/notice.ts';
import {noticeStyles} from '../shared/notice.styles.ts';
import {panelStyles} from '../shared/panel.styles.ts';
import {valueStyles} from '../shared/value.styles.ts';
import {nameInWords} from '../shared/name-in-words.ts';
import {approvalInboxStyles} from './approval-inbox.styles.ts';
import {conversationLink} from './conversation-link.ts';
import {furtherView} from './further-view.ts';
import {type InboxEntries, type InboxEntry, InboxReader} from './inbox-entries.ts';
import {IndexReader} from './index-reader.ts';
import {OlderApprovals} from './older-approvals.ts';

/**
 * What agents wait for people to decide, in one conversation or in many, the oldest first. Of several decisions the first
 * one counts, and everybody sees whose it was.
 *
 * Its conversations are those of `channels`, and those that agents have put into the index on `index-channel`; with
 * neither, the one that `channel`, `session` or the `<agent-session>` around it gives. With the first two it connects by
 * its own attributes.
 *
 * @tag approval-inbox
 * @csspart list - The list of what waits, and of what was decided.
 * @csspart entry - One approval with the conversation that it is of.
 * @csspart conversation - Opens the conversation.
 * @csspart approval - The card of an approval; also `approval-pending`, `approval-deciding`, `approval-decided` or `approval-expired`.
 * @csspart approval-tool - What the agent wants to do.
 * @csspart approval-note - The agent's words for whoever decides.
 * @csspart approval-input - What it would be done with.
 * @csspart approval-actions - The buttons.
 * @csspart approve-button - Approves.
 * @csspart deny-button - Denies.
 * @csspart edit-button - Opens the input for changing.
 * @csspart back-button - Goes back to the buttons.
 * @csspart more-button - Shows all of a long value.
 * @csspart approval-line - How it stands, where there is nothing to decide.
 * @csspart approval-form - Where a reason or another input is typed.
 * @csspart decision - Who decided, when and why; also `decision-approved` or `decision-denied`.
 * @csspart refusal - A decision that does not count.
 * @csspart heading - Above what was decided.
 * @csspart empty - In place of an empty list.
 * @csspart further - Says that what waits in a conversation is further back than was looked.
 * @csspart line - Says that a line is down.
 * @csspart more-button - Shows all of what is long, or less.
 * @csspart notice - Says what failed, why, and what to do.
 * @fires {AgentIntentEvent} agent-intent - A decision is asked for; preventing it keeps it from being made.
 * @fires {AgentErrorEvent} agent-error - A decision could not be made, or a session not be opened.
 * @fires {AgentConversationChosenEvent} agent-conversation-chosen - The person wants to see a conversation.
 */
export class ApprovalInboxElement extends LitElement {
  static override styles = [baseStyles, noticeStyles, panelStyles, valueStyles, approvalStyles, approvalInboxStyles];
  static override properties = connectionProperties;

  /** Names of the channels to look at, separated by spaces. */
  @property() channels?: string;

  /** Name of the channel on which agents keep the index of channels where something waits. Attribute `index-channel`. */
  @property({attribute: 'index-channel'}) indexChannel?: string;

  /**
   * Address of the page that shows a conversation, with `{channel}` for its channel; conversations are links to it then.
   * Attribute `conversation-url`.
   */
  @property({attribute: 'conversation-url'}) conversationUrl?: string;

  /** Shows what waits without letting anybody decide. */
  @property({type: Boolean}) readonly = false;

  /** Accessible name of the list. */
  @property() label?: string;

  /** Language of texts and times, as a BCP 47 tag. */
  @property() locale?: string;

  readonly #source = SessionSource.of(this);
  // Its changes are this element's; what they are is read with what waits elsewhere.
  readonly #approvals = new SessionController(this, (snapshot) => snapshot.approvals);
  readonly #connection = new SessionController(this, (snapshot) => snapshot.connection);
  readonly #localize = new Localize(this);
  readonly #reader = new InboxReader();
  readonly #desks = new Map<Session, ApprovalDesk>();
  readonly #index = new IndexReader(this);
  readonly #indexPool = new SessionPool(this, () => this.#indexSettings(), () => this.requestUpdate());
  readonly #pool = new SessionPool(this, () => this.#settings(), () => this.requestUpdate());
  readonly #older = new OlderApprovals(this, () => this.#indexed);
  readonly #voice: PoliteRegion = new PoliteRegion(this, {
    region: () => this.renderRoot.querySelector('.announcer'),
    summary: (count) => this.#localize.current.t('inbox.changed', {count}),
  });
  #shown: InboxEntries = {pending: [], settled: []};
  /** What waited when it was drawn last. */
  #told: ReadonlySet<string> = new Set();
  /** The conversations that were here at first, as long as their past is being read; undefined until they are known. */
  #unread: Set<Session> | undefined;

  constructor() {
    super();
    new SessionEvents(this);
    // Of the links; the desks see to the cards.
    new KeepFocus(this, () => null);
  }

  /** Whether its conversations are named by other means than that of every element. */
  get hasOtherSessions(): boolean {
    return names(this.channels).length > 0 || this.#indexName !== undefined;
  }

  protected override render(): TemplateResult {
    const locale = this.#localize.current;
    const sessions = this.#sessions;
    const {pending, settled} = (this.#shown = this.#reader.read(sessions));
    const isLoading = sessions.length === 0 ? this.#isIndexLoading : sessions.some((session) => session.snapshot.history.state === 'loading' || this.#older.isLooking(session));
    const further = this.#older.givenUp;
    return html`<div class="frame"><div class="inbox">
      ${this.hasOtherSessions ? this.#problems() : lineView(this.#source.state, this.#connection.value, locale)}
      ${pending.length > 0
        ? this.#list(pending, this.label ?? locale.t('inbox.label'))
        : this.#source.state.status === 'refused' || further.length > 0 ? nothing : html`<p class="quiet empty" part="empty">${locale.t(isLoading ? 'inbox.loading' : 'inbox.empty')}</p>`}
      ${further.length === 0 ? nothing : furtherView(further, locale, (session) => this.#link(session))}
      ${settled.length === 0 ? nothing : html`<section>
        <h3 class="heading" part="heading">${locale.t('inbox.settled')}</h3>
        ${this.#list(settled, locale.t('inbox.settled'))}
      </section>`}
      <div class="announcer visually-hidden" aria-live="polite"></div>
    </div></div>`;
  }

  protected override updated(): void {
    // Out of the page it has no sessions, and may be back with the same ones.
    if (!this.isConnected) return;
    this.#tell(this.#shown.pending);
    this.#forgetDesks();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unread = undefined;
  }

  #list(entries: readonly InboxEntry[], label: string): TemplateResult {
    const locale = this.#localize.current;
    return html`<ul class="entries" part="list" aria-label=${label}>
      ${repeat(entries, ({session, approval}) => `${session.channel} ${approval.toolCallId}`, ({session, approval}) => html`<li class="entry" part="entry">
        <div class="where" data-list="conversations"><div class="where" data-item="${session.channel} ${approval.toolCallId}">
          ${this.#link(session)}
        </div></div>
        ${approvalCard(approval, {
          locale,
          desk: this.#deskOf(session),
          me: session.snapshot.clientId,
          isReadonly: this.readonly,
          nameOf: (clientId) => this.#nameOf(session, clientId),
        })}
      </li>`)}
    </ul>`;
  }

  #link(session: Session): TemplateResult {
    return conversationLink(session.channel, {url: this.conversationUrl, locale: this.#localize.current, choose: () => this.#choose(session)});
  }

  /** What keeps conversations from being seen: each thing said once, however many have it. */
  #problems(): unknown {
    const locale = this.#localize.current;
    const {state: source} = this.#source;
    const errors = [...this.#indexPool.sessions, ...this.#pool.sessions].flatMap(({error}) => error ?? []);
    const refused = [...(source.status === 'refused' ? [source.error] : []), ...errors, ...(this.#index.error ? [this.#index.error] : [])];
    const open = [...this.#indexPool.sessions, ...this.#pool.sessions].flatMap(({session}) => session ?? []);
    const lines = new Map(open.map((session) => [`${session.snapshot.connection.state} ${session.snapshot.connection.error?.message ?? ''}`, session]));
    return [
      ...[...new Map(refused.map((error) => [error.message, error])).values()].map((error) => html`<div class="line-view" role="alert">${notice(locale, error)}</div>`),
      ...[...lines.values()].map((session) => lineView({status: 'open', isOwn: true, session}, session.snapshot.connection, locale)),
    ];
  }

  get #sessions(): readonly Session[] {
    if (this.hasOtherSessions) return this.#sessionsHeld;
    return this.#source.session ? [this.#source.session] : [];
  }

  get #indexName(): string | undefined {
    const name = this.indexChannel?.trim();
    return name === '' ? undefined : name;
  }

  get #isIndexLoading(): boolean {
    return this.#indexName !== undefined && this.#index.channels === undefined && this.#index.error === undefined;
  }

  /** The conversations in which something waits, as the index says. */
  get #indexed(): readonly Session[] {
    const channels = this.#index.channels ?? [];
    return channels.length === 0 ? [] : this.#sessionsHeld.filter(({channel}) => channels.includes(channel));
  }

  #indexSettings(): readonly SessionSettings[] {
    const name = this.#indexName;
    return name === undefined || this.#source.state.status === 'refused' ? [] : [{...settingsFor(this, name), history: 1}];
  }

  #settings(): readonly SessionSettings[] {
    if (this.#source.state.status === 'refused') return [];
    this.#index.follow(this.#indexPool.sessions[0]?.session);
    const indexed = this.#index.channels ?? [];
    // What was decided leaves the index, and is told of here a while longer.
    const held = this.#sessionsHeld;
    const kept = this.#indexName === undefined ? [] : [...this.#shown.pending, ...this.#shown.settled].flatMap(({session}) => (held.includes(session) ? session.channel : []));
    return [...new Set([...names(this.channels), ...indexed, ...kept])].map((name) => settingsFor(this, name));
  }

  get #sessionsHeld(): readonly Session[] {
    return this.#pool.sessions.flatMap(({session}) => session ?? []);
  }

  #deskOf(session: Session): ApprovalDesk {
    let desk = this.#desks.get(session);
    if (!desk) {
      desk = new ApprovalDesk(this, {
        respond: (intent) => intendIn(this, intent, () => session),
        root: () => (this.renderRoot instanceof ShadowRoot ? this.renderRoot : null),
      });
      this.#desks.set(session, desk);
    }
    return desk;
  }

  /** Those of conversations that have left the inbox. */
  #forgetDesks(): void {
    const sessions = this.#sessions;
    for (const [session, desk] of this.#desks) {
      if (sessions.includes(session)) continue;
      this.removeController(desk);
      this.#desks.delete(session);
    }
  }

  #nameOf({snapshot: {agents, people, clientId: me}}: Session, clientId: string | undefined): string {
    const locale = this.#localize.current;
    if (clientId === undefined) return locale.t('message.someone');
    if (clientId === me) return locale.t('approval.you');
    return [...agents, ...people].find((somebody) => somebody.clientId === clientId)?.name ?? clientId;
  }

  #choose({channel}: Session): void {
    this.dispatchEvent(new AgentConversationChosenEvent(channel));
  }

  /** Says what has come since it was drawn last; what was there at first is read where it stands. */
  #tell(pending: readonly InboxEntry[]): void {
    const locale = this.#localize.current;
    const isKnown = this.hasOtherSessions ? !this.#isIndexLoading : this.#source.session !== undefined;
    if (!isKnown) return;
    const sessions = this.#sessions;
    const unread = (this.#unread ??= new Set(sessions));
    const told = this.#told;
    this.#told = new Set(pending.map(({approval}) => approval.toolCallId));
    for (const {approval: {toolCallId, toolName, agentId}, session} of pending) {
      if (told.has(toolCallId) || unread.has(session)) continue;
      this.#voice.say(toolCallId, locale.t('announce.asks', {agent: this.#nameOf(session, agentId), tool: nameInWords(toolName)}));
    }
    for (const session of unread) {
      const isRead = session.snapshot.history.state !== 'loading' && !this.#older.isLooking(session);
      if (isRead || !sessions.includes(session)) unread.delete(session);
    }
  }
}

function names(list: string | null | undefined): readonly string[] {
  return [...new Set((list ?? '').split(/\s+/).filter((name) => name !== ''))];
}

export interface ApprovalInboxElement extends ConnectionProperties {}

declare global {
  interface HTMLElementTagNameMap {
    'approval-inbox': ApprovalInboxElement;
  }
}

define('approval-inbox', ApprovalInboxElement);
