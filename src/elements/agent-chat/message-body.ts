import {type ChildPart, html, type TemplateResult} from 'lit';
import {AsyncDirective} from 'lit/async-directive.js';
import {directive} from 'lit/directive.js';
import type {Unsubscribe} from '../../internal/listeners.ts';
import type {SessionMessage} from '../../session/index.ts';
import type {ChatContext} from './chat-context.ts';
import {partView} from './part-views.ts';

class MessageBodyDirective extends AsyncDirective {
  #message: SessionMessage | undefined;
  #isStreaming = false;
  #context: ChatContext | undefined;
  #stop: Unsubscribe | undefined;

  render(message: SessionMessage, isStreaming: boolean, context: ChatContext): TemplateResult {
    return html`${message.parts.map((part) => partView(part, {message, isStreaming, context}))}`;
  }

  override update(_part: ChildPart, [message, isStreaming, context]: Parameters<this['render']>): TemplateResult {
    const isOther = message.id !== this.#message?.id || context.feed !== this.#context?.feed;
    this.#message = message;
    this.#isStreaming = isStreaming;
    this.#context = context;
    if (isOther && this.isConnected) this.#subscribe();
    return this.render(message, isStreaming, context);
  }

  protected override disconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  protected override reconnected(): void {
    this.#subscribe();
    this.#draw();
  }

  #subscribe(): void {
    this.#stop?.();
    if (!this.#message) return;
    this.#stop = this.#context?.feed.subscribe(this.#message.id, (message) => {
      this.#message = message;
      this.#draw();
    });
  }

  #draw(): void {
    if (this.#message && this.#context) this.setValue(this.render(this.#message, this.#isStreaming, this.#context));
  }
}

/**
 * The parts of a message. It follows the message by itself, so that a token that arrives renders this and nothing else.
 * Arguments: the message; whether an agent is writing it; the conversation's context.
 */
export const messageBody = directive(MessageBodyDirective);
