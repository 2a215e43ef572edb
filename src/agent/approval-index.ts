import {LiveMap, type PathObject, type RealtimeObject} from 'ably/liveobjects';
import {warnOnce} from '../internal/warn.ts';
import {type Clock, systemClock} from './clock.ts';

export interface ApprovalIndexOptions {
  /** The root key of the map; `approvals` when absent. */
  readonly key?: string;
  /** Told of writes that failed; a warning in the console when absent. They are tried again with the next one. */
  readonly onError?: (error: Error) => void;
  readonly clock?: Clock;
}

/** Which channels have something pending, for `<approval-inbox index-channel="…">`. */
export interface ApprovalIndex {
  /** Something waits for a person on this channel. Since when stays as it was where something did already. */
  pending(channel: string): Promise<void>;
  /** Nothing waits there any more. */
  decided(channel: string): Promise<void>;
  /** The channels where something waits, with since when, in ms since the epoch: what an agent that starts looks after. */
  channels(): Promise<ReadonlyMap<string, {readonly since: number}>>;
  /** Lets go of the index channel. What was written stays. */
  close(): void;
}

/**
 * Keeps the index of channels on which agents wait for a person: `approvals.<channel name>` = `{since}`, in ms since the
 * epoch, on a channel that all agents share. Call `pending` when a run is suspended for a decision, and `decided` when
 * none is left; both may be called as often as one likes.
 *
 * Several agents may begin at the same moment on a channel that has no map yet: each makes one, the last one stays, and
 * all write what they know to that one. The client needs the LiveObjects plugin, and the token `object-subscribe` and
 * `object-publish` on the index channel.
 *
 * ```ts
 * const index = createApprovalIndex(client.channels.get('sessions:approvals', {modes: ['OBJECT_SUBSCRIBE', 'OBJECT_PUBLISH']}));
 * await run.suspend();
 * await index.pending(channelName);
 * ```
 *
 * @param source the index channel
 */
export function createApprovalIndex({object}: {readonly object: RealtimeObject}, {key = 'approvals', onError, clock = systemClock}: ApprovalIndexOptions = {}): ApprovalIndex {
  const wanted = new Map<string, number>();
  let opening: Promise<Root> | undefined;
  let follow: Promise<{unsubscribe(): void}> | undefined;
  let mapId: string | undefined;

  function report(cause: unknown): void {
    const error = new Error(`The index of approvals could not be written: ${cause instanceof Error ? cause.message : String(cause)}`, {cause});
    (onError ?? ((failure: Error) => warnOnce(failure.message)))(error);
  }

  /** Opens it, at the first call and anew after a failure: a line that was down once must not close it for good. */
  function opened(): Promise<Root> {
    if (opening) return opening;
    const attempt = open(object, key);
    opening = attempt;
    follow = attempt.then(followMap);
    follow.catch((cause: unknown) => {
      report(cause);
      if (opening === attempt) opening = undefined;
    });
    return attempt;
  }

  /** Where another agent's map has taken the place of ours, what we know is in neither. */
  function followMap(root: Root): {unsubscribe(): void} {
    const look = (): void => {
      const id = root.get(key).instance()?.id;
      if (id === mapId) return;
      mapId = id;
      for (const [channel, since] of wanted) if (entryOf(root, key, channel) === undefined) root.get(key).set(channel, {since}).catch(report);
    };
    look();
    return root.subscribe(look, {depth: 1});
  }
  opened().catch(() => undefined); // It was reported.

  return {
    async pending(channel) {
      const root = await opened();
      const since = entryOf(root, key, channel) ?? wanted.get(channel) ?? clock.now();
      wanted.set(channel, since);
      if (entryOf(root, key, channel) === undefined) await root.get(key).set(channel, {since});
    },
    async decided(channel) {
      wanted.delete(channel);
      const root = await opened();
      if (entryOf(root, key, channel) !== undefined) await root.get(key).remove(channel);
    },
    async channels() {
      const root = await opened();
      const entries = Object.keys(entriesOf(root, key)).map((channel) => [channel, {since: entryOf(root, key, channel) ?? 0}] as const);
      return new Map(entries);
    },
    close() {
      wanted.clear();
      void follow?.then((subscription) => subscription.unsubscribe(), () => undefined);
    },
  };
}

type Root = PathObject<LiveMap>;

async function open(object: RealtimeObject, key: string): Promise<Root> {
  const root: Root = await object.get();
  if (!root.get(key).instance()) await root.set(key, LiveMap.create());
  return root;
}

function entriesOf(root: Root, key: string): Readonly<Record<string, unknown>> {
  const {[key]: entries} = (root.compactJson() ?? {}) as Readonly<Record<string, unknown>>; // a map's JSON is an object
  return typeof entries === 'object' && entries !== null ? (entries as Readonly<Record<string, unknown>>) : {};
}

function entryOf(root: Root, key: string, channel: string): number | undefined {
  const entry = entriesOf(root, key)[channel];
  if (typeof entry !== 'object' || entry === null) return undefined;
  const {since} = entry as {since?: unknown};
  return typeof since === 'number' ? since : 0;
}
