/** Where a viewer's choices among versions survive a reload: ids of the messages and of the runs they chose to see, the latest choice last. */
export interface BranchStore {
  load(clientId: string | undefined): readonly string[];
  save(clientId: string | undefined, chosen: readonly string[]): void;
}

/** How many choices are kept; those made long ago are forgotten first. */
const maxChoices = 500;

/**
 * Keeps choices in `localStorage`, by channel and identity. All tabs of a person share them: the last one to choose is
 * what the next page shows. Where there is no storage, choices last as long as the page.
 */
export class LocalBranchStore implements BranchStore {
  readonly #channel: string;

  constructor(channel: string) {
    this.#channel = channel;
  }

  load(clientId: string | undefined): readonly string[] {
    try {
      const kept: unknown = typeof localStorage === 'undefined' ? [] : JSON.parse(localStorage.getItem(this.#key(clientId)) ?? '[]');
      return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : [];
    } catch {
      return [];
    }
  }

  save(clientId: string | undefined, chosen: readonly string[]): void {
    if (typeof localStorage === 'undefined') return;
    try {
      if (chosen.length === 0) localStorage.removeItem(this.#key(clientId));
      else localStorage.setItem(this.#key(clientId), JSON.stringify(chosen.slice(-maxChoices)));
    } catch {
      // Storage is full or forbidden: the choice holds for this page.
    }
  }

  #key(clientId: string | undefined): string {
    return `agent-session-elements:branches:${JSON.stringify([this.#channel, clientId ?? null])}`;
  }
}
