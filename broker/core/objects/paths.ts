/** Objects by path, as REST names them: keys joined by dots from a starting object, `*` for every key, `\.` for a dot in a key. */
import {type ObjectData} from '../../protocol/objects.ts';
import {type LiveObject} from './live-object.ts';
import {type LiveObjects} from './live-objects.ts';

export function splitPath(path: string): string[] {
  if (path === '') return [];
  return path.split(/(?<!\\)\./).map((key) => key.replaceAll('\\.', '.'));
}

/** What a path leads to: an object, or a value in a map. */
export type Node = {object: LiveObject} | {value: ObjectData};

function nodeOf(objects: LiveObjects, data: ObjectData): Node | undefined {
  if (data.objectId === undefined) return {value: data};
  const object = objects.get(data.objectId);
  return object && {object};
}

/** Everything the path leads to; without a wildcard that is one node or none. */
export function resolve(objects: LiveObjects, from: LiveObject, keys: readonly string[]): Node[] {
  let nodes: Node[] = [{object: from}];
  for (const key of keys) {
    nodes = nodes.flatMap((node) => {
      if (!('object' in node)) return [];
      const values = key === '*' ? [...node.object.liveEntries()].map(([, data]) => data) : [node.object.value(key)];
      return values.map((data) => data && nodeOf(objects, data)).filter((found) => found !== undefined);
    });
  }
  return nodes;
}
