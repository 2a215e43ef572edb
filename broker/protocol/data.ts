/**
 * Payloads. The broker keeps data as text or bytes, with the `encoding` that says what is inside. Only the last step
 * differs between formats: JSON carries bytes as base64 text and says so, msgpack carries them as they are (RSL4, RSL6).
 */
import {fromBase64, toBase64} from './base64.ts';
import {AblyError, Code} from './errors.ts';
import {checkDepth, optionalString, type UnknownRecord} from './reading.ts';

/** How a connection or a request writes its frames. */
export type Format = 'json' | 'msgpack';

/** A payload as it is kept. */
export interface Payload {
  data?: string | Uint8Array;
  /** Steps to decode, the last one first to undo, such as `utf-8/cipher+aes-128-cbc`; never ends in `base64`. */
  encoding?: string;
}

const base64Step = /(?:^|\/)base64$/;

/** Reads `data` and `encoding` as a client of either format sends them. */
export function readPayload(record: UnknownRecord): Payload {
  const encoding = optionalString(record, 'encoding');
  const data = record.data;
  if (data == null) return encoding === undefined || encoding === '' ? {} : {encoding};
  if (typeof data === 'string') return readText(data, encoding);
  if (data instanceof Uint8Array) return encoding ? {data, encoding} : {data};
  if (typeof data !== 'object') throw new AblyError(Code.InvalidData, `Invalid data: a ${typeof data} must be encoded as a string`);
  checkDepth(data, 'data');
  return {data: JSON.stringify(data), encoding: encoding ? `${encoding}/json` : 'json'};
}

function readText(data: string, encoding: string | undefined): Payload {
  if (!encoding) return {data};
  if (!base64Step.test(encoding)) return {data, encoding};
  const bytes = fromBase64(data);
  if (!bytes) throw new AblyError(Code.InvalidData, 'Invalid data: the encoding says base64, the text is not');
  const rest = encoding.replace(base64Step, '');
  return rest ? {data: bytes, encoding: rest} : {data: bytes};
}

/** The same item as a JSON client must see it. Items without bytes are returned as they are. */
export function jsonPayload<Item extends Payload>(item: Item): Item {
  if (!(item.data instanceof Uint8Array)) return item;
  return {...item, data: toBase64(item.data), encoding: item.encoding ? `${item.encoding}/base64` : 'base64'};
}

const utf8 = new TextEncoder();

/** Length in bytes of a payload or other text. */
export function byteLength(value: string | Uint8Array | undefined): number {
  if (value === undefined) return 0;
  return typeof value === 'string' ? utf8.encode(value).length : value.length;
}

/** Data one after the other: text with text, bytes with bytes. */
export function concatData(head: Payload['data'], tail: Payload['data']): Payload['data'] {
  if (head === undefined) return tail;
  if (tail === undefined) return head;
  if (typeof head === 'string' && typeof tail === 'string') return head + tail;
  if (head instanceof Uint8Array && tail instanceof Uint8Array) {
    const joined = new Uint8Array(head.length + tail.length);
    joined.set(head);
    joined.set(tail, head.length);
    return joined;
  }
  throw new AblyError(Code.InvalidData, 'Cannot append: the message and the addition must both be text or both be binary');
}

/** A payload with another appended to it; its encoding stays, unless there was nothing to encode. */
export function concatPayloads(head: Payload, tail: Payload): Payload {
  const data = concatData(head.data, tail.data);
  const encoding = head.data === undefined ? tail.encoding : head.encoding;
  return {...(data !== undefined && {data}), ...(encoding !== undefined && {encoding})};
}
