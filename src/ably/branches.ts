import type {RunInfo} from '@ably/ai-transport';
import {SessionError} from '../session/errors.ts';
import type {Branch} from '../session/message.ts';
import type {BranchStore} from './branch-store.ts';
import type {Transport} from './transport.ts';

/** What there is of versions on the visible branch. */
export interface Versions {
  /** By the ids of the messages that have others in their place. */
  readonly labels: ReadonlyMap<string, Branch>;
  /** Runs that failed before they wrote anything, where the answer that they were to replace is shown. */
  readonly failures: readonly RunInfo[];
}

/** An answer that is being written, by its first message. */
interface Watched {
  readonly runId: string;
  readonly codecMessageId: string;
  readonly messageId: string;
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
  /** Ids of chosen messages, the latest choice last; undefined until they are loaded. */
  #chosen: readonly string[] | undefined;
  /** Ids of the messages where an answer was being watched as another version came. */
  readonly #held = new Set<string>();
  /** Ids of messages of which this viewer has made another version, with how many versions there were. */
  readonly #following = new Map<string, number>();
  #watched: readonly Watched[] = [];
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
    skipEmpty(transport);
    const labels = new Map<string, Branch>();
    for (let index = 0; ; index++) {
      // Read anew: another version has other messages behind it.
      const message = view.getMessages()[index];
      if (!message) break;
      const {hasSiblings, siblings, index: at, select} = view.branchSelection(message.codecMessageId);
      if (!hasSiblings) continue;
      const wanted = this.#wanted(siblings.map(({id}) => id), at, () => isRunningFrom(transport, index));
      if (wanted !== at) select(wanted);
      const shown = view.getMessages()[index];
      if (shown) labels.set(shown.codecMessageId, this.#label(shown.codecMessageId, wanted, siblings.length));
    }
    this.#labels = labels;
    this.#watched = watchedIn(transport);
    return {labels, failures: failuresIn(transport)};
  }

  /** @throws {SessionError} of kind `input` where there is nothing to choose. */
  select(transport: Transport, messageId: string, index: number): void {
    const {hasSiblings, siblings, select} = transport.view.branchSelection(messageId);
    if (!hasSiblings) throw new SessionError('Nothing else was ever said in this place.', {kind: 'input'});
    const wanted = Math.max(0, Math.min(index, siblings.length - 1));
    const id = siblings[wanted]?.id;
    this.#forget(siblings.map((sibling) => sibling.id));
    // Who chooses has seen enough of what they were watching.
    this.#watched = [];
    if (id !== undefined && wanted < siblings.length - 1) this.#chosen = [...(this.#chosen ?? []), id];
    this.#store.save(this.#clientId, this.#chosen ?? []);
    select(wanted);
  }

  /** This viewer says something else in place of a message, or asks for another answer: they want to see that. */
  follow(transport: Transport, messageId: string): void {
    const {siblings} = transport.view.branchSelection(messageId);
    for (const {id} of siblings) this.#following.set(id, siblings.length);
  }

  /** Which version is to be shown, of those with these ids, oldest first. */
  #wanted(ids: readonly string[], at: number, isRunningHere: () => boolean): number {
    const newest = ids.length - 1;
    if (ids.some((id) => (this.#following.get(id) ?? Infinity) < ids.length)) {
      this.#forget(ids);
      for (const id of ids) this.#following.delete(id);
      this.#store.save(this.#clientId, this.#chosen ?? []);
      return newest;
    }
    const chosen = this.#chosen?.findLast((id) => ids.includes(id)) ?? ids.findLast((id) => this.#held.has(id));
    if (chosen !== undefined) return ids.indexOf(chosen);
    const shown = ids[at];
    if (at === newest || shown === undefined || !isRunningHere()) return newest;
    this.#held.add(shown);
    return at;
  }

  /** Another answer begins to be written in place of one that is being watched: AI Transport would show it at once. */
  #keepWatched(transport: Transport): void {
    const {view} = transport;
    const visible = new Set(transport.runs().map(({runId}) => runId));
    for (const {runId, codecMessageId, messageId} of this.#watched) {
      if (visible.has(runId) || !isRunning(transport, runId) || this.#following.has(messageId)) continue;
      const {siblings, select} = view.branchSelection(codecMessageId);
      const index = siblings.findIndex(({id}) => id === messageId);
      // It may be gone for another reason: a choice further up.
      if (index === -1 || !isInSight(transport, runId)) continue;
      this.#held.add(messageId);
      select(index);
    }
  }

  #forget(ids: readonly string[]): void {
    this.#chosen = (this.#chosen ?? []).filter((id) => !ids.includes(id));
    for (const id of ids) this.#held.delete(id);
  }

  #label(codecMessageId: string, index: number, count: number): Branch {
    const known = this.#labels.get(codecMessageId);
    return known?.index === index && known.count === count ? known : {index, count};
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

function watchedIn(transport: Transport): readonly Watched[] {
  return transport.runs().flatMap(({runId}) => {
    if (!isRunning(transport, runId)) return [];
    const head = transport.view.getMessages().find(({codecMessageId}) => isOf(transport, codecMessageId, runId));
    return head ? [{runId, codecMessageId: head.codecMessageId, messageId: head.message.id}] : [];
  });
}

/** The first message of a run; undefined while it has written none. */
function headOf({tree}: Transport, runId: string): string | undefined {
  return tree.getRunNode(runId)?.projection.messages[0]?.codecMessageId;
}

/** The runs that answer the same as this one, oldest first. */
function siblingsOf({tree}: Transport, runId: string): readonly string[] {
  return tree.getSiblingNodes(runId).flatMap((node) => (node.kind === 'run' ? [node.runId] : []));
}

/** A run that ended before it wrote anything must not hide the answers that there are. */
function skipEmpty(transport: Transport): void {
  for (const {runId, status} of transport.runs()) {
    if ((status !== 'cancelled' && status !== 'error') || headOf(transport, runId) !== undefined) continue;
    const other = siblingsOf(transport, runId).flatMap((sibling) => headOf(transport, sibling) ?? []).at(-1);
    if (other === undefined) continue;
    const {siblings, select} = transport.view.branchSelection(other);
    select(siblings.length - 1);
  }
}

function failuresIn(transport: Transport): readonly RunInfo[] {
  return transport.runs().flatMap(({runId}) => {
    const newest = siblingsOf(transport, runId).at(-1);
    if (newest === undefined || newest === runId || headOf(transport, newest) !== undefined) return [];
    const info = transport.run(newest);
    return info?.status === 'error' ? [info] : [];
  });
}
