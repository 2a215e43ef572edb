/** Live objects as they travel: operations, and the state of an object in a sync (OM, OOP, OST). */
import {type ObjectAction} from './actions.ts';
import {fromBase64, toBase64} from './base64.ts';
import {AblyError, Code} from './errors.ts';
import {isRecord, optionalBoolean, optionalNumber, optionalString, type UnknownRecord} from './reading.ts';

/** One value in a map (OD2). Exactly one field is set. */
export interface ObjectData {
  objectId?: string;
  string?: string;
  number?: number;
  boolean?: boolean;
  /** Base64 text in JSON, binary in msgpack, bytes in here. */
  bytes?: Uint8Array;
  /** JSON text of an object or array. */
  json?: string;
}

/** One entry of a map (OME2). */
export interface MapEntry {
  data?: ObjectData;
  /** Serial of the operation that wrote it; absent inside a MAP_CREATE. */
  timeserial?: string;
  tombstone?: boolean;
  /** When it was removed, in milliseconds since the epoch; only with `tombstone`. */
  serialTimestamp?: number;
}

export interface MapCreate {
  /** 0 is last-writer-wins, the only one there is. */
  semantics: number;
  entries: Record<string, MapEntry>;
}

/** An operation in the expanded form in which everybody gets it (OOP3). */
export interface ObjectOperation {
  action: ObjectAction;
  objectId: string;
  mapCreate?: MapCreate;
  mapSet?: {key: string; value: ObjectData};
  mapRemove?: {key: string};
  counterCreate?: {count: number};
  counterInc?: {number: number};
  objectDelete?: Record<string, never>;
  mapClear?: Record<string, never>;
}

/** The whole of one object, or a page of a large map, inside OBJECT_SYNC (OST2). */
export interface ObjectState {
  objectId: string;
  siteTimeserials: Record<string, string>;
  tombstone: boolean;
  map?: {semantics: number; entries: Record<string, MapEntry>; clearTimeserial?: string};
  counter?: {count: number};
}

export interface ObjectMessage {
  id?: string;
  clientId?: string;
  connectionId?: string;
  timestamp?: number;
  serial?: string;
  serialTimestamp?: number;
  siteCode?: string;
  extras?: UnknownRecord;
  operation?: ObjectOperation;
  object?: ObjectState;
}

/** Reads one value; `undefined` when the record holds none of the known fields. */
export function readObjectData(value: unknown): ObjectData | undefined {
  if (!isRecord(value)) return undefined;
  const objectId = optionalString(value, 'objectId');
  if (objectId !== undefined) return {objectId};
  const text = optionalString(value, 'string');
  if (text !== undefined) return {string: text};
  const number = optionalNumber(value, 'number');
  if (number !== undefined) return {number};
  const boolean = optionalBoolean(value, 'boolean');
  if (boolean !== undefined) return {boolean};
  const json = optionalString(value, 'json');
  if (json !== undefined) return {json};
  return value.bytes == null ? undefined : {bytes: readBytes(value.bytes)};
}

function readBytes(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  const bytes = typeof value === 'string' ? fromBase64(value) : undefined;
  if (!bytes) throw new AblyError(Code.InvalidParameter, "Invalid 'bytes': expected binary, or base64 text in JSON");
  return bytes;
}

/** A copy in which bytes are base64 text; things without bytes come back as they are. */
export function withBase64(value: unknown): unknown {
  if (value instanceof Uint8Array) return toBase64(value);
  if (Array.isArray(value)) return value.map(withBase64);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withBase64(item)]));
}
