import type * as Ably from 'ably';
import {warnOnce} from '../internal/warn.ts';
import type {AgentStatus, PresenceData, PresenceSource} from './presence.ts';
import {onTermination} from './termination.ts';

export interface AnnounceOptions {
  /** What the agent does to begin with; `thinking` when absent. */
  readonly status?: AgentStatus;
  /** The run that it works on. */
  readonly runId?: string;
  /** What to call the agent; its client id when absent. */
  readonly name?: string;
  /** Told when presence cannot be published; a warning in the console when absent. The agent's work goes on. */
  readonly onError?: (error: Error) => void;
}

/** An agent's presence while it works on something. */
export interface Announcement {
  readonly status: AgentStatus;
  /** Says what the agent does now. Goes out at once; of several changes while one is under way, the last. */
  set(status: AgentStatus): void;
  /** Passes a stream on; the agent is `streaming` from its first chunk to its end, then `thinking`. */
  streaming<Chunk>(stream: ReadableStream<Chunk>): ReadableStream<Chunk>;
  /** Ends this announcement; the agent leaves when it was its last one on the channel. Never rejects; idempotent. */
  leave(): Promise<void>;
}

/**
 * Keeps an agent's presence on a channel true while it works: enters, says what it does, and leaves when the work is
 * done, has failed, or the process is asked to end by SIGTERM or SIGINT (after which the process ends as it would).
 *
 * An agent that does several things at once on one channel is one member there, with the most active status of them:
 * `streaming` before `thinking` before `idle`. It needs the operation `presence` in its token, and a client id.
 *
 * ```ts
 * await announce(session, {runId: run.runId}, async (announcement) => {
 *   await run.pipe(announcement.streaming(output));
 * });
 * ```
 *
 * @param source a session of AI Transport, or a channel
 * @param work done in presence; without it, call {@link Announcement.leave} when done
 * @throws what the work throws, after having left
 */
export function announce(source: PresenceSource, options?: AnnounceOptions): Announcement;
export function announce<Result>(source: PresenceSource, work: (announcement: Announcement) => Promise<Result>): Promise<Result>;
export function announce<Result>(source: PresenceSource, options: AnnounceOptions, work: (announcement: Announcement) => Promise<Result>): Promise<Result>;
export function announce<Result>(
  {presence}: PresenceSource,
  optionsOrWork: AnnounceOptions | ((announcement: Announcement) => Promise<Result>) = {},
  laterWork?: (announcement: Announcement) => Promise<Result>,
): Announcement | Promise<Result> {
  const [options, work] = typeof optionsOrWork === 'function' ? [{}, optionsOrWork] : [optionsOrWork, laterWork];
  const announcement = new OneAnnouncement(memberOf(presence), options);
  return work ? during(announcement, work) : announcement;
}

async function during<Result>(announcement: Announcement, work: (announcement: Announcement) => Promise<Result>): Promise<Result> {
  try {
    return await work(announcement);
  } finally {
    await announcement.leave();
  }
}

class OneAnnouncement implements Announcement {
  readonly options: AnnounceOptions;
  readonly #member: Member;
  readonly #withdraw: () => void;
  #status: AgentStatus;

  constructor(member: Member, options: AnnounceOptions) {
    this.options = options;
    this.#member = member;
    this.#status = options.status ?? 'thinking';
    this.#withdraw = onTermination(() => this.leave());
    member.add(this);
  }

  get status(): AgentStatus {
    return this.#status;
  }

  set(status: AgentStatus): void {
    if (status === this.#status) return;
    this.#status = status;
    void this.#member.refresh();
  }

  streaming<Chunk>(stream: ReadableStream<Chunk>): ReadableStream<Chunk> {
    return stream.pipeThrough(new TransformStream<Chunk, Chunk>({
      transform: (chunk, controller) => {
        this.set('streaming');
        controller.enqueue(chunk);
      },
      flush: () => this.set('thinking'),
    }));
  }

  async leave(): Promise<void> {
    await this.#member.remove(this);
    this.#withdraw();
  }
}

const activity: Readonly<Record<AgentStatus, number>> = {idle: 0, thinking: 1, streaming: 2};
const members = new WeakMap<Ably.RealtimePresence, Member>();

function memberOf(presence: Ably.RealtimePresence): Member {
  const member = members.get(presence) ?? new Member(presence);
  members.set(presence, member);
  return member;
}

/** This client on one channel: all its announcements there are one presence member. */
class Member {
  readonly #presence: Ably.RealtimePresence;
  readonly #announcements = new Set<OneAnnouncement>();
  #published: string | undefined;
  #publishing: Promise<void> | undefined;

  constructor(presence: Ably.RealtimePresence) {
    this.#presence = presence;
  }

  add(announcement: OneAnnouncement): void {
    this.#announcements.add(announcement);
    void this.refresh();
  }

  remove(announcement: OneAnnouncement): Promise<void> {
    this.#announcements.delete(announcement);
    return this.refresh();
  }

  /** Publishes what is true now; resolves when nothing is left to publish. */
  refresh(): Promise<void> {
    return (this.#publishing ??= this.#publish());
  }

  async #publish(): Promise<void> {
    // Lets changes that are made together go out as one.
    await Promise.resolve();
    try {
      for (;;) {
        const data = this.#data();
        const published = data && JSON.stringify(data);
        if (published === this.#published) return;
        if (data) await this.#presence.update(data);
        else await this.#leave();
        this.#published = published;
      }
    } catch (error) {
      this.#report(error);
    } finally {
      this.#publishing = undefined;
    }
  }

  /**
   * Says `idle` with its leave: one that says nothing repeats what was said last, and who is gone while at work is taken
   * for lost. The line may be closed or its channel detached by now; then the agent has left with it.
   */
  async #leave(): Promise<void> {
    await this.#presence.leave({type: 'agent', status: 'idle'} satisfies PresenceData).catch(() => undefined);
  }

  #data(): PresenceData | undefined {
    const [most] = [...this.#announcements].reverse().sort((one, other) => activity[other.status] - activity[one.status]);
    if (!most) return undefined;
    const {runId, name} = most.options;
    return {type: 'agent', status: most.status, ...(runId !== undefined && {runId}), ...(name !== undefined && {name})};
  }

  #report(cause: unknown): void {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const error = new Error(`The agent's presence cannot be published: ${reason}. Its token needs the operation "presence" and a client id.`, {cause});
    const handlers = new Set([...this.#announcements].map(({options}) => options.onError));
    for (const handler of handlers) (handler ?? ((failure: Error) => warnOnce(failure.message)))(error);
  }
}
