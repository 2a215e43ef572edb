const prefix = 'agent-session-elements:draft:';

/** Keeps what a person has typed and not sent, by channel, in this browser. Without storage it keeps nothing. */
export const drafts = {
  read(channel: string): string {
    return withStorage((storage) => storage.getItem(prefix + channel)) ?? '';
  },

  /** An empty text forgets the draft. */
  keep(channel: string, text: string): void {
    withStorage((storage) => {
      if (text === '') storage.removeItem(prefix + channel);
      else storage.setItem(prefix + channel, text);
    });
  },
};

function withStorage<T>(use: (storage: Storage) => T): T | undefined {
  try {
    return use(localStorage);
  } catch {
    // Blocked by the browser's settings, by a sandbox, or full: a draft is a convenience and must not break typing.
    return undefined;
  }
}
