/** Reads object operations as clients send them and brings them into the expanded form that everybody gets (OOP, RTO11f). */
import {ObjectAction} from '../../protocol/actions.ts';
import {byteLength} from '../../protocol/data.ts';
import {AblyError, Code} from '../../protocol/errors.ts';
import {readObjectData, type MapCreate, type ObjectData, type ObjectOperation} from '../../protocol/objects.ts';
import {checkDepth, isRecord, optionalNumber, readRecord, requiredString, type UnknownRecord} from '../../protocol/reading.ts';

export const rootId = 'root';

type ObjectType = 'map' | 'counter';

function invalid(why: string): never {
  throw new AblyError(Code.ObjectInvalid, `Invalid object operation: ${why}`);
}

/** What kind of object an id names; refuses what is no id. */
export function typeOfId(objectId: string): ObjectType {
  if (objectId === rootId) return 'map';
  const [, type] = /^(map|counter):[^@]+@\d+$/.exec(objectId) ?? [];
  if (type === 'map' || type === 'counter') return type;
  return invalid(`'${objectId}' is not an object id`);
}

function readMapCreate(value: unknown): MapCreate {
  const record = readRecord(value, 'mapCreate');
  const {semantics = 0} = record;
  if (semantics !== 0 && semantics !== 'LWW' && semantics !== 'lww') invalid('unknown map semantics');
  const entries = record.entries == null ? {} : readRecord(record.entries, 'mapCreate.entries');
  return {
    semantics: 0,
    entries: Object.fromEntries(Object.entries(entries).map(([key, entry]) => [key, {data: readValue(readRecord(entry, 'map entry').data, key)}])),
  };
}

function readValue(value: unknown, key: string): ObjectData {
  const data = readObjectData(value) ?? invalid(`no value for key '${key}'`);
  if (data.objectId !== undefined) typeOfId(data.objectId);
  return data;
}

function readCount(value: unknown, field: string, what: string): number {
  return optionalNumber(readRecord(value, what), field) ?? (field === 'count' ? 0 : invalid(`${what} needs a number`));
}

/** The create payload inside `…WithObjectId`, whose hash must be in the object id (RTO14). */
function readInitialValue(record: UnknownRecord, objectId: string, sha256: (text: string) => string): unknown {
  const initialValue = requiredString(record, 'initialValue');
  const hash = sha256(`${initialValue}:${requiredString(record, 'nonce')}`);
  if (objectId.slice(objectId.indexOf(':') + 1, objectId.lastIndexOf('@')) !== hash) invalid('the object id does not match the initial value and nonce');
  try {
    const parsed: unknown = JSON.parse(initialValue);
    checkDepth(parsed, 'initialValue');
    return parsed;
  } catch (cause) {
    throw new AblyError(Code.ObjectInvalid, 'Invalid object operation: initialValue is not JSON', {cause});
  }
}

/** Fields that say what an operation does, with the action they stand for: REST names no action. */
const actionByField: Readonly<Record<string, ObjectAction>> = {
  mapCreate: ObjectAction.MapCreate,
  mapCreateWithObjectId: ObjectAction.MapCreate,
  mapSet: ObjectAction.MapSet,
  mapRemove: ObjectAction.MapRemove,
  counterCreate: ObjectAction.CounterCreate,
  counterCreateWithObjectId: ObjectAction.CounterCreate,
  counterInc: ObjectAction.CounterInc,
  objectDelete: ObjectAction.ObjectDelete,
  mapClear: ObjectAction.MapClear,
};

export function actionOf(record: UnknownRecord): ObjectAction {
  const field = Object.keys(actionByField).find((name) => record[name] != null);
  return field === undefined ? invalid('it says nothing to do') : (actionByField[field] ?? invalid('unknown'));
}

const wantedTypes: Readonly<Record<ObjectAction, ObjectType | undefined>> = {
  [ObjectAction.MapCreate]: 'map',
  [ObjectAction.MapSet]: 'map',
  [ObjectAction.MapRemove]: 'map',
  [ObjectAction.MapClear]: 'map',
  [ObjectAction.CounterCreate]: 'counter',
  [ObjectAction.CounterInc]: 'counter',
  [ObjectAction.ObjectDelete]: undefined,
};

/** The type of object an action works on; undefined for any. */
export function typeForAction(action: ObjectAction): ObjectType | undefined {
  return wantedTypes[action];
}

function isAction(value: unknown): value is ObjectAction {
  return typeof value === 'number' && value in wantedTypes;
}

/**
 * Reads one operation.
 * @throws AblyError 92000 for anything that cannot be applied
 */
export function readOperation(value: unknown, sha256: (text: string) => string): ObjectOperation {
  const record = readRecord(value, 'operation');
  const {action} = record;
  if (!isAction(action)) return invalid(`unknown action ${String(action)}`);
  const objectId = requiredString(record, 'objectId');
  const type = typeOfId(objectId);
  const wanted = typeForAction(action);
  if (wanted && wanted !== type) invalid(`'${objectId}' is no ${wanted}`);
  const isLifecycle = action === ObjectAction.MapCreate || action === ObjectAction.CounterCreate || action === ObjectAction.ObjectDelete;
  if (objectId === rootId && isLifecycle) invalid('the root is neither created nor deleted');
  const head = {action, objectId};
  switch (action) {
    case ObjectAction.MapCreate: {
      const given = record.mapCreateWithObjectId;
      return {...head, mapCreate: readMapCreate(isRecord(given) ? readInitialValue(given, objectId, sha256) : record.mapCreate)};
    }
    case ObjectAction.CounterCreate: {
      const given = record.counterCreateWithObjectId;
      const create = isRecord(given) ? readInitialValue(given, objectId, sha256) : record.counterCreate;
      return {...head, counterCreate: {count: readCount(create, 'count', 'counterCreate')}};
    }
    case ObjectAction.MapSet: {
      const set = readRecord(record.mapSet, 'mapSet');
      const key = requiredString(set, 'key');
      return {...head, mapSet: {key, value: readValue(set.value, key)}};
    }
    case ObjectAction.MapRemove:
      return {...head, mapRemove: {key: requiredString(readRecord(record.mapRemove, 'mapRemove'), 'key')}};
    case ObjectAction.CounterInc:
      return {...head, counterInc: {number: readCount(record.counterInc, 'number', 'counterInc')}};
    case ObjectAction.ObjectDelete:
      return {...head, objectDelete: {}};
    case ObjectAction.MapClear:
      return {...head, mapClear: {}};
  }
}

/** Size of a value as Ably counts it (OD3). */
export function dataSize(data: ObjectData | undefined): number {
  if (!data) return 0;
  if (data.number !== undefined) return 8;
  if (data.boolean !== undefined) return 1;
  return byteLength(data.string ?? data.bytes ?? data.json);
}

/** Size of an operation as Ably counts it (OOP4). */
export function operationSize(operation: ObjectOperation): number {
  const {mapCreate, mapSet, mapRemove, counterCreate, counterInc} = operation;
  const entries = Object.entries(mapCreate?.entries ?? {});
  return (
    entries.reduce((sum, [key, entry]) => sum + byteLength(key) + dataSize(entry.data), 0) +
    (mapSet ? byteLength(mapSet.key) + dataSize(mapSet.value) : 0) +
    (mapRemove ? byteLength(mapRemove.key) : 0) +
    (counterCreate || counterInc ? 8 : 0)
  );
}
