import {type ChildPart} from 'lit';
import {AsyncDirective} from 'lit/async-directive.js';
import {directive} from 'lit/directive.js';
import {onTick} from '../../controllers/ticker.ts';
import type {Locale} from '../../i18n/index.ts';
import type {Unsubscribe} from '../../internal/listeners.ts';

class AgoDirective extends AsyncDirective {
  #time = 0;
  #locale: Locale | undefined;
  #words = '';
  #stop: Unsubscribe | undefined;

  render(time: number, locale: Locale): string {
    this.#time = time;
    this.#locale = locale;
    return (this.#words = locale.ago(Date.now() - time));
  }

  override update(_part: ChildPart, [time, locale]: Parameters<this['render']>): string {
    if (this.isConnected) this.#follow();
    return this.render(time, locale);
  }

  protected override disconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  protected override reconnected(): void {
    this.#follow();
  }

  #follow(): void {
    this.#stop ??= onTick(() => {
      const words = this.#locale?.ago(Date.now() - this.#time) ?? '';
      if (words === this.#words) return;
      this.#words = words;
      this.setValue(words);
    });
  }
}

/** How long ago a time was, in words that keep up. Arguments: the time, in ms since the epoch; the language. */
export const ago = directive(AgoDirective);
