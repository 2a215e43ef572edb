import type {UIMessage} from 'ai';
import type {SessionError} from '../session/errors.ts';
import type {MessagePart, TextPart} from '../session/message.ts';
import type {RunStatus} from '../session/snapshot.ts';
import type {LoadedMessage} from './memory-options.ts';

/** How a run may end. */
export type RunEnd = 'complete' | 'cancelled' | 'error' | 'suspended';

interface RunOwner {
  addMessage(message: LoadedMessage): void;
  touch(messageId: string): void;
  consume(messageId: string | undefined): void;
  /** What is derived of the parts may be different now. */
  changed(): void;
  set(status: RunStatus, error: SessionError | undefined): void;
  status(): RunStatus | undefined;
}

/** Drives one run of a {@link MemorySession}, as an agent would. A run that has ended takes nothing more. */
export class MemoryRun {
  readonly id: string;
  readonly #clientId: string;
  readonly #owner: RunOwner;
  #parts: MessagePart[] = [];
  #count = 1;
  #isAnnounced = false;

  constructor(id: string, clientId: string, owner: RunOwner) {
    this.id = id;
    this.#clientId = clientId;
    this.#owner = owner;
  }

  /** Id of the message that the run writes now. */
  get messageId(): string {
    return `${this.id}-message${this.#count === 1 ? '' : `-${this.#count}`}`;
  }

  get isActive(): boolean {
    return this.#owner.status() === 'active';
  }

  /** Adds text to the answer: to its last part where that is text, else as a new part. */
  append(delta: string): void {
    if (!this.isActive) return;
    const last = this.#parts.at(-1);
    if (last?.type === 'text') last.text += delta;
    else this.#parts.push({type: 'text', text: delta, state: 'streaming'} satisfies TextPart);
    this.#announce();
  }

  /** Adds a part, or replaces the one of the same tool call or the same data id. */
  part(part: MessagePart): void {
    if (!this.isActive) return;
    const place = this.#parts.findIndex((other) => isSamePart(other, part));
    if (place === -1) this.#parts.push(part);
    else this.#parts[place] = part;
    this.#announce();
    this.#owner.changed();
  }

  /**
   * Has the model before it what was said into the run meanwhile: one message, or all that wait. What it writes from then
   * on is another message.
   */
  consume(messageId?: string): void {
    if (!this.isActive) return;
    this.#owner.consume(messageId);
    if (!this.#isAnnounced) return;
    this.#finishParts();
    this.#parts = [];
    this.#count++;
    this.#isAnnounced = false;
  }

  /** Goes on after having been suspended. */
  resume(): void {
    if (this.#owner.status() === 'suspended') this.#owner.set('active', undefined);
  }

  /** Ends the run, or suspends it until a person has answered; one that is suspended may end without an answer. */
  end(reason: RunEnd = 'complete', error?: SessionError): void {
    if (!this.isActive && this.#owner.status() !== 'suspended') return;
    this.#finishParts();
    this.#owner.set(reason, error);
  }

  #finishParts(): void {
    for (const part of this.#parts) if (part.type === 'text' || part.type === 'reasoning') part.state = 'done';
    if (this.#isAnnounced) this.#owner.touch(this.messageId);
  }

  #announce(): void {
    if (this.#isAnnounced) {
      this.#owner.touch(this.messageId);
      return;
    }
    this.#isAnnounced = true;
    // The same array: parts are changed in place, as AI Transport does.
    this.#owner.addMessage({id: this.messageId, role: 'assistant', clientId: this.#clientId, parts: this.#parts as UIMessage['parts']});
  }
}

function isSamePart(one: MessagePart, other: MessagePart): boolean {
  if ('toolCallId' in one && 'toolCallId' in other) return one.toolCallId === other.toolCallId;
  return one.type === other.type && 'id' in one && 'id' in other && one.id !== undefined && one.id === other.id;
}
