import 'agent-session-elements/define';
import type {AgentSessionElement} from 'agent-session-elements';
import {createMemorySession, type MemorySession} from 'agent-session-elements/testing';
import {whenVisible} from './when-visible.ts';

/** Makes an example live: what agents and other people would do in its session, until it is aborted. */
export type Drive = (example: {session: MemorySession; host: AgentSessionElement; signal: AbortSignal}) => unknown;

const drives = import.meta.glob<{drive: Drive}>('../live/*.ts');

/** Lets recordings be played again. */
export function offerReplay(): void {
  for (const stage of document.querySelectorAll<HTMLElement>('[data-replay]')) {
    const button = stage.querySelector<HTMLButtonElement>('[data-replay-again]');
    button?.addEventListener('click', () => void stage.querySelector('agent-session')?.replay());
    if (button) button.hidden = false;
  }
}

/** Gives every example of the page a session in memory, as soon as it comes into view. */
export function startExamples(): void {
  for (const section of document.querySelectorAll<HTMLElement>('[data-live]')) {
    const host = section.querySelector('agent-session');
    const button = section.querySelector<HTMLButtonElement>('[data-restart]');
    if (!host) continue;
    let running = new AbortController();
    const start = async () => {
      running.abort();
      running = new AbortController();
      const {signal} = running;
      const session = createMemorySession({channel: 'conversations:lisbon', clientId: 'you'});
      host.session = session;
      const module = await drives[`../live/${section.dataset['live'] ?? ''}.ts`]?.();
      if (!signal.aborted) await module?.drive({session, host, signal});
    };
    // An element without a session says that it lacks one.
    host.session = createMemorySession({clientId: 'you'});
    whenVisible(section, () => void start());
    button?.addEventListener('click', () => void start());
    if (button) button.hidden = false;
  }
}
