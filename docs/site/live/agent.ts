import type {MemoryRun, MemorySession} from 'agent-session-elements/testing';

export interface Writing {
  readonly run: MemoryRun;
  /** What was asked. */
  readonly text: string;
  readonly session: MemorySession;
  /** Whether the run goes on; checked after each pause. */
  isOn(): boolean;
  /** Waits; resolves to whether the run goes on. */
  pause(ms: number): Promise<boolean>;
  /** Writes word by word; resolves to whether the run goes on. */
  write(text: string): Promise<boolean>;
}

export type Reply = (writing: Writing) => Promise<void>;

const wordMs = 32;

/** An agent that answers every message of a session in memory by a script, as one on a channel would. */
export function answer(session: MemorySession, signal: AbortSignal, reply: Reply, agentId = 'planner'): void {
  const seen = new Set<string>();
  const look = () => {
    for (const {key, status, inputId} of session.snapshot.runs) {
      if (status !== 'starting' || inputId === undefined || seen.has(key)) continue;
      seen.add(key);
      const message = session.snapshot.messages.find(({id}) => id === inputId);
      const text = message?.parts.map((part) => (part.type === 'text' ? part.text : '')).join(' ') ?? '';
      void begin(session, signal, {text, inputId, agentId, reply});
    }
  };
  const stop = session.subscribe(look);
  signal.addEventListener('abort', stop);
  look();
}

async function begin(session: MemorySession, signal: AbortSignal, {text, inputId, agentId, reply}: {text: string; inputId: string; agentId: string; reply: Reply}): Promise<void> {
  if (!(await wait(500, signal))) return;
  // It may have been stopped before an agent began.
  if (!session.snapshot.runs.some((run) => run.inputId === inputId && run.status === 'starting')) return;
  const run = session.startRun({inputId, clientId: agentId});
  const isOn = () => run.isActive && !signal.aborted;
  const pause = async (ms: number) => (await wait(ms, signal)) && isOn();
  await reply({
    run, text, session, isOn, pause,
    write: async (words) => {
      for (const word of words.match(/\S+\s*|\s+/g) ?? []) {
        run.append(word);
        if (!(await pause(wordMs))) return false;
      }
      return true;
    },
  });
  if (isOn()) run.end();
}

/** Resolves after some time, to `false` where it was aborted. */
export function wait(ms: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(false);
    const timer = setTimeout(() => resolve(true), ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve(false);
    }, {once: true});
  });
}
