import type {Unsubscribe} from '../internal/listeners.ts';
import type {Intent} from './intent.ts';
import type {ToolHandler} from './client-tools.ts';
import type {LiveState} from './live-state.ts';
import type {SessionSnapshot} from './snapshot.ts';

/** What changed since the last announcement. */
export interface SessionChange {
  readonly snapshot: SessionSnapshot;
  /** The snapshot of the last announcement; compare slices by identity. */
  readonly previous: SessionSnapshot;
  /** Messages whose parts changed in place. The list itself is in the snapshot. */
  readonly messageIds: ReadonlySet<string>;
}

/**
 * A conversation between people and agents on a channel, as the elements see it. State comes down by
 * {@link Session.snapshot} and {@link Session.subscribe}, requests go up by {@link Session.dispatch}; nothing else.
 */
export interface Session {
  /** The channel's name. */
  readonly channel: string;
  /** The state that people and agents share, beside what they say. */
  readonly state: LiveState;
  /** What is true now, including what has not been announced yet. */
  readonly snapshot: SessionSnapshot;
  /** Announces changes, at most once per animation frame (by timer where the page is hidden). */
  subscribe(listener: (change: SessionChange) => void): Unsubscribe;
  /**
   * Asks for something.
   * @throws {SessionError} when it cannot be done; nothing that the person typed is lost.
   */
  dispatch(intent: Intent): Promise<void>;
  /**
   * Offers to carry out tools that agents leave to the page. A call is carried out at most once over all pages and
   * devices that offer; its result, failure or refusal goes to the agent, so that its run goes on.
   * @returns takes the offer back.
   */
  offerTools(handler: ToolHandler): Unsubscribe;
}
