import type {LoadedMessage, MemoryRun, MemorySession} from '../../src/testing/index.ts';

export function said(id: string, text: string, fields: Partial<LoadedMessage> = {}): LoadedMessage {
  return {id, role: 'user', parts: [{type: 'text', text}], ...fields};
}

export function answered(id: string, text: string, fields: Partial<LoadedMessage> = {}): LoadedMessage {
  return {id, role: 'assistant', parts: [{type: 'text', text}], ...fields};
}

/** Questions and answers in turn, `count` messages in all: m0, m1, … */
export function exchange(count: number): LoadedMessage[] {
  return Array.from({length: count}, (_, index) => {
    const make = index % 2 === 0 ? said : answered;
    return make(`m${index}`, `Message ${index}. ${'It goes on for a while. '.repeat(8)}`, {createdAt: index * 1000});
  });
}

/** The person asks and an agent begins to answer. */
export async function ask(session: MemorySession, text = 'A question'): Promise<MemoryRun> {
  await session.dispatch({type: 'send', text});
  return session.startRun();
}
