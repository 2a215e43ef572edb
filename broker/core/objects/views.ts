/** Objects as REST shows them: compact, as plain values, or with ids and types. */
import {type Format} from '../../protocol/data.ts';
import {toBase64} from '../../protocol/base64.ts';
import {type ObjectData} from '../../protocol/objects.ts';
import {type LiveObject} from './live-object.ts';
import {type LiveObjects} from './live-objects.ts';
import {type Node} from './paths.ts';

function compactValue(data: ObjectData, format: Format): unknown {
  if (data.bytes) return format === 'json' ? toBase64(data.bytes) : data.bytes;
  return data.string ?? data.number ?? data.boolean ?? data.json;
}

/** Plain JSON: a counter is its number, a map an object; an object inside itself only its id. */
function compactObject(objects: LiveObjects, object: LiveObject, format: Format, above: ReadonlySet<LiveObject>): unknown {
  if (!object.entries) return object.count;
  if (above.has(object)) return {objectId: object.objectId};
  const path = new Set(above).add(object);
  const entries = [...object.liveEntries()].map(([key, data]): [string, unknown] => {
    const child = data.objectId === undefined ? undefined : objects.get(data.objectId);
    return [key, child ? compactObject(objects, child, format, path) : compactValue(data, format)];
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function fullObject(objects: LiveObjects, object: LiveObject, above: ReadonlySet<LiveObject>): unknown {
  const {objectId} = object;
  if (!object.entries) return {objectId, counter: {data: {number: object.count}}};
  if (above.has(object)) return {objectId};
  const path = new Set(above).add(object);
  const entries = [...object.liveEntries()].map(([key, data]): [string, unknown] => {
    const child = data.objectId === undefined ? undefined : objects.get(data.objectId);
    return [key, {data: child ? fullObject(objects, child, path) : data}];
  });
  return {objectId, map: {semantics: 'LWW', entries: Object.fromEntries(entries)}};
}

export function compactView(objects: LiveObjects, node: Node, format: Format): unknown {
  return 'object' in node ? compactObject(objects, node.object, format, new Set()) : compactValue(node.value, format);
}

export function fullView(objects: LiveObjects, node: Node): unknown {
  return 'object' in node ? fullObject(objects, node.object, new Set()) : node.value;
}
