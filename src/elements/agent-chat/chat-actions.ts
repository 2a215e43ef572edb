import type {LitElement, ReactiveController} from 'lit';
import {ApprovalDesk} from '../../controllers/approval-desk.ts';
import {asSessionError, intend} from '../../controllers/intend.ts';
import {LazyPart} from '../../controllers/lazy-part.ts';
import {MessageFeed} from '../../controllers/message-feed.ts';
import {type PartRenderers, RendererSource} from '../../controllers/part-renderers.ts';
import {ReasoningTimes} from '../../controllers/reasoning-times.ts';
import {type SessionHost, SessionSource} from '../../controllers/session-source.ts';
import {AgentFeedbackEvent} from '../../events.ts';
import type {Localize} from '../../i18n/index.ts';
import type {BargeInPolicy, Intent, SessionError, SessionMessage} from '../../session/index.ts';
import {lazyCards} from './cards-loader.ts';
import type {ChatContext} from './chat-context.ts';
import {copyMessage} from './copy-message.ts';
import {markdownSettings} from './markdown.ts';
import {MessageStates} from './message-states.ts';

/** How long a button says that it has copied. */
const copiedMs = 2000;

export type ChatHost = SessionHost & LitElement & {
  readonly: boolean;
  feedback: boolean;
  bargeIn: BargeInPolicy;
  imageOrigins?: string;
  linkSchemes?: string;
  renderers?: PartRenderers;
};

export interface ChatActionsOptions {
  localize: Localize;
  /** Tells people who do not see it. */
  announce: (line: string) => void;
}

/** What a person can do in the rows of a conversation, and what came of it. */
export class ChatActions implements ReactiveController {
  readonly #host: ChatHost;
  readonly #options: ChatActionsOptions;
  readonly #source: SessionSource;
  readonly #kept: Pick<ChatContext, 'desk' | 'rows' | 'folds' | 'reasoning' | 'rendererSource' | 'feed'>;
  readonly #cards: LazyPart<NonNullable<ChatContext['cards']>>;
  #failures: ReadonlyMap<string, SessionError> = new Map();
  /** The message whose button says that it was copied, and until when. */
  #copied: {readonly messageId: string; readonly timer: ReturnType<typeof setTimeout>} | undefined;
  /** Where the focus goes once it is drawn. */
  #wanted: {readonly messageId: string; readonly selector: string} | undefined;
  #context: ChatContext | undefined;
  #basis: readonly unknown[] = [];

  constructor(host: ChatHost, options: ChatActionsOptions) {
    this.#host = host;
    this.#options = options;
    this.#source = SessionSource.of(host);
    this.#cards = new LazyPart(host, lazyCards);
    // Before the feed, so that a duration is known when the part is drawn that it is of.
    const reasoning = new ReasoningTimes(host);
    this.#kept = {
      reasoning,
      feed: new MessageFeed(host),
      rendererSource: new RendererSource(host),
      rows: new MessageStates(host),
      folds: new Map(),
      desk: new ApprovalDesk(host, {respond: (intent) => intend(host, intent), root: () => host.shadowRoot}),
    };
    host.addController(this);
  }

  /** The same object as long as nothing that all rows draw from it has changed. */
  get context(): ChatContext {
    const locale = this.#options.localize.current;
    const {readonly: isReadonly, feedback: hasFeedback, imageOrigins, linkSchemes} = this.#host;
    const renderers = this.#kept.rendererSource.current;
    const {session, snapshot: {clientId: me}} = this.#source;
    const basis = [locale, imageOrigins, linkSchemes, isReadonly, hasFeedback, renderers, session, me, this.#failures, this.#cards.current];
    if (this.#context && basis.every((value, index) => value === this.#basis[index])) return this.#context;
    const isSameMarkdown = this.#context && basis.slice(0, 3).every((value, index) => value === this.#basis[index]);
    this.#basis = basis;
    this.#context = {
      ...this.#kept, locale, session, me, isReadonly, hasFeedback, renderers,
      markdown: isSameMarkdown && this.#context ? this.#context.markdown : markdownSettings(locale, imageOrigins, linkSchemes),
      failures: this.#failures,
      cards: this.#cards.current, needCards: () => void this.#cards.need(),
      act: this.#act, say: this.#say, copy: this.#copy, edit: this.#edit, endEdit: this.#endEdit, select: this.#select, judge: this.#judge,
    };
    return this.#context;
  }

  hostDisconnected(): void {
    this.#endCopied();
    this.#wanted = undefined;
  }

  hostUpdated(): void {
    const wanted = this.#wanted;
    const row = wanted && this.#rowOf(wanted.messageId);
    if (!row) return;
    this.#wanted = undefined;
    (row.querySelector<HTMLElement>(wanted.selector) ?? row).focus({preventScroll: true});
  }

  /** Moves the focus to what matches in a message's row, or to the row, as soon as it is drawn. */
  #focus(messageId: string | undefined, selector: string): void {
    this.#wanted = messageId === undefined ? undefined : {messageId, selector};
    this.#host.requestUpdate();
  }

  #rowOf(messageId: string): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>(`[data-message-id="${CSS.escape(messageId)}"]`);
  }

  readonly #act = (key: string, intent: Intent): void => {
    this.#setFailure(key, undefined);
    intend(this.#host, intent).catch((cause: unknown) => this.#setFailure(key, asSessionError(cause)));
  };

  readonly #say = (key: string, text: string): void => {
    this.#act(key, {type: 'send', text, policy: this.#host.bargeIn});
  };

  readonly #copy = (message: SessionMessage, form: 'text' | 'markdown'): void => {
    const show = (copied: 'copied' | 'failed'): void => {
      if (!this.#host.isConnected) return;
      this.#endCopied();
      this.#kept.rows.change(message.id, {copied});
      this.#copied = {messageId: message.id, timer: setTimeout(() => this.#endCopied(), copiedMs)};
      this.#options.announce(this.#options.localize.current.t(copied === 'copied' ? 'message.copied' : 'message.copyFailed'));
    };
    copyMessage(message, form, this.#rowOf(message.id)).then(() => show('copied'), () => show('failed'));
  };

  #endCopied(): void {
    if (!this.#copied) return;
    clearTimeout(this.#copied.timer);
    this.#kept.rows.change(this.#copied.messageId, {copied: undefined});
    this.#copied = undefined;
  }

  readonly #edit = (message: SessionMessage, text: string): void => {
    const {rows} = this.#kept;
    const draft = rows.of(message.id).editor?.draft ?? {text};
    const files = message.parts.filter((part) => part.type === 'file');
    const {snapshot} = this.#source;
    const index = snapshot.messages.findIndex(({id}) => id === message.id);
    rows.change(message.id, {editor: {draft, error: undefined, isBusy: true}});
    intend(this.#host, {type: 'edit', messageId: message.id, text, ...(files.length === 0 ? {} : {files})}).then(
      (isDone) => {
        // What the page prevents stays as it is written, and where it is written.
        rows.change(message.id, {editor: isDone ? undefined : {draft, error: undefined, isBusy: false}});
        this.#focus(this.#source.snapshot.messages[index]?.id, isDone ? '[part~="edit-button"]' : '[part~="editor-textarea"]');
      },
      (cause: unknown) => rows.change(message.id, {editor: {draft, error: asSessionError(cause), isBusy: false}}),
    );
  };

  readonly #endEdit = (messageId: string): void => {
    this.#kept.rows.change(messageId, {editor: undefined});
    this.#focus(messageId, '[part~="edit-button"]');
  };

  readonly #select = (message: SessionMessage, step: -1 | 1): void => {
    const {branch} = message;
    const wanted = (branch?.index ?? 0) + step;
    if (!branch || wanted < 0 || wanted >= branch.count) return;
    const place = this.#source.snapshot.messages.findIndex(({id}) => id === message.id);
    this.#setFailure(message.id, undefined);
    intend(this.#host, {type: 'select-branch', messageId: message.id, index: wanted}).then(
      () => {
        const shown = this.#source.snapshot.messages[place];
        const {index, count} = shown?.branch ?? {index: wanted, count: branch.count};
        this.#options.announce(this.#options.localize.current.t('branch.shown', {index: index + 1, count}));
        this.#focus(shown?.id, `[data-step="${step}"]`);
      },
      (cause: unknown) => this.#setFailure(message.id, asSessionError(cause)),
    );
  };

  readonly #judge = (messageId: string, rating: 'up' | 'down', text?: string): void => {
    const {rows} = this.#kept;
    if (text === undefined && rows.of(messageId).feedback?.rating === rating) return;
    rows.change(messageId, {feedback: {rating, state: text === undefined ? 'asking' : 'thanked', draft: {text: ''}}});
    this.#host.dispatchEvent(new AgentFeedbackEvent(messageId, rating, text));
  };

  #setFailure(key: string, error: SessionError | undefined): void {
    const failures = new Map(this.#failures);
    if (error) failures.set(key, error);
    else if (!failures.delete(key)) return;
    this.#failures = failures;
    this.#host.requestUpdate();
  }
}
