import {expect, waitUntil} from '@open-wc/testing';
import {ChatPage} from './chat.ts';
import {exchange} from './conversation.ts';
import {clearPage, drawn, nextFrame} from './page.ts';

/** A chat with a long history, and what can be seen of it. */
class LongChat extends ChatPage {
  get scroller(): HTMLElement {
    return this.find('.scroller');
  }

  get ids(): (string | undefined)[] {
    return this.articles.map(({dataset}) => dataset['messageId']);
  }

  get distanceToEnd(): number {
    const {scrollHeight, clientHeight, scrollTop} = this.scroller;
    return scrollHeight - clientHeight - scrollTop;
  }

  /** The id of the message that has the focus. */
  get focused(): string | undefined {
    const {activeElement} = this.chat.shadowRoot!;
    return activeElement instanceof HTMLElement ? activeElement.dataset['messageId'] : undefined;
  }

  /** Shows `count` messages, of which `pageSize` are loaded. */
  async showMany(count: number, pageSize = count): Promise<void> {
    this.begin({pageSize});
    this.session.load(exchange(count));
    await this.show({}, '600px');
    await this.atRest();
  }

  /** How far below the top of the view something begins, in px. */
  topOf(element: Element): number {
    return element.getBoundingClientRect().top - this.scroller.getBoundingClientRect().top;
  }

  get firstInView(): HTMLElement {
    return this.articles.find((row) => this.topOf(row) + row.offsetHeight > 0)!;
  }

  /** Waits until nothing more is drawn ahead, and the scrollbar tells what it should. */
  async atRest(): Promise<void> {
    let since = performance.now();
    let before = '';
    await waitUntil(() => {
      const now = `${this.ids.join()} ${this.scroller.scrollTop} ${this.scroller.scrollHeight}`;
      if (now !== before) since = performance.now();
      before = now;
      return performance.now() - since > 200;
    }, 'it comes to rest', {interval: 20, timeout: 8000});
  }

  async scrollTo(top: number): Promise<void> {
    this.scroller.scrollTop = top;
    await nextFrame();
    await drawn(this.chat);
  }

  /** The view shows rows from its top to its bottom. */
  expectNoGap(): void {
    const view = this.scroller.getBoundingClientRect();
    for (const gap of this.scroller.querySelectorAll('.gap')) {
      const {top, bottom} = gap.getBoundingClientRect();
      expect(bottom <= view.top + 1 || top >= view.bottom - 1, 'no gap is in view').to.be.true;
    }
  }
}

export function useLongChat(): LongChat {
  const page = new LongChat();
  beforeEach(() => page.begin());
  afterEach(clearPage);
  return page;
}
