import '../../src/define.ts';
import {createMemorySession, type MemoryRun, type MemorySession, type MemorySessionOptions} from '../../src/testing/index.ts';
import {clearPage, deep, drawn, place} from './page.ts';

type Chat = HTMLElementTagNameMap['agent-chat'];

/** A chat in the page with a session in memory, for a suite: a new session before each test, an empty page after it. */
export class ChatPage {
  session: MemorySession = createMemorySession();
  #chat: Chat | undefined;

  get chat(): Chat {
    if (!this.#chat) throw new Error('The chat has not been shown yet.');
    return this.#chat;
  }

  begin(options?: MemorySessionOptions): void {
    this.session = createMemorySession({agentId: 'planner', ...options});
    this.#chat = undefined;
  }

  async show(fields: Partial<Chat> = {}, height = '400px'): Promise<void> {
    this.#chat = Object.assign(document.createElement('agent-chat'), {session: this.session, ...fields});
    this.#chat.style.setProperty('height', height);
    await place(this.#chat);
  }

  /** Waits until what the session has to tell is drawn. */
  async settle(): Promise<void> {
    this.session.flush();
    await drawn(this.chat);
  }

  has(selector: string): boolean {
    return deep(this.chat.renderRoot, selector) !== undefined;
  }

  find(selector: string): HTMLElement {
    const found = deep(this.chat.renderRoot, selector);
    if (!found) throw new Error(`Nothing in the chat matches ${selector}.`);
    return found;
  }

  get input(): HTMLElementTagNameMap['barge-in-input'] {
    return this.find('barge-in-input') as HTMLElementTagNameMap['barge-in-input'];
  }

  get textarea(): HTMLTextAreaElement {
    return this.find('textarea') as HTMLTextAreaElement;
  }

  get articles(): HTMLElement[] {
    return [...this.chat.renderRoot.querySelectorAll('article')];
  }

  article(messageId: string): HTMLElement {
    return this.find(`article[data-message-id="${messageId}"]`);
  }

  button(name: string): HTMLButtonElement {
    const buttons = [...this.chat.renderRoot.querySelectorAll('button')];
    const found = buttons.find((button) => (button.getAttribute('aria-label') ?? button.textContent).includes(name));
    if (!found) throw new Error(`There is no button named ${name}.`);
    return found;
  }
}

export function useChat(): ChatPage {
  const page = new ChatPage();
  beforeEach(() => page.begin());
  afterEach(clearPage);
  return page;
}

/** An agent asks for something in a run of its own, and waits. */
export async function askApproval(session: MemorySession, {toolCallId = 'call', input = {to: 'LIS', seats: 2, refundable: false}, ...matter}: {
  toolCallId?: string;
  input?: unknown;
  approvers?: readonly string[];
  note?: string;
} = {}): Promise<MemoryRun> {
  await session.dispatch({type: 'send', text: 'Book it', policy: 'alongside'});
  const run = session.startRun();
  run.part({type: 'data-approval', data: {toolCallId, ...matter}});
  run.part({type: 'tool-bookFlight', toolCallId, state: 'approval-requested', input, approval: {id: toolCallId}});
  run.end('suspended');
  return run;
}
