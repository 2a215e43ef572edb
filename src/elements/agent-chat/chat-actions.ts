import type {ReactiveController} from 'lit';
import {asSessionError, intend} from '../../controllers/intend.ts';
import {MessageFeed} from '../../controllers/message-feed.ts';
import type {SessionHost} from '../../controllers/session-source.ts';
import type {Locale, Localize} from '../../i18n/index.ts';
import {type Intent, type SessionError, type SessionMessage, textOf} from '../../session/index.ts';
import type {ChatContext} from './chat-context.ts';
import {type MarkdownSettings, markdownSettings} from './markdown.ts';

/** How long a button says that it has copied. */
const copiedMs = 2000;

/** What a person can do in the rows of a conversation, and what came of it. */
export class ChatActions implements ReactiveController {
  readonly #host: SessionHost;
  readonly #localize: Localize;
  readonly #feed: MessageFeed;
  #failures: ReadonlyMap<string, SessionError> = new Map();
  #copied: ChatContext['copied'];
  #copiedTimer: ReturnType<typeof setTimeout> | undefined;
  #context: ChatContext | undefined;
  #markdown: {locale: Locale; settings: MarkdownSettings} | undefined;

  constructor(host: SessionHost, localize: Localize) {
    this.#host = host;
    this.#localize = localize;
    this.#feed = new MessageFeed(host);
    host.addController(this);
  }

  /** The same object as long as nothing that rows draw from it has changed. */
  get context(): ChatContext {
    const locale = this.#localize.current;
    if (this.#markdown?.locale !== locale) this.#markdown = {locale, settings: markdownSettings(locale)};
    const {settings} = this.#markdown;
    if (this.#context?.locale !== locale || this.#context.failures !== this.#failures || this.#context.copied !== this.#copied) {
      this.#context = {
        locale, feed: this.#feed, markdown: settings, failures: this.#failures, copied: this.#copied,
        act: this.#act, copy: this.#copy,
      };
    }
    return this.#context;
  }

  hostDisconnected(): void {
    this.#showCopied(undefined);
  }

  readonly #act = (key: string, intent: Intent): void => {
    this.#setFailure(key, undefined);
    intend(this.#host, intent).catch((cause: unknown) => this.#setFailure(key, asSessionError(cause)));
  };

  readonly #copy = (message: SessionMessage): void => {
    const {id} = message;
    // Absent where the page is not in a secure context.
    const clipboard = navigator.clipboard as Clipboard | undefined;
    const copying = clipboard?.writeText(textOf(message)) ?? Promise.reject(new Error('There is no clipboard.'));
    copying.then(
      () => this.#showCopied({id, succeeded: true}),
      () => this.#showCopied({id, succeeded: false}),
    );
  };

  #setFailure(key: string, error: SessionError | undefined): void {
    const failures = new Map(this.#failures);
    if (error) failures.set(key, error);
    else if (!failures.delete(key)) return;
    this.#failures = failures;
    this.#host.requestUpdate();
  }

  #showCopied(copied: ChatContext['copied']): void {
    clearTimeout(this.#copiedTimer);
    this.#copied = this.#host.isConnected ? copied : undefined;
    if (this.#copied) this.#copiedTimer = setTimeout(() => this.#showCopied(undefined), copiedMs);
    this.#host.requestUpdate();
  }
}
