import {type ChildPart, html, type TemplateResult} from 'lit';
import {AsyncDirective} from 'lit/async-directive.js';
import {directive} from 'lit/directive.js';
import type {Unsubscribe} from '../../internal/listeners.ts';
import {type PartOptions, partViews} from './part-views.ts';

class MessageBodyDirective extends AsyncDirective {
  #options: PartOptions | undefined;
  #stop: Unsubscribe | undefined;

  render(options: PartOptions): TemplateResult {
    return html`${partViews(options)}`;
  }

  override update(_part: ChildPart, [options]: Parameters<this['render']>): TemplateResult {
    const isOther = options.message.id !== this.#options?.message.id || options.context.feed !== this.#options.context.feed;
    this.#options = options;
    if (isOther && this.isConnected) this.#subscribe();
    return this.render(options);
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
    if (!this.#options) return;
    const {message: {id}, context} = this.#options;
    this.#stop = context.feed.subscribe(id, (message) => {
      if (this.#options) this.#options = {...this.#options, message};
      this.#draw();
    });
  }

  #draw(): void {
    const options = this.#options;
    options?.context.desk.keepFocus(() => this.setValue(this.render(options)));
  }
}

/** The parts of a message. It follows the message by itself, so that a token that arrives renders this and nothing else. */
export const messageBody = directive(MessageBodyDirective);
