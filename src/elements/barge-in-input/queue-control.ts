import type {LitElement, ReactiveController} from 'lit';
import {asSessionError, intend} from '../../controllers/intend.ts';
import type {PoliteWords} from '../../controllers/polite-words.ts';
import {type SessionHost, SessionSource} from '../../controllers/session-source.ts';
import type {Localize} from '../../i18n/index.ts';
import type {Intent, QueuedMessage, Session, SessionChange, SessionError} from '../../session/index.ts';

type Host = SessionHost & LitElement;

export interface QueueControlOptions {
  localize: Localize;
  words: PoliteWords;
  /** Called with an edit that came too late to be saved. */
  rescue: (text: string) => void;
}

/** What a person does with the messages that wait, and what became of it. */
export class QueueControl implements ReactiveController {
  /** The message being changed, with its text as it is written now. */
  editing: {readonly id: string; text: string} | undefined;
  /** Where a message that is dragged would go. */
  dragging: {readonly id: string; readonly index: number} | undefined;
  failure: SessionError | undefined;
  readonly #host: Host;
  readonly #source: SessionSource;
  readonly #options: QueueControlOptions;
  /** Messages that the person took out here, so that they are not told of as sent. */
  readonly #removed = new Set<string>();
  #session: Session | undefined;
  #stop: (() => void) | undefined;

  constructor(host: Host, options: QueueControlOptions) {
    this.#host = host;
    this.#source = SessionSource.of(host);
    this.#options = options;
    host.addController(this);
  }

  get messages(): readonly QueuedMessage[] {
    return this.#source.snapshot.queue;
  }

  hostConnected(): void {
    this.#session = this.#source.session;
    this.#stop = this.#source.onChange((change) => this.#hear(change));
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
    this.dragging = undefined;
  }

  edit(message: QueuedMessage): void {
    this.editing = {id: message.id, text: message.text};
    this.#update();
    // Safari gives no focus to a button that is clicked, so that there is none to keep.
    void this.#host.updateComplete.then(() => {
      const textarea = this.#host.renderRoot.querySelector<HTMLElement>('.editor textarea');
      textarea?.focus();
      textarea?.closest('li')?.scrollIntoView({block: 'nearest'});
    });
  }

  cancelEdit(): void {
    this.editing = undefined;
    this.failure = undefined;
    this.#update();
  }

  async saveEdit(): Promise<void> {
    const {editing} = this;
    if (!editing) return;
    const message = this.messages.find(({id}) => id === editing.id);
    if (message && message.text === editing.text) {
      this.cancelEdit();
    } else if (await this.#ask({type: 'change-queued', messageId: editing.id, text: editing.text})) {
      if (this.editing === editing) this.editing = undefined;
      this.#options.words.say(this.#locale.t('queue.changed'));
      this.#update();
    }
  }

  async move(id: string, index: number): Promise<void> {
    const from = this.messages.findIndex((message) => message.id === id);
    const place = Math.min(Math.max(index, 0), this.messages.length - 1);
    if (from === -1 || place === from) return;
    if (!(await this.#ask({type: 'move-queued', messageId: id, index: place}))) return;
    this.#options.words.say(this.#locale.t('queue.moved', {place: place + 1, count: this.messages.length}));
  }

  async remove(id: string): Promise<void> {
    this.#removed.add(id);
    if (!(await this.#ask({type: 'discard', messageId: id}))) this.#removed.delete(id);
  }

  /** Lets a queue that is held go on. */
  async release(): Promise<void> {
    await this.#ask({type: 'release-queue'});
  }

  /** @param index where it would go; undefined when it is let go of. */
  drag(id: string, index: number | undefined): void {
    this.dragging = index === undefined ? undefined : {id, index};
    this.#update();
  }

  async #ask(intent: Intent): Promise<boolean> {
    this.failure = undefined;
    try {
      return await intend(this.#host, intent);
    } catch (cause) {
      this.failure = asSessionError(cause);
      return false;
    } finally {
      this.#update();
    }
  }

  #hear({snapshot: {queue}, previous}: SessionChange): void {
    if (this.#source.session !== this.#session) {
      // What was being changed belongs to another conversation.
      this.#session = this.#source.session;
      this.editing = undefined;
      this.failure = undefined;
      return;
    }
    if (queue === previous.queue) return;
    const {words} = this.#options;
    const count = queue.length;
    // What a reload or another session brings is no news.
    if (previous.history.state === 'ready') {
      const isIn = (messages: readonly QueuedMessage[], id: string): boolean => messages.some((message) => message.id === id);
      const gone = previous.queue.filter(({id}) => !isIn(queue, id));
      if (queue.some(({id}) => !isIn(previous.queue, id))) words.say(this.#locale.t('queue.added', {count}));
      for (const {id} of gone) words.say(this.#locale.t(this.#removed.delete(id) ? 'queue.removed' : 'queue.sent', {count}));
    }
    this.#endEditOf(queue, previous.queue);
  }

  /** A message whose turn has come cannot be changed any more; what was written is not lost. */
  #endEditOf(queue: readonly QueuedMessage[], previous: readonly QueuedMessage[]): void {
    const {editing} = this;
    if (!editing || queue.some(({id}) => id === editing.id)) return;
    this.editing = undefined;
    this.failure = undefined;
    const before = previous.find(({id}) => id === editing.id);
    if (before?.text === editing.text) return;
    this.#options.rescue(editing.text);
    this.#options.words.say(this.#locale.t('queue.tooLate'));
  }

  get #locale(): Localize['current'] {
    return this.#options.localize.current;
  }

  #update(): void {
    this.#host.requestUpdate();
  }
}
