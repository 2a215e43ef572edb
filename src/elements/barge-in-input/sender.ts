import type {LitElement} from 'lit';
import type {Draft} from '../../controllers/draft.ts';
import {asSessionError, intend} from '../../controllers/intend.ts';
import {type SessionHost, SessionSource} from '../../controllers/session-source.ts';
import {type BargeInPolicy, isRunning} from '../../session/index.ts';
import type {Attachments} from './attachments.ts';
import type {InputExtras} from './input-extras.ts';
import {type Failure, otherWays} from './notices.ts';
import type {PolicyChoice} from './policy-choice.ts';
import type {StopWatch} from './stop-watch.ts';

export interface SenderParts {
  readonly attachments: Attachments;
  readonly choice: PolicyChoice;
  readonly draft: Draft;
  readonly extras: InputExtras;
  readonly stops: StopWatch;
}

/** Hands what is written to the session, and stops what agents do: how that goes, and why it failed. */
export class Sender {
  readonly #host: SessionHost & LitElement & {value: string; readonly disabled: boolean};
  readonly #parts: SenderParts;
  #isSending = false;
  #failure: Failure | undefined;

  constructor(host: SessionHost & LitElement & {value: string; readonly disabled: boolean}, parts: SenderParts) {
    this.#host = host;
    this.#parts = parts;
  }

  get isSending(): boolean {
    return this.#isSending;
  }

  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** Whether there is something to send. */
  get hasContent(): boolean {
    return this.#host.value.trim() !== '' || this.#parts.attachments.items.length > 0;
  }

  /** Whether there is a run that a message can barge in on. */
  get isBusy(): boolean {
    return SessionSource.of(this.#host).snapshot.runs.some(isRunning);
  }

  /** Sends all that is written; does nothing where nothing is, or where nothing can be sent now. */
  async send(policy: BargeInPolicy): Promise<void> {
    const {attachments, choice, draft, extras, stops} = this.#parts;
    const source = SessionSource.of(this.#host);
    const {session} = source;
    if (this.#isSending || this.#host.disabled || !this.hasContent || !session) return;
    const text = this.#host.value;
    const {channel} = session;
    // The page may show another conversation before this one has the message.
    const isElsewhere = (): boolean => (source.session?.channel ?? draft.channel) !== channel;
    this.#set(true, undefined);
    extras.dictation?.abort();
    try {
      const attached = await attachments.settled();
      const files = attached.flatMap(({part}) => part ?? []);
      // All that was to go may have been taken out while it was waited for.
      if (isElsewhere() || (text.trim() === '' && files.length === 0)) return;
      if (!(await intend(this.#host, {type: 'send', text, ...(files.length > 0 ? {files} : {}), policy}))) return;
      draft.take(channel, text);
      if (isElsewhere()) return;
      attachments.forget(attached);
      choice.forget();
      stops.dismiss();
    } catch (cause) {
      if (isElsewhere()) return;
      const error = asSessionError(cause);
      this.#failure = {error, of: 'send', others: this.isBusy && attachments.maySend(text) ? otherWays(policy, error, choice.all) : []};
    } finally {
      this.#set(false, this.#failure);
    }
  }

  /** Stops all that the agents are doing. */
  async stop(): Promise<void> {
    this.#set(this.#isSending, undefined);
    try {
      await intend(this.#host, {type: 'cancel'});
    } catch (cause) {
      this.#set(this.#isSending, {error: asSessionError(cause), of: 'cancel', others: []});
    }
  }

  /** Forgets what goes with the text: it belongs to the conversation that is left. */
  leave(): void {
    const {attachments, choice, extras} = this.#parts;
    extras.dictation?.abort();
    attachments.clear();
    choice.forget();
    this.#set(this.#isSending, undefined);
  }

  #set(isSending: boolean, failure: Failure | undefined): void {
    this.#isSending = isSending;
    this.#failure = failure;
    this.#host.requestUpdate();
  }
}
