import type {RunInfo} from '@ably/ai-transport';
import {SessionError} from '../session/errors.ts';
import type {Branch} from '../session/message.ts';
import type {BranchStore} from './branch-store.ts';
import type {Transport} from './transport.ts';
import {groupOf, groupOfRun, headOf, siblingsOf, type VersionGroup} from './version-groups.ts';

/** What there is of versions on the visible branch. */
export interface Versions {
  /** By the ids of the messages that have others in their place. */
  readonly labels: ReadonlyMap<string, Branch>;
  /** Runs that failed before they wrote anything, where the answer that they were to replace is shown. */
  readonly failures: readonly RunInfo[];
}

/**
 * Which version of what was said more than once a viewer sees. It is theirs alone:
 *
 * - who has chosen an older version stays with it, whatever comes, also after a reload;
 * - who has not, or went back to the newest, follows the newest;
 * - but an answer that is being written, and that nobody has asked to stop, is not taken away from who watches it: they
 *   stay where they are until they choose or reload, and see by the count that there is another version.
 *
 * Who edits stops what runs on the branch they see, so that the others there follow to the new version.
 */
export class Branches {
  readonly #store: BranchStore;
  #clientId: string | undefined;
  /** Ids of chosen messages and runs, the latest choice last; undefined until they are loaded. */
  #chosen: readonly string[] | undefined;
  /** Ids of what was shown where an answer was being watched as another version came. */
  readonly #held = new Set<string>();
  /** Ids of messages and runs of which this viewer has made another version, with how many versions there were. */
  readonly #following = new Map<string, number>();
  /** Ids of the runs that are being written in sight. */
  #watched: readonly string[] = [];
  #labels = new Map<string, Branch>();

  constructor(store: BranchStore) {
    this.#store = store;
  }

  /** Has the view show what this viewer is to see. Call it whenever the tree may have changed. */
  settle(transport: Transport, clientId: string | undefined): Versions {
    if (!this.#chosen || clientId !== this.#clientId) this.#chosen = this.#store.load(clientId);
    this.#clientId = clientId;
    const {view} = transport;
    this.#keepWatched(transport);
    this.#skipEmpty(transport);
    const settled = new Map<string, {readonly id: string; readonly index: number; readonly count: number}>();
    for (let index = 0; ; index++) {
      // Read anew: another version has other messages behind it.
      const message = view.getMessages()[index];
      if (!message) break;
      const group = groupOf(transport, message.codecMessageId);
      const [first] = group?.ids ?? [];
      // An answer of several messages has its versions as a whole.
      if (!group || group.ids.length < 2 || first === undefined || settled.has(first)) continue;
      const wanted = this.#wanted(group, () => isRunningFrom(transport, index));
      settled.set(first, {id: group.ids[wanted] ?? first, index: wanted, count: group.ids.length});
      if (wanted === group.at) continue;
      group.show(wanted);
      // It stands where it was said: where more is said alongside, that may be further up.
      index = -1;
    }
    const labels = new Map<string, Branch>();
    for (const {id, ...branch} of settled.values()) {
      const labelled = labelledFor(transport, id);
      if (labelled !== undefined) labels.set(labelled, this.#label(labelled, branch));
    }
    this.#labels = labels;
    this.#watched = watchedIn(transport);
    return {labels, failures: failuresIn(transport)};
  }

  /** @throws {SessionError} of kind `input` where there is nothing to choose. */
  select(transport: Transport, messageId: string, index: number): void {
    const group = groupOf(transport, messageId);
    if (!group) throw new SessionError('The other version cannot be shown yet: this one is still on its way.', {kind: 'input', hint: 'Choose again once it is sent.'});
    const {ids} = group;
    if (ids.length < 2) throw new SessionError('Nothing else was ever said in this place.', {kind: 'input'});
    const wanted = Math.max(0, Math.min(index, ids.length - 1));
    const id = ids[wanted];
    this.#forget(ids);
    // Who chooses has seen enough of what they were watching.
    this.#watched = [];
    if (id !== undefined && wanted < ids.length - 1) this.#chosen = [...(this.#chosen ?? []), id];
    this.#store.save(this.#clientId, this.#chosen ?? []);
    group.show(wanted);
  }

  /** This viewer says something else in place of a message, or asks for another answer: they want to see that. */
  follow(transport: Transport, messageId: string): void {
    const ids = groupOf(transport, messageId)?.ids ?? [];
    for (const id of ids) this.#following.set(id, ids.length);
  }

  /** Which version is to be shown. */
  #wanted({ids, at}: VersionGroup, isRunningHere: () => boolean): number {
    const newest = ids.length - 1;
    if (ids.some((id) => (this.#following.get(id) ?? Infinity) < ids.length)) {
      this.#forget(ids);
      for (const id of ids) this.#following.delete(id);
      this.#store.save(this.#clientId, this.#chosen ?? []);
      return newest;
    }
    const chosen = this.#choiceAmong(ids);
    if (chosen !== undefined) return ids.indexOf(chosen);
    const shown = ids[at];
    if (at === newest || shown === undefined || !isRunningHere()) return newest;
    this.#held.add(shown);
    return at;
  }

  #choiceAmong(ids: readonly string[]): string | undefined {
    return this.#chosen?.findLast((id) => ids.includes(id)) ?? ids.findLast((id) => this.#held.has(id));
  }

  /** Another answer begins to be written in place of one that is being watched: AI Transport would show it at once. */
  #keepWatched(transport: Transport): void {
    const visible = new Set(transport.runs().map(({runId}) => runId));
    for (const runId of this.#watched) {
      if (visible.has(runId) || !isRunning(transport, runId) || this.#following.has(runId)) continue;
      const group = groupOfRun(transport, runId);
      // It may be gone for another reason: a choice further up.
      if (!group || group.at === -1 || !isInSight(transport, runId)) continue;
      this.#held.add(runId);
      group.show(group.at);
    }
  }

  /** A run that ended before it wrote anything must not hide the answers that there are; nor must one that begins hide a chosen one. */
  #skipEmpty(transport: Transport): void {
    for (const {runId, status} of transport.runs()) {
      if (headOf(transport, runId) !== undefined) continue;
      const group = groupOfRun(transport, runId);
      if (!group) continue;
      const chosen = this.#choiceAmong(group.ids);
      // Who asked for it wants to see it begin.
      if (chosen !== undefined && !group.ids.some((id) => this.#following.has(id))) group.show(group.ids.indexOf(chosen));
      else if (status === 'cancelled' || status === 'error') group.show(group.ids.length - 1);
    }
  }

  #forget(ids: readonly string[]): void {
    this.#chosen = (this.#chosen ?? []).filter((id) => !ids.includes(id));
    for (const id of ids) this.#held.delete(id);
  }

  #label(codecMessageId: string, branch: Branch): Branch {
    const known = this.#labels.get(codecMessageId);
    return known?.index === branch.index && known.count === branch.count ? known : branch;
  }
}

/** Whether an agent writes a run, and nobody has asked it to stop. */
function isRunning(transport: Transport, runId: string): boolean {
  const {asks, facts} = transport;
  const carrier = facts.carrierOf(runId);
  return transport.run(runId)?.status === 'active' && !asks.isStopped(runId) && !(carrier !== undefined && asks.isStopped(carrier));
}

/** Whether an answer is being written at a place of the visible branch, or behind it. */
function isRunningFrom(transport: Transport, index: number): boolean {
  const {view, tree} = transport;
  const behind = new Set(view.getMessages().slice(index).map(({codecMessageId}) => codecMessageId));
  return transport.runs().some(({runId}) => {
    if (!isRunning(transport, runId)) return false;
    const parent = tree.getRunNode(runId)?.parentCodecMessageId;
    return (parent !== undefined && behind.has(parent)) || [...behind].some((id) => isOf(transport, id, runId));
  });
}

function isOf({tree}: Transport, codecMessageId: string, runId: string): boolean {
  const node = tree.getNodeByCodecMessageId(codecMessageId);
  return node?.kind === 'run' && node.runId === runId;
}

/** Whether the message that a run answers is on the visible branch. */
function isInSight({tree, view}: Transport, runId: string): boolean {
  const parent = tree.getRunNode(runId)?.parentCodecMessageId;
  return view.getMessages().some(({codecMessageId}) => codecMessageId === parent);
}

function watchedIn(transport: Transport): readonly string[] {
  return transport.runs().map(({runId}) => runId).filter((runId) => isRunning(transport, runId) && headOf(transport, runId) !== undefined);
}

/** The message at which a version is told: it itself, or an answer's first, not what a person said into it before. */
function labelledFor(transport: Transport, id: string): string | undefined {
  const messages = transport.view.getMessages().filter(({codecMessageId}) => codecMessageId === id || isOf(transport, codecMessageId, id));
  return (messages.find(({message}) => message.role === 'assistant') ?? messages[0])?.codecMessageId;
}

function failuresIn(transport: Transport): readonly RunInfo[] {
  return transport.runs().flatMap(({runId}) => {
    const newest = siblingsOf(transport, runId).at(-1);
    if (newest === undefined || newest === runId || headOf(transport, newest) !== undefined) return [];
    const info = transport.run(newest);
    return info?.status === 'error' ? [info] : [];
  });
}
