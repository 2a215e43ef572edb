import type {ReactiveControllerHost} from 'lit';
import type {SessionError} from '../../session/index.ts';

/** What a person is changing in a message of theirs. */
export interface MessageEditor {
  /** As typed; it changes in place. */
  readonly draft: {text: string};
  /** Why it could not be sent. */
  readonly error: SessionError | undefined;
  readonly isBusy: boolean;
}

/** What a person has said of an answer. */
export interface Feedback {
  readonly rating: 'up' | 'down';
  /** `asking`: for words; `thanked`: the words are sent, or were not wanted. */
  readonly state: 'asking' | 'thanked';
  readonly draft: {text: string};
}

/** What is open in the row of a message, and what was done there. */
export interface MessageState {
  readonly editor: MessageEditor | undefined;
  readonly copied: 'copied' | 'failed' | undefined;
  readonly isMenuOpen: boolean;
  readonly feedback: Feedback | undefined;
}

const untouched: MessageState = {editor: undefined, copied: undefined, isMenuOpen: false, feedback: undefined};

/** The state of each row, by the message's id. A change draws that row and no other. */
export class MessageStates {
  readonly #host: ReactiveControllerHost;
  readonly #states = new Map<string, MessageState>();

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  of(messageId: string): MessageState {
    return this.#states.get(messageId) ?? untouched;
  }

  change(messageId: string, change: Partial<MessageState>): void {
    this.#states.set(messageId, {...this.of(messageId), ...change});
    this.#host.requestUpdate();
  }
}
