import type {LiveMap, PathObject, RealtimeObject} from 'ably/liveobjects';

/** That a person answers in the agents' place: the root key `handover`, absent while the agents answer. */
export interface Handover {
  /** Client id of the person. */
  readonly by: string;
  /** How to call them; their client id when absent. */
  readonly name?: string;
  /** Since when, in ms since the epoch. */
  readonly since: number;
  /** Until when; absent while it lasts. */
  readonly until?: number;
}

/** A session of AI Transport, or a channel, with LiveObjects. */
export interface HandoverSource {
  readonly object: RealtimeObject;
}

/**
 * Who answers in the agents' place now; undefined where the agents are to answer.
 * @throws {Ably.ErrorInfo} when the channel's objects cannot be read.
 */
export async function handoverOf({object}: HandoverSource): Promise<Handover | undefined> {
  return readHandover(fieldsOf(await object.get())['handover']);
}

/** All times that a person has answered in the agents' place, oldest first; of the present one `until` is absent. */
export async function handoversOf({object}: HandoverSource): Promise<readonly Handover[]> {
  const {handover, handovers} = fieldsOf(await object.get());
  const past: unknown[] = typeof handovers === 'object' && handovers !== null ? Object.values(handovers) : [];
  return [...past, handover].flatMap((value) => readHandover(value) ?? []).sort((one, other) => one.since - other.since);
}

/**
 * A signal that is aborted as soon as a person takes over: at once when one has. Give it to what the model writes, and end
 * the run with a word. `stop` ends the watch.
 * @throws {Ably.ErrorInfo} as {@link handoverOf}
 */
export async function watchHandover(source: HandoverSource): Promise<{readonly signal: AbortSignal; readonly current: () => Handover | undefined; readonly stop: () => void}> {
  const root = await source.object.get();
  const taken = new AbortController();
  let current: Handover | undefined;
  const look = (): void => {
    current = readHandover(fieldsOf(root)['handover']);
    if (current) taken.abort(new DOMException('a person has taken over', 'AbortError'));
  };
  const subscription = root.subscribe(look);
  look();
  return {signal: taken.signal, current: () => current, stop: () => subscription.unsubscribe()};
}

function fieldsOf(root: PathObject<LiveMap>): Readonly<Record<string, unknown>> {
  return (root.compactJson() ?? {}) as Readonly<Record<string, unknown>>; // a map's JSON is an object
}

/** Anybody may have written anything. */
function readHandover(value: unknown): Handover | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const {by, name, since, until} = value as Readonly<Record<string, unknown>>;
  if (typeof by !== 'string' || by === '') return undefined;
  return {by, since: Number(since) || 0, ...(typeof name === 'string' && name !== '' && {name}), ...(typeof until === 'number' && {until})};
}
