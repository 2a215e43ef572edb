import '../../src/define.ts';
import {createMemorySession, type MemorySession, type MemorySessionOptions} from '../../src/testing/index.ts';
import {clearPage, drawn, place} from './page.ts';

type Input = HTMLElementTagNameMap['barge-in-input'];

/** An input in the page with a session in memory, for a suite: a new session before each test, an empty page after it. */
class InputPage {
  session: MemorySession = createMemorySession();
  #input: Input | undefined;

  get input(): Input {
    if (!this.#input) throw new Error('The input has not been shown yet.');
    return this.#input;
  }

  begin(options?: MemorySessionOptions): void {
    this.session = createMemorySession({channel: 'lisbon', ...options});
    this.#input = undefined;
  }

  async show(fields: Partial<Input> = {}): Promise<void> {
    this.#input = Object.assign(document.createElement('barge-in-input'), {session: this.session, ...fields});
    await place(this.#input);
    this.#input.focus();
  }

  /** Waits until what the session has to tell is drawn. */
  async settle(): Promise<void> {
    this.session.flush();
    await drawn(this.input);
  }

  has(selector: string): boolean {
    return this.input.renderRoot.querySelector(selector) !== null;
  }

  // The caller names the kind of element, which a query cannot know.
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
  find<T extends HTMLElement = HTMLElement>(selector: string): T {
    const found = this.input.renderRoot.querySelector<T>(selector);
    if (!found) throw new Error(`Nothing in the input matches ${selector}.`);
    return found;
  }

  all(selector: string): HTMLElement[] {
    return [...this.input.renderRoot.querySelectorAll<HTMLElement>(selector)];
  }

  get textarea(): HTMLTextAreaElement {
    return this.find<HTMLTextAreaElement>('.line textarea');
  }

  get action(): HTMLButtonElement {
    return this.find<HTMLButtonElement>('.action');
  }

  get actionName(): string | null {
    return this.action.getAttribute('aria-label');
  }

  button(name: string): HTMLButtonElement {
    const found = this.all('button').find((button) => nameOf(button).includes(name));
    if (!found) throw new Error(`There is no button named ${name}: ${this.all('button').map(nameOf).join(', ')}`);
    return found as HTMLButtonElement;
  }

  /** What has the focus. */
  get focused(): Element | null {
    return this.input.shadowRoot?.activeElement ?? null;
  }

  get focusedName(): string {
    return this.focused ? nameOf(this.focused) : '';
  }

  /** The texts that wait, as they are shown. */
  get queued(): string[] {
    return this.all('.queued-text').map(({textContent}) => textContent);
  }

  /** What was said aloud last. */
  get said(): string {
    return this.find('.announcer').textContent;
  }

  async queue(...texts: string[]): Promise<void> {
    for (const text of texts) await this.session.dispatch({type: 'send', text, policy: 'queue'});
    await this.settle();
  }
}

export function nameOf(element: Element): string {
  return (element.getAttribute('aria-label') ?? element.textContent).replace(/\s+/g, ' ').trim();
}

export function useInput(): InputPage {
  const page = new InputPage();
  beforeEach(() => page.begin());
  afterEach(() => {
    clearPage();
    sessionStorage.clear();
  });
  return page;
}
