import type {LiveCounter, LiveMap, LiveMapPathObject, Value} from 'ably/liveobjects';
import {SessionError} from '../session/errors.ts';
import {isLiveObject, keysOf, valueAt, withValueAt} from '../session/live-path.ts';
import type {LiveStateSnapshot, LiveValue} from '../session/live-state.ts';
import type {Place} from './contested-edits.ts';

/** How LiveObjects are made; given by the plugin, which is loaded on first use. */
export interface LiveTypes {
  readonly LiveMap: {create(entries?: Record<string, Value>): LiveMap};
  readonly LiveCounter: {create(count?: number): LiveCounter};
}

export type Root = LiveMapPathObject;

/** One edit of the shared state, on its way to the channel. */
export type Edit =
  | {readonly type: 'set'; readonly path: string; readonly value: LiveValue}
  | {readonly type: 'remove'; readonly path: string}
  | {readonly type: 'increment'; readonly path: string; readonly amount: number};

/** The state as it is with an edit. */
export function withEdit(root: LiveStateSnapshot['root'], edit: Edit): LiveStateSnapshot['root'] {
  switch (edit.type) {
    case 'set':
      return withValueAt(root, edit.path, edit.value);
    case 'remove':
      return withValueAt(root, edit.path, undefined);
    case 'increment': {
      const value = valueAt(root, edit.path);
      return withValueAt(root, edit.path, (typeof value === 'number' ? value : 0) + edit.amount);
    }
  }
}

/** Told, just before an edit goes out, of the maps that lead to its place, and the map or counter that it is made in. */
export type OnEdit = (edit: Edit, places: readonly Place[]) => void;

/** Carries out edits on a channel's objects. Each resolves when the channel has confirmed it. */
export class Editor {
  readonly #root: Root;
  readonly #types: LiveTypes;
  readonly #onEdit: OnEdit;
  /** Objects that are being made, by their path: one is enough for all the edits that need it. */
  readonly #making = new Map<string, Promise<void>>();

  constructor(root: Root, types: LiveTypes, onEdit: OnEdit) {
    this.#root = root;
    this.#types = types;
    this.#onEdit = onEdit;
  }

  async run(edit: Edit): Promise<void> {
    const {path} = edit;
    if (path === '') throw new SessionError('The root of the shared state cannot be replaced or removed.', {kind: 'input', hint: 'Name a path below it.'});
    switch (edit.type) {
      case 'set':
        await this.#makeMaps(path);
        this.#tell(edit, parentPath(path));
        return this.#mapAt(parentPath(path)).set(lastKey(path), liveOf(edit.value, this.#types));
      case 'remove':
        if (this.idAt(parentPath(path))?.startsWith('map:')) await this.#mapAt(parentPath(path)).remove(lastKey(path));
        return;
      case 'increment':
        await this.#makeAll(path);
        this.#tell(edit, path);
        return this.#root.at(path).increment(edit.amount);
    }
  }

  /** The id of the map or counter at a path; undefined where a plain value stands, or nothing. */
  idAt(path: string): string | undefined {
    // The root has no instance of its own in the SDK's types; its id is given by the protocol.
    if (path === '') return 'map:root';
    const id = (this.#root.at(path).instance() as {id?: unknown} | undefined)?.id;
    return typeof id === 'string' ? id : undefined;
  }

  /**
   * Makes the maps on the way to the last key of a path, where they are missing. What somebody else makes meanwhile may
   * replace any of them, the first ones too: the way is looked at from its start again after each.
   */
  async #makeMaps(path: string): Promise<void> {
    for (let place = this.#missingMap(path); place !== undefined; place = this.#missingMap(path)) {
      const value = this.#valueAt(place);
      if (!(await this.#make(place, () => this.#types.LiveMap.create(entriesOf(value, this.#types))))) return;
    }
  }

  /** Makes the maps on the way to a path, and the counter at it, where they are missing. */
  async #makeAll(path: string): Promise<void> {
    await this.#makeMaps(path);
    while (!this.idAt(path)?.startsWith('counter:')) {
      const value = this.#valueAt(path);
      if (!(await this.#make(path, () => this.#types.LiveCounter.create(typeof value === 'number' ? value : 0)))) return;
      await this.#makeMaps(path);
    }
  }

  /** The first place on the way to the last key of a path that has no map. */
  #missingMap(path: string): string | undefined {
    const keys = keysOf(path);
    const places = keys.slice(1).map((_, index) => keys.slice(0, index + 1).join('.'));
    return places.find((place) => !this.idAt(place)?.startsWith('map:'));
  }

  /**
   * Makes an object at a path. Resolves to whether there is reason to go on: something stands there, be it somebody
   * else's, or the map around it was replaced. Otherwise what was made was removed at once, and is not made again.
   */
  async #make(path: string, create: () => LiveMap | LiveCounter): Promise<boolean> {
    const around = this.idAt(parentPath(path));
    let making = this.#making.get(path);
    if (!making) {
      making = this.#mapAt(parentPath(path)).set(lastKey(path), create()).finally(() => this.#making.delete(path));
      this.#making.set(path, making);
    }
    await making;
    return this.idAt(path) !== undefined || this.idAt(parentPath(path)) !== around;
  }

  #tell(edit: Edit, path: string): void {
    const keys = keysOf(path);
    const places = keys.flatMap((_, index): Place[] => {
      const place = keys.slice(0, index + 1).join('.');
      const id = this.idAt(place);
      return id === undefined ? [] : [{path: place, id}];
    });
    this.#onEdit(edit, places);
  }

  #mapAt(path: string): Root {
    // What stands at a path is typed by what was declared of the state, which is nothing.
    return path === '' ? this.#root : (this.#root.at(path) as unknown as Root);
  }

  #valueAt(path: string): LiveValue | undefined {
    return this.#root.at(path).compactJson();
  }
}

function parentPath(path: string): string {
  return keysOf(path).slice(0, -1).join('.');
}

/** Objects become maps, so that their parts can be changed on their own; the rest are plain values. */
function liveOf(value: LiveValue, types: LiveTypes): Value {
  if (isLiveObject(value)) return types.LiveMap.create(entriesOf(value, types));
  // The plain values of the two types are the same; `null` is removed before.
  return value as Value;
}

function entriesOf(value: LiveValue | undefined, types: LiveTypes): Record<string, Value> {
  if (!isLiveObject(value)) return {};
  return Object.fromEntries(Object.entries(value).flatMap(([key, part]) => (part === null ? [] : [[key, liveOf(part, types)]])));
}

function lastKey(path: string): string {
  return keysOf(path).at(-1) ?? '';
}
