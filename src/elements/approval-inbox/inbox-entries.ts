import type {Approval, Session} from '../../session/index.ts';

/** An approval, and the conversation that it is of. */
export interface InboxEntry {
  readonly approval: Approval;
  readonly session: Session;
}

export interface InboxEntries {
  /** What waits for a person, the oldest first. */
  readonly pending: readonly InboxEntry[];
  /** What was pending here before, and is not any more, the newest first. */
  readonly settled: readonly InboxEntry[];
}

/** How many of those that are settled are still told of. */
const settledLimit = 10;

/** Reads what waits in several sessions, and remembers what waited: whoever looks sees who decided. */
export class InboxReader {
  /** The approvals that were seen pending, in the order in which they were settled, by session. */
  readonly #waited = new Map<Session, Set<string>>();
  #settled: readonly {readonly session: Session; readonly toolCallId: string}[] = [];

  read(sessions: readonly Session[]): InboxEntries {
    const pending: InboxEntry[] = [];
    for (const session of sessions) {
      const waited = this.#waited.get(session) ?? new Set();
      this.#waited.set(session, waited);
      for (const approval of session.snapshot.approvals) {
        if (isPending(approval)) {
          waited.add(approval.toolCallId);
          this.#settled = this.#settled.filter((entry) => entry.session !== session || entry.toolCallId !== approval.toolCallId);
          pending.push({approval, session});
        } else if (waited.delete(approval.toolCallId)) {
          this.#settled = [{session, toolCallId: approval.toolCallId}, ...this.#settled].slice(0, settledLimit);
        }
      }
    }
    for (const session of this.#waited.keys()) if (!sessions.includes(session)) this.#waited.delete(session);
    this.#settled = this.#settled.filter(({session}) => sessions.includes(session));
    return {pending: pending.sort((one, other) => age(one) - age(other)), settled: this.#settled.flatMap(({session, toolCallId}) => {
      const approval = session.snapshot.approvals.find((candidate) => candidate.toolCallId === toolCallId);
      return approval ? [{approval, session}] : [];
    })};
  }
}

function isPending({state}: Approval): boolean {
  return state === 'pending' || state === 'deciding';
}

/** What does not say when it was asked is taken for new. */
function age({approval}: InboxEntry): number {
  return approval.askedAt ?? Infinity;
}
