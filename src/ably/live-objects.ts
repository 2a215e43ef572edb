import type * as Ably from 'ably';
import type {ObjectMessage, Value} from 'ably/liveobjects';
import {Listeners, type Unsubscribe} from '../internal/listeners.ts';
import {nextFrame} from '../internal/frame.ts';
import {SessionError} from '../session/errors.ts';
import {differences, isLiveObject, keepParts, valueAt, withValueAt} from '../session/live-path.ts';
import type {LiveChange, LiveKind, LiveState, LiveStateSnapshot, LiveValue} from '../session/live-state.ts';
import {explainError, missingCapability} from './explain-error.ts';
import {type Edit, Editor, type LiveTypes, type Root, withEdit} from './live-edits.ts';
import {ContestedEdits} from './contested-edits.ts';

/** What the state needs of the session around it. */
export interface LiveStateHost {
  readonly channelName: string;
  /** The id of the connection that edits go out by. */
  connectionId(): string | undefined;
  /** Has the channel joined with LiveObjects, now or when that is possible. */
  needObjects(): void;
}

/** A {@link LiveState} on a channel's LiveObjects. */
export class AblyLiveState implements LiveState {
  readonly #host: LiveStateHost;
  readonly #listeners = new Listeners<readonly LiveChange[]>();
  #snapshot: LiveStateSnapshot = {status: 'closed', error: undefined, isWritable: undefined, root: {}};
  #announced: LiveStateSnapshot['root'] = {};
  /** What the channel says, without the edits that it has not confirmed. */
  #confirmed: LiveStateSnapshot['root'] = {};
  #edits: readonly Edit[] = [];
  #channel: Ably.RealtimeChannel | undefined;
  #root: Root | undefined;
  #editor: Editor | undefined;
  readonly #contested = new ContestedEdits();
  #stale = new Set<string>();
  /** Places that this page edited since the last announcement. */
  #local = new Set<string>();
  #holders = 0;
  #stopFollowing: Unsubscribe | undefined;
  #cancelFlush: Unsubscribe | undefined;

  constructor(host: LiveStateHost) {
    this.#host = host;
  }

  get snapshot(): LiveStateSnapshot {
    return this.#snapshot;
  }

  get isNeeded(): boolean {
    return this.#holders > 0;
  }

  open(): Unsubscribe {
    this.#holders++;
    if (this.#snapshot.status === 'closed') {
      this.#update({status: 'loading'});
      this.#host.needObjects();
    }
    let isHeld = true;
    return () => {
      if (isHeld) this.#holders--;
      isHeld = false;
    };
  }

  subscribe(listener: (changes: readonly LiveChange[]) => void): Unsubscribe {
    return this.#listeners.add(listener);
  }

  kindOf(path: string): LiveKind {
    const value = valueAt(this.#snapshot.root, path);
    if (value === undefined) return 'none';
    if (isLiveObject(value)) return 'map';
    return path !== '' && this.#isReadable && this.#editor?.idAt(path)?.startsWith('counter:') ? 'counter' : 'value';
  }

  set(path: string, value: LiveValue): Promise<void> {
    return this.#edit(value === null ? {type: 'remove', path} : {type: 'set', path, value});
  }

  remove(path: string): Promise<void> {
    return this.#edit({type: 'remove', path});
  }

  increment(path: string, amount = 1): Promise<void> {
    return this.#edit({type: 'increment', path, amount});
  }

  /** Follows the objects of a channel that is attached with their modes. Call it again for each new channel. */
  async follow(channel: Ably.RealtimeChannel, modes: readonly string[], types: LiveTypes): Promise<void> {
    this.stop();
    const isWritable = modes.includes('object_publish');
    if (!modes.includes('object_subscribe')) {
      this.fail(missingCapability('object-subscribe', 'The shared state cannot be read', this.#host.channelName), isWritable);
      return;
    }
    try {
      const root = await channel.object.get<Record<string, Value>>();
      this.#channel = channel;
      this.#root = root;
      this.#editor = new Editor(root, types, (edit, places) => this.#contested.note(edit, places));
      const {unsubscribe} = root.subscribe(({object, message}) => {
        if (message) this.#settleIncrement(object.path(), message);
        this.#markStale(object.path());
      });
      const synced = channel.object.on('synced', () => this.#markStale(''));
      this.#stopFollowing = () => {
        unsubscribe();
        synced.off();
      };
      this.#update({status: 'ready', error: undefined, isWritable});
      this.#markStale('');
    } catch (failure) {
      this.fail(explainError(failure, 'attach', this.#host.channelName), isWritable);
    }
  }

  /** Says that the state cannot be read. */
  fail(error: SessionError, isWritable = false): void {
    this.#update({status: 'failed', error, isWritable});
  }

  /** Stops following; what was there stays until there is something newer. */
  stop(): void {
    this.#stopFollowing?.();
    this.#stopFollowing = undefined;
    this.#channel = undefined;
    this.#root = undefined;
    this.#editor = undefined;
  }

  close(): void {
    this.stop();
    this.#cancelFlush?.();
    this.#listeners.clear();
  }

  async #edit(edit: Edit): Promise<void> {
    const error = this.#refusal();
    if (error) throw error;
    const editor = this.#editor;
    if (!editor || !this.#isReadable) {
      throw new SessionError('The shared state was not changed: it is not loaded yet.', {kind: 'connection', hint: 'Try again when the line is back.'});
    }
    if (edit.type !== 'increment') this.#contested.overrule(edit.path);
    this.#edits = [...this.#edits, edit];
    this.#local.add(edit.path);
    this.#refresh();
    try {
      await editor.run(edit);
    } catch (failure) {
      this.#contested.forget(edit);
      throw explainError(failure, 'edit', this.#host.channelName);
    } finally {
      this.#edits = this.#edits.filter((other) => other !== edit);
      this.#local.add(edit.path);
      this.#markStale(edit.path);
      this.#readStale();
    }
  }

  /** An increment of this page is in what the channel says from its echo on, which may come before its confirmation. */
  #settleIncrement(path: string, {connectionId, operation}: ObjectMessage): void {
    if (connectionId === undefined || connectionId !== this.#host.connectionId()) return;
    const applied = this.#edits.find((edit) => edit.type === 'increment' && edit.path === path && edit.amount === operation.counterInc?.number);
    this.#edits = this.#edits.filter((edit) => edit !== applied);
  }

  #refusal(): SessionError | undefined {
    const {status, error, isWritable} = this.#snapshot;
    if (status === 'failed' && error) return error;
    if (isWritable === false) return missingCapability('object-publish', 'The shared state was not changed', this.#host.channelName);
    return undefined;
  }

  /** While the channel is left its objects throw where they are read; joining it again reads all of them. */
  get #isReadable(): boolean {
    return this.#channel !== undefined && this.#channel.state !== 'detached' && this.#channel.state !== 'failed';
  }

  #markStale(path: string): void {
    // The SDK escapes dots in keys; such places are read with all the rest.
    this.#stale.add(path.includes('\\') ? '' : path);
    this.#plan();
  }

  #readStale(): void {
    const root = this.#root;
    if (!root || !this.#isReadable || this.#stale.size === 0) return;
    const paths = this.#stale.has('') ? [''] : [...this.#stale];
    this.#stale.clear();
    let confirmed = this.#confirmed;
    for (const path of paths) {
      const value = (path === '' ? root.compactJson() : root.at(path).compactJson()) as LiveValue | undefined;
      confirmed = withValueAt(confirmed, path, value);
    }
    this.#confirmed = keepParts(this.#confirmed, confirmed) as LiveStateSnapshot['root'];
    this.#refresh();
    this.#doAgain();
  }

  /** Does again what was done in objects that somebody else's have replaced. */
  #doAgain(): void {
    const editor = this.#editor;
    if (!editor) return;
    for (const edit of this.#contested.takeLost((path) => editor.idAt(path))) {
      const isStanding = edit.type !== 'increment' && valueAt(this.#confirmed, edit.path) !== undefined;
      // Somebody else's value stands by last write; a refusal now was no refusal when the person made the edit.
      if (!isStanding) this.#edit({...edit}).catch(() => undefined);
    }
  }

  /** What is shown: what the channel says, with the edits on their way. */
  #refresh(): void {
    const shown = this.#edits.reduce(withEdit, this.#confirmed);
    this.#update({root: keepParts(this.#snapshot.root, shown) as LiveStateSnapshot['root']});
  }

  #update(change: Partial<LiveStateSnapshot>): void {
    this.#snapshot = {...this.#snapshot, ...change};
    this.#plan();
  }

  #plan(): void {
    // What reading brings about is part of this announcement: the next one is planned only behind it.
    this.#cancelFlush ??= nextFrame(() => {
      this.#readStale();
      const {root} = this.#snapshot;
      const changes = differences(this.#announced, root, 'remote').map((change) => (this.#isLocal(change) ? {...change, origin: 'local' as const} : change));
      this.#announced = root;
      this.#local.clear();
      this.#cancelFlush = undefined;
      this.#listeners.notify(changes);
    });
  }

  #isLocal({path}: LiveChange): boolean {
    return [...this.#local].some((edited) => edited === path || path.startsWith(`${edited}.`) || edited.startsWith(`${path}.`));
  }
}
