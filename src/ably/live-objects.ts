import type * as Ably from 'ably';
import type {ObjectMessage, Value} from 'ably/liveobjects';
import {Listeners, type Unsubscribe} from '../internal/listeners.ts';
import {nextFrame} from '../internal/frame.ts';
import {SessionError} from '../session/errors.ts';
import {differences, isLiveObject, joinPath, keepParts, valueAt, withValueAt} from '../session/live-path.ts';
import type {LiveChange, LiveKind, LiveState, LiveStateSnapshot, LiveValue} from '../session/live-state.ts';
import {explainError, missingCapability} from './explain-error.ts';
import {type Edit, Editor, type LiveTypes, type Root, withEdit} from './live-edits.ts';
import {ContestedEdits} from './contested-edits.ts';

/** What the state needs of the session around it. */
export interface LiveStateHost {
  readonly channelName: string;
  /** The id of the connection that edits go out by. */
  connectionId(): string | undefined;
  /** Has the channel joined with LiveObjects, now or when that is possible, unless it is. */
  needObjects(): void;
  /** Why the line will not be back by itself; undefined where it is there or on its way. */
  lineError(): SessionError | undefined;
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
  /** What carries out the edits that wait for the channel to be joined again, or refuses them; in the order they were made. */
  #waiting: (() => void)[] = [];
  /** Where the counters stood when the channel was left. */
  #counters: ReadonlySet<string> = new Set();
  #channel: Ably.RealtimeChannel | undefined;
  #root: Root | undefined;
  #editor: Editor | undefined;
  readonly #contested = new ContestedEdits();
  #stale = new Set<string>();
  /** Places that this page edited since the last announcement. */
  #local = new Set<string>();
  #holders = 0;
  #stopFollowing: Unsubscribe | undefined;
  /** Which following is the latest one; those before it are void. */
  #following = 0;
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
    if (this.#snapshot.status === 'closed') this.#update({status: 'loading'});
    this.#host.needObjects();
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
    const isCounter = this.#isReadable ? path !== '' && this.#editor?.idAt(path)?.startsWith('counter:') : this.#counters.has(path);
    return isCounter ? 'counter' : 'value';
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
    const turn = this.#following;
    const isWritable = modes.includes('object_publish');
    if (!modes.includes('object_subscribe')) {
      this.fail(missingCapability('object-subscribe', 'The shared state cannot be read', this.#host.channelName), isWritable);
      return;
    }
    try {
      const root = await channel.object.get<Record<string, Value>>();
      // The channel may have been opened afresh, or left, while its objects were on their way.
      if (turn !== this.#following) return;
      this.#channel = channel;
      this.#root = root;
      this.#editor = new Editor(root, types, (edit, places) => this.#contested.note(edit, places));
      const {unsubscribe} = root.subscribe(({object, message}) => {
        if (message) this.#settleIncrement(object.path(), message);
        this.#markStale(object.path());
      });
      const synced = channel.object.on('synced', () => {
        this.#markStale('');
        this.#goOn();
      });
      this.#stopFollowing = () => {
        unsubscribe();
        synced.off();
      };
      this.#update({status: 'ready', error: undefined, isWritable});
      this.#markStale('');
      this.#goOn();
    } catch (failure) {
      if (turn === this.#following) this.fail(explainError(failure, 'attach', this.#host.channelName), isWritable);
    }
  }

  /** Says that the state cannot be read. */
  fail(error: SessionError, isWritable = false): void {
    this.#update({status: 'failed', error, isWritable});
    this.#goOn();
  }

  /** Refuses the edits that wait, where the line will not be back. */
  onLineFailed(): void {
    if (!this.#isReadable) this.#goOn();
  }

  /** Stops following; what was there stays until there is something newer, and edits wait for it. */
  stop(): void {
    this.#following++;
    if (this.#isReadable) this.#counters = new Set(numbersIn(this.#snapshot.root).filter((path) => this.kindOf(path) === 'counter'));
    this.#stopFollowing?.();
    this.#stopFollowing = undefined;
    this.#channel = undefined;
    this.#root = undefined;
    this.#editor = undefined;
  }

  close(): void {
    this.stop();
    this.#snapshot = {...this.#snapshot, status: 'closed'};
    this.#goOn();
    this.#cancelFlush?.();
    this.#listeners.clear();
  }

  async #edit(edit: Edit): Promise<void> {
    const error = this.#refusal();
    if (error) throw error;
    if (edit.type !== 'increment') this.#contested.overrule(edit.path);
    this.#edits = [...this.#edits, edit];
    this.#local.add(edit.path);
    this.#refresh();
    try {
      await this.#carryOut(edit);
    } catch (failure) {
      this.#contested.forget(edit);
      this.#drop(edit);
      // Taken back also where nothing can be read now.
      this.#refresh();
      throw explainError(failure, 'edit', this.#host.channelName);
    } finally {
      this.#drop(edit);
      this.#local.add(edit.path);
      this.#markStale(edit.path);
      this.#readStale();
    }
  }

  #drop(edit: Edit | undefined): void {
    this.#edits = this.#edits.filter((other) => other !== edit);
  }

  /** Behind those that wait: what was done first is overwritten by what was done next, and not the other way round. */
  #carryOut(edit: Edit): Promise<void> {
    if (this.#editor && this.#isReadable && this.#waiting.length === 0) return this.#editor.run(edit);
    return new Promise((resolve, reject) => {
      this.#waiting.push(() => {
        const error = this.#refusal();
        if (this.#editor && !error) resolve(this.#editor.run(edit));
        else reject(error ?? notLoaded());
      });
    });
  }

  /** Carries out the edits that wait, or refuses them where there is nothing to wait for. */
  #goOn(): void {
    for (const carryOut of this.#waiting.splice(0)) carryOut();
  }

  /** An increment of this page is in what the channel says from its echo on, which may come before its confirmation. */
  #settleIncrement(path: string, {connectionId, operation}: ObjectMessage): void {
    if (connectionId === undefined || connectionId !== this.#host.connectionId()) return;
    const applied = this.#edits.find((edit) => edit.type === 'increment' && edit.path === path && edit.amount === operation.counterInc?.number);
    this.#drop(applied);
  }

  #refusal(): SessionError | undefined {
    const {status, error, isWritable} = this.#snapshot;
    if (status === 'failed' && error) return error;
    if (isWritable === false) return missingCapability('object-publish', 'The shared state was not changed', this.#host.channelName);
    if (status !== 'ready') return notLoaded();
    return this.#isReadable ? undefined : this.#host.lineError();
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

function notLoaded(): SessionError {
  return new SessionError('The shared state was not changed: it is not loaded yet.', {kind: 'connection', hint: 'Try again when the line is back.'});
}

/** The paths at which numbers stand. */
function numbersIn(value: LiveValue, path = ''): readonly string[] {
  if (typeof value === 'number') return [path];
  return isLiveObject(value) ? Object.entries(value).flatMap(([key, part]) => numbersIn(part, joinPath(path, key))) : [];
}
