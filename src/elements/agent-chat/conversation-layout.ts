import type {LitElement} from 'lit';
import {CopiedRows} from '../../controllers/copied-rows.ts';
import {FollowScroll} from '../../controllers/follow-scroll.ts';
import {OlderMessages} from '../../controllers/older-messages.ts';
import {RowTravel} from '../../controllers/row-travel.ts';
import {RowWindow} from '../../controllers/row-window.ts';
import {SentMessage} from '../../controllers/sent-message.ts';
import {type SessionHost, SessionSource} from '../../controllers/session-source.ts';
import {Unread} from '../../controllers/unread.ts';
import type {AgentIntentEvent} from '../../events.ts';
import {type Session, Timeline, type TimelineItem, type SessionSnapshot} from '../../session/index.ts';

interface LayoutOptions {
  messages: () => SessionSnapshot['messages'];
  runs: () => SessionSnapshot['runs'];
  history: () => SessionSnapshot['history'];
  /** Whether the conversation can be seen at all. */
  isShown: () => boolean;
  /** Draws the element at once, with all text that waits. */
  drawNow: () => void;
}

/** Which rows of a conversation are in the page, where the reader is in it, and how they get about. */
export class ConversationLayout {
  readonly scroll: FollowScroll;
  readonly older: OlderMessages;
  readonly unread: Unread;
  readonly travel: RowTravel;
  readonly #window: RowWindow;
  readonly #sent: SentMessage;
  readonly #timeline = new Timeline();
  readonly #options: LayoutOptions;

  constructor(host: LitElement & SessionHost, options: LayoutOptions) {
    this.#options = options;
    const find = (selector: string): HTMLElement | null => host.renderRoot.querySelector(selector);
    const scroller = (): HTMLElement | null => find('.scroller');
    const content = (): HTMLElement | null => find('.rows');
    const items = (): readonly TimelineItem[] => this.items;
    this.#sent = new SentMessage(host, (messageId) => {
      const row = find(`article[data-message-id="${CSS.escape(messageId)}"]`);
      if (row) this.scroll.toTurn(row);
    });
    this.#window = new RowWindow(host, {scroller, content, items, isWhole: () => !options.history().hasOlder, drawNow: options.drawNow});
    this.scroll = new FollowScroll(host, {
      scroller,
      content,
      room: () => find('.room'),
      anchors: 'article',
      onMove: () => {
        this.#window.update();
        this.older.loadAhead(this.scroll.distanceToStart, this.scroll.viewHeight);
      },
      onRest: () => this.#window.settle(),
      absorb: (shift) => this.#window.absorb(shift),
    });
    this.older = new OlderMessages(host);
    this.unread = new Unread(host, () => this.scroll.isFollowing && options.isShown());
    this.travel = new RowTravel(host, {
      scroller,
      rows: 'article',
      reach: (where, row) => this.#window.reach(where, row),
      onTravel: () => this.scroll.moved(),
    });
    new CopiedRows(host, {content, rows: () => this.rows, items});
    // Where the reader was in one conversation is no place in another: each begins at its end.
    let shown: Session | undefined;
    SessionSource.of(host).onState((state) => {
      if (state.status !== 'open' || state.session === shown) return;
      shown = state.session;
      this.scroll.toEnd();
    });
  }

  /** All rows of the conversation. */
  get items(): readonly TimelineItem[] {
    return this.#timeline.of(this.#options.messages(), this.#options.runs());
  }

  /** Those that are to be in the page, and the gaps that stand for the others. */
  get rows(): RowWindow['rows'] {
    return this.#window.rows;
  }

  /** The person says something: the conversation goes to its end, and to what was said once that is there. */
  expectSent(event?: AgentIntentEvent): void {
    this.#sent.expect();
    // The page may still prevent it.
    queueMicrotask(() => (event?.defaultPrevented ? this.#sent.forget() : this.scroll.toEnd()));
  }
}
