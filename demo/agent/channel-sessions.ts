import {ErrorCode, EVENT_RUN_END, HEADER_RUN_CLIENT_ID, HEADER_RUN_ID, HEADER_RUN_REASON, Invocation, OBJECT_MODES} from '@ably/ai-transport';
import {createAgentSession} from '@ably/ai-transport/vercel';
import type * as Ably from 'ably';
import {type AgentSession, ChannelLog} from './channel-log.ts';
import {tolerateLateRejections} from './late-rejections.ts';
import {releaseObjects} from './release-objects.ts';

type View = ReturnType<AgentSession['createRun']>['view'];

const continuityLost: number = ErrorCode.ChannelContinuityLost;

/** A channel's session while somebody works on it. */
export interface HeldSession {
  readonly session: AgentSession;
  /** What the channel has said about runs. */
  log(): ChannelLog;
  /** Resolves when all of the channel's history is in the log and in the tree. */
  read(): Promise<void>;
  /**
   * Ends a run that is suspended, without going on with it first; does nothing where it no longer is. The SDK can end only
   * what it has opened, and opening it would tell everybody that it goes on.
   */
  endSuspended(runId: string, reason: 'cancelled'): Promise<void>;
  /** Whether a suspended run was ended here: its end may not be in the log yet. */
  hasEnded(runId: string): boolean;
  /** Does one piece of work on a run after the other: who stops it and who decides may come at the same moment. */
  inTurn(runId: string, work: () => Promise<void>): Promise<void>;
  /** Calls after every message of the channel, and when its log has begun afresh after a loss. Returns what ends that. */
  watch(listener: () => void): () => void;
  /** How often the channel has lost continuity. When it does, the SDK aborts the runs that were under way. */
  losses(): number;
  /** Lets go; the last one to do so ends the session. */
  release(): Promise<void>;
}

interface OpenSession {
  readonly session: AgentSession;
  readonly connected: Promise<void>;
  log: ChannelLog;
  /** Pages in the history; another one after each loss. */
  reader: View | undefined;
  /** The history on its way: a view asked twice at once answers the second time at once, with nothing. */
  reading: Promise<void> | undefined;
  /** Ids of the suspended runs whose ends are on their way, or on the channel: several may want to end one. */
  readonly ended: Set<string>;
  /** The last piece of work on each run that is worked on, or will be. */
  readonly turns: Map<string, Promise<void>>;
  /** They outlive the log: after a loss there is another one. */
  readonly watchers: Set<() => void>;
  losses: number;
  holders: number;
}

/**
 * One agent session a channel, shared by the runs on it. A session detaches its channel when it ends, and all sessions
 * of one client share that channel: were each run to have its own, the first to end would cut off the others.
 */
export class ChannelSessions {
  readonly #client: Ably.Realtime;
  readonly #open = new Map<string, OpenSession>();
  readonly #ending = new Map<string, Promise<void>>();

  constructor(client: Ably.Realtime) {
    this.#client = client;
  }

  /**
   * Joins the channel's session, or opens one; resolves when it is connected.
   * @throws {Ably.ErrorInfo} when the channel cannot be attached.
   */
  async hold(channelName: string): Promise<HeldSession> {
    while (this.#ending.has(channelName)) await this.#ending.get(channelName);
    const open = this.#open.get(channelName) ?? this.#start(channelName);
    open.holders += 1;
    const release = this.#releaser(channelName, open);
    try {
      await open.connected;
    } catch (error) {
      await release();
      throw error;
    }
    return {
      session: open.session, log: () => open.log, losses: () => open.losses, release,
      read: () => (open.reading ??= read(open).finally(() => (open.reading = undefined))),
      endSuspended: (runId, reason) => inTurn(open, runId, () => this.#endSuspended(open, channelName, runId, reason)),
      hasEnded: (runId) => open.ended.has(runId),
      inTurn: (runId, work) => inTurn(open, runId, work),
      watch: (listener) => {
        open.watchers.add(listener);
        return () => void open.watchers.delete(listener);
      },
    };
  }

  async #endSuspended({session, log, ended}: OpenSession, channelName: string, runId: string, reason: string): Promise<void> {
    if (ended.has(runId) || log.statusOf(runId) !== 'suspended') return;
    const clientId = session.tree.getRunNode(runId)?.clientId ?? '';
    const transport = {[HEADER_RUN_ID]: runId, [HEADER_RUN_CLIENT_ID]: clientId, [HEADER_RUN_REASON]: reason};
    ended.add(runId);
    try {
      await this.#client.channels.get(channelName).publish({name: EVENT_RUN_END, extras: {ai: {transport}}});
    } catch (error) {
      ended.delete(runId);
      throw error;
    }
  }

  #start(channelName: string): OpenSession {
    const session = createAgentSession({client: this.#client, channelName, channelModes: OBJECT_MODES});
    tolerateLateRejections(this.#client.channels.get(channelName));
    const watchers = new Set<() => void>();
    const open: OpenSession = {session, connected: session.connect(), log: this.#logOf(session, watchers), watchers, reader: undefined, reading: undefined, ended: new Set(), turns: new Map(), losses: 0, holders: 0};
    session.on('error', (error) => {
      if (error.code !== continuityLost) return;
      open.losses += 1;
      // The session starts afresh with an empty tree.
      open.log.close();
      open.log = this.#logOf(session, open.watchers);
      open.reader = undefined;
      tell(open.watchers);
    });
    this.#open.set(channelName, open);
    return open;
  }

  #logOf({tree}: AgentSession, watchers: ReadonlySet<() => void>): ChannelLog {
    // The client id is known once the client is connected, which it is before there are messages.
    const log = new ChannelLog(tree, () => this.#client.auth.clientId);
    log.watch(() => tell(watchers));
    return log;
  }

  #releaser(channelName: string, open: OpenSession): () => Promise<void> {
    let isHeld = true;
    return async () => {
      if (!isHeld) return;
      isHeld = false;
      open.holders -= 1;
      if (open.holders > 0) return;
      this.#open.delete(channelName);
      open.log.close();
      const ended = open.session.end().finally(() => {
        this.#ending.delete(channelName);
        this.#forget(channelName);
      });
      this.#ending.set(channelName, ended);
      await ended;
    };
  }

  /** The client keeps a channel that is detached, and all that was done to it, for the next time. */
  #forget(channelName: string): void {
    const channel = this.#client.channels.get(channelName);
    releaseObjects(channel);
    this.#client.channels.release(channelName);
  }
}

function tell(watchers: ReadonlySet<() => void>): void {
  for (const watcher of [...watchers]) watcher();
}

async function inTurn({turns}: OpenSession, runId: string, work: () => Promise<void>): Promise<void> {
  const turn = Promise.resolve(turns.get(runId)).catch(() => undefined).then(work);
  turns.set(runId, turn);
  try {
    await turn;
  } finally {
    if (turns.get(runId) === turn) turns.delete(runId);
  }
}

/** The SDK pages by a run's view: by that of one which is never started. */
async function read(open: OpenSession): Promise<void> {
  const view = (open.reader ??= open.session.createRun(Invocation.fromJSON({inputEventId: '', sessionName: ''})).view);
  while (view.hasOlder()) await view.loadOlder(100);
}
