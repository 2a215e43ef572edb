/** Object operations over REST: by object id or by path, with ids made here for new objects. */
import {ObjectAction} from '../../protocol/actions.ts';
import {AblyError, Code} from '../../protocol/errors.ts';
import {withBase64, type ObjectOperation} from '../../protocol/objects.ts';
import {optionalString, readRecord, type UnknownRecord} from '../../protocol/reading.ts';
import {type Channel} from '../channel.ts';
import {type Publisher} from '../publishing.ts';
import {type LiveObject} from './live-object.ts';
import {actionOf, readOperation, rootId, typeForAction} from './operations.ts';
import {resolve, splitPath} from './paths.ts';

const creates: readonly ObjectAction[] = [ObjectAction.MapCreate, ObjectAction.CounterCreate];

/** Applies operations in order and returns the ids of the objects they are about; an operation with a known `id` is not repeated. */
export function publishOperations(channel: Channel, publisher: Publisher, values: readonly unknown[]): string[] {
  return values.flatMap((value) => {
    const record = readRecord(value, 'object operation');
    const id = optionalString(record, 'id');
    const known = id === undefined ? undefined : channel.store.objectPublish(id);
    if (known) return known;
    const operations = expand(channel, record);
    channel.objects.publish(publisher, operations.map((operation) => ({operation, ...(id !== undefined && {id})})));
    const objectIds = [...new Set(operations.map(({objectId}) => objectId))];
    if (id !== undefined) channel.store.saveObjectPublish(id, objectIds);
    return objectIds;
  });
}

function expand(channel: Channel, record: UnknownRecord): ObjectOperation[] {
  const action = actionOf(record);
  const {sha256} = channel.context.environment;
  const read = (objectId: string): ObjectOperation => readOperation({...record, action, objectId}, sha256);
  const objectId = optionalString(record, 'objectId');
  const path = optionalString(record, 'path');
  if (creates.includes(action)) {
    const create = read(objectId ?? newObjectId(channel, record, action));
    return path ? [create, link(channel, path, create.objectId)] : [create];
  }
  if (objectId !== undefined && path === undefined) return [read(objectId)];
  const wanted = typeForAction(action);
  const targets = find(channel, objectId, path ?? '').filter(({entries}) => wanted === undefined || (wanted === 'map') === (entries !== undefined));
  if (targets.length === 0) throw new AblyError(Code.PathNotFound, `No object of the right type at path '${path ?? ''}'`, {statusCode: 404});
  return targets.map((target) => read(target.objectId));
}

/** Objects at a path, from the root or from a given object. */
function find(channel: Channel, objectId: string | undefined, path: string): LiveObject[] {
  const from = channel.objects.get(objectId ?? rootId);
  if (!from) throw new AblyError(Code.NotFound, `No object ${objectId ?? rootId} on the channel`);
  return resolve(channel.objects, from, splitPath(path)).flatMap((node) => ('object' in node ? [node.object] : []));
}

/** The operation that puts a new object where its path says. */
function link(channel: Channel, path: string, objectId: string): ObjectOperation {
  const keys = splitPath(path);
  const key = keys.pop() ?? '';
  const from = channel.objects.get(rootId);
  const [parent] = from ? resolve(channel.objects, from, keys) : [];
  if (!parent || !('object' in parent) || !parent.object.entries) {
    throw new AblyError(Code.PathNotFound, `No map to hold '${key}' at path '${keys.join('.')}'`, {statusCode: 404});
  }
  return {action: ObjectAction.MapSet, objectId: parent.object.objectId, mapSet: {key, value: {objectId}}};
}

/** An id as a client would make it (RTO14). */
function newObjectId(channel: Channel, record: UnknownRecord, action: ObjectAction): string {
  const {environment} = channel.context;
  const initialValue = JSON.stringify(withBase64(action === ObjectAction.MapCreate ? record.mapCreate : record.counterCreate));
  return `${typeForAction(action) ?? 'map'}:${environment.sha256(`${initialValue}:${environment.randomId(16)}`)}@${channel.now()}`;
}
