import {provideSessionOpener} from '../../src/controllers/session-opener.ts';
import type {Session, SessionSettings} from '../../src/session/index.ts';
import {createMemorySession, type MemorySession, type MemorySessionOptions} from '../../src/testing/index.ts';

/** A session that counts who listens to it. */
export function countedSession(options?: MemorySessionOptions): {session: MemorySession; listeners: () => number} {
  const session = createMemorySession(options);
  let count = 0;
  const subscribe = session.subscribe.bind(session);
  session.subscribe = (listener) => {
    const stop = subscribe(listener);
    let isOn = true;
    count++;
    return () => {
      if (isOn) count--;
      isOn = false;
      stop();
    };
  };
  return {session, listeners: () => count};
}

export interface FakeOpener {
  /** Every opening, oldest first. */
  readonly opened: SessionSettings[];
  /** How many handles have not been released. */
  readonly held: number;
  /** The session of a channel, which is there from its first opening on. */
  sessionOf(channel: string): Session;
}

/** Makes elements open memory sessions, one a channel, and counts their handles. */
export function useFakeOpener(): FakeOpener {
  const sessions = new Map<string, MemorySession>();
  const opened: SessionSettings[] = [];
  let held = 0;
  provideSessionOpener((settings) => {
    const session = sessions.get(settings.channel) ?? createMemorySession({channel: settings.channel});
    sessions.set(settings.channel, session);
    opened.push(settings);
    held++;
    let isHeld = true;
    return {
      session,
      release() {
        if (isHeld) held--;
        isHeld = false;
      },
    };
  });
  return {
    opened,
    get held() {
      return held;
    },
    sessionOf(channel) {
      const session = sessions.get(channel);
      if (!session) throw new Error(`The channel ${channel} was not opened.`);
      return session;
    },
  };
}
