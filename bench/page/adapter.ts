/** One answer that is being written. */
export interface Answer {
  /** Called for each delta, with the whole text so far. */
  push(delta: string, whole: string, isFinal: boolean): void;
}

/** A message of a conversation that is there already. */
export interface PastMessage {
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

/** What is measured, as somebody would put it into a page. */
export interface Adapter {
  /** Loads what it would have loaded in a page that has been open for a moment. */
  ready?(): Promise<unknown>;
  /** Shows so many answers, empty still, in `host`; undefined where it can not. */
  open?(host: HTMLElement, count: number): Answer[] | undefined | Promise<Answer[] | undefined>;
  /** Shows a conversation in `host`. */
  history?(host: HTMLElement, messages: readonly PastMessage[]): unknown;
  /** What scrolls, where it brings its own. */
  scroller?(host: HTMLElement): HTMLElement | undefined;
}

declare global {
  /** Every adapter that a page has loaded, by name. */
  var benchAdapters: Record<string, Adapter> | undefined;
}

export function register(adapters: Record<string, Adapter>): void {
  globalThis.benchAdapters = {...globalThis.benchAdapters, ...adapters};
}
