import '../../src/define.ts';
import type {LiveValue} from '../../src/session/index.ts';
import {createMemorySession, type MemorySession} from '../../src/testing/index.ts';
import {clearPage, drawn, place} from './page.ts';

type SharedState = HTMLElementTagNameMap['shared-state'];

export type Fields = Partial<SharedState> & {content?: readonly Node[]};

/** Makes an element with properties and children, for pages that are written in a test. */
export function make<K extends keyof HTMLElementTagNameMap>(tag: K, fields: Partial<HTMLElementTagNameMap[K]> = {}, ...children: (Node | string)[]): HTMLElementTagNameMap[K] {
  const element = Object.assign(document.createElement(tag), fields);
  element.append(...children);
  return element;
}

/** A shared state in the page with a session in memory, for a suite. */
class BoundPage {
  session: MemorySession = createMemorySession();
  element: SharedState = document.createElement('shared-state');
  /** What was asked of the session's state, as the method and its arguments. */
  writes: unknown[] = [];

  begin(): void {
    this.session = createMemorySession();
    this.writes = [];
    const {state} = this.session;
    for (const method of ['set', 'remove', 'increment'] as const) {
      const write = state[method].bind(state) as (...parts: readonly unknown[]) => Promise<void>;
      state[method] = (...parts: readonly unknown[]) => {
        this.writes.push([method, ...parts]);
        return write(...parts);
      };
    }
  }

  async show({content = [], ...fields}: Fields = {}): Promise<void> {
    this.element = Object.assign(document.createElement('shared-state'), {session: this.session, ...fields});
    this.element.append(...content);
    await place(this.element);
  }

  async settle(): Promise<void> {
    this.session.state.flush();
    await drawn(this.element);
  }

  async receive(path: string, value: LiveValue | undefined): Promise<void> {
    this.session.state.receive(path, value);
    await this.settle();
  }

  get root(): unknown {
    return this.session.state.snapshot.root;
  }

  /** What a person does to a control: its value, then the events that the browser fires. */
  async type(control: HTMLInputElement | HTMLTextAreaElement, value: string, ...events: ('input' | 'change')[]): Promise<void> {
    control.value = value;
    for (const type of events) control.dispatchEvent(type === 'input' ? new InputEvent(type, {bubbles: true, composed: true}) : new Event(type, {bubbles: true}));
    await this.settle();
  }
}

export function useBoundPage(): BoundPage {
  const page = new BoundPage();
  beforeEach(() => page.begin());
  afterEach(clearPage);
  return page;
}
