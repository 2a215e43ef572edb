import '../../src/define.ts';
import type {LiveValue} from '../../src/session/index.ts';
import {createMemorySession, type MemorySession} from '../../src/testing/index.ts';
import {clearPage, drawn, place, shownText} from './page.ts';

type Progress = HTMLElementTagNameMap['agent-progress'];
export type Entry = {[key: string]: LiveValue};

export const now = Date.now();

/** Tasks in every state that agents tell. */
export const trip = {
  plan: {agent: 'planner', label: 'Planning', state: 'running', startedAt: now - 90_000},
  flights: {agent: 'flights', label: 'Finding flights', detail: 'On the 14th', state: 'running', value: 3, max: 8, parent: 'plan'},
  rooms: {agent: 'hotels', label: 'Finding rooms', state: 'queued', parent: 'plan'},
  read: {agent: 'planner', label: 'Reading', state: 'done', startedAt: 1000, endedAt: 8000},
  call: {agent: 'hotels', label: 'Calling', state: 'failed', error: 'Nobody answered.', startedAt: 1000, endedAt: 9000},
  hostels: {agent: 'hotels', label: 'Searching hostels', state: 'cancelled', endedAt: 7000},
} satisfies Record<string, Entry>;

export function tell(session: MemorySession, entries: Record<string, LiveValue> = trip): void {
  for (const [id, entry] of Object.entries(entries)) session.state.receive(`progress.${id}`, entry);
}

/** A progress in the page with a session in memory, for a suite. */
class ProgressPage {
  session: MemorySession = createMemorySession();
  element: Progress = document.createElement('agent-progress');

  async show(fields: Partial<Progress> = {}): Promise<void> {
    this.element = Object.assign(document.createElement('agent-progress'), {session: this.session, ...fields});
    await place(this.element);
  }

  async settle(): Promise<void> {
    this.session.flush();
    this.session.state.flush();
    await drawn(this.element);
  }

  task(id: string): HTMLElement {
    const found = this.element.renderRoot.querySelector<HTMLElement>(`[data-task-id="${id}"]`);
    if (!found) throw new Error(`The task ${id} is not shown.`);
    return found;
  }

  row(id: string): string {
    return shownText(this.task(id).querySelector('.row') ?? document.createTextNode(''));
  }

  bar(id: string): HTMLProgressElement {
    const found = this.task(id).querySelector<HTMLProgressElement>('.row progress');
    if (!found) throw new Error(`The task ${id} has no bar.`);
    return found;
  }

  labels(selector = '.task'): string[] {
    return [...this.element.renderRoot.querySelectorAll(`${selector} > .row .label`)].map(shownText);
  }
}

export function useProgress(): ProgressPage {
  const page = new ProgressPage();
  beforeEach(() => {
    page.session = createMemorySession();
  });
  afterEach(clearPage);
  return page;
}
