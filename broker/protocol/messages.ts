/** Messages as they are kept and delivered, and as clients send them. */
import {type MessageAction} from './actions.ts';
import {byteLength, readPayload, type Payload} from './data.ts';
import {AblyError, Code} from './errors.ts';
import {isRecord, optionalCount, optionalRecord, optionalString, optionalStrings, readRecord, type UnknownRecord} from './reading.ts';

/** Which version of a message this is, and who made it why (TM2s). */
export interface MessageVersion {
  serial: string;
  /** Milliseconds since the epoch. */
  timestamp: number;
  clientId?: string;
  description?: string;
  metadata?: Record<string, string>;
}

/** A message in one of its versions, exactly as delivered but for the format of `data`. */
export interface Message extends Payload {
  id: string;
  clientId?: string;
  connectionId?: string;
  /** When it was created, in milliseconds since the epoch; later versions keep it. */
  timestamp: number;
  name?: string;
  extras?: UnknownRecord;
  /** Names the message for its whole life and gives its place in the channel's history. */
  serial: string;
  action: MessageAction;
  version: MessageVersion;
  annotations?: {summary: UnknownRecord};
}

/** What a client may say about a message: a new one, or an operation on the one named by `serial`. */
export interface MessageInput extends Payload {
  id?: string;
  clientId?: string;
  /** Publishes over REST on behalf of a live connection. */
  connectionKey?: string;
  name?: string;
  extras?: UnknownRecord;
  serial?: string;
  action: number;
  version?: Pick<MessageVersion, 'clientId' | 'description' | 'metadata'>;
  ephemeral: boolean;
}

function readVersion(record: UnknownRecord): MessageInput['version'] {
  const version = optionalRecord(record, 'version');
  if (!version) return undefined;
  const clientId = optionalString(version, 'clientId');
  const description = optionalString(version, 'description');
  const metadata = optionalStrings(version, 'metadata');
  return {...(clientId && {clientId}), ...(description && {description}), ...(metadata && {metadata})};
}

/** Reads one message as published over the socket or over REST. */
export function readMessage(value: unknown): MessageInput {
  const record = readRecord(value, 'message');
  const extras = optionalRecord(record, 'extras');
  const input: MessageInput = {
    action: optionalCount(record, 'action', 255) ?? 0,
    ephemeral: extras?.ephemeral === true || record.ephemeral === true,
    ...readPayload(record),
  };
  const id = optionalString(record, 'id');
  const clientId = optionalString(record, 'clientId');
  const connectionKey = optionalString(record, 'connectionKey');
  const name = optionalString(record, 'name');
  const serial = optionalString(record, 'serial');
  const version = readVersion(record);
  if (id) input.id = id;
  if (clientId !== undefined) input.clientId = clientId;
  if (connectionKey) input.connectionKey = connectionKey;
  if (name !== undefined) input.name = name;
  if (extras) input.extras = extras;
  if (serial) input.serial = serial;
  if (version) input.version = version;
  return input;
}

/** Size as Ably counts it (TM6): name, clientId and data in bytes, extras by their JSON. */
function messageSize(message: Payload & {name?: string; clientId?: string; extras?: UnknownRecord}): number {
  const extras = message.extras ? byteLength(JSON.stringify(message.extras)) : 0;
  return byteLength(message.name) + byteLength(message.clientId) + byteLength(message.data) + extras;
}

/** More bytes than the JSON of a value can have, without writing it. */
function jsonBound(value: unknown): number {
  if (typeof value === 'string') return 6 * value.length + 3; // no character takes more than its escape
  if (typeof value !== 'object' || value === null) return 26;
  let sum = 3;
  for (const [key, item] of Object.entries(value)) sum += 6 * key.length + 4 + jsonBound(item);
  return sum;
}

/** More than the size that counts. */
function sizeBound({name, clientId, data, extras}: Parameters<typeof messageSize>[0]): number {
  const lengths = (name?.length ?? 0) + (clientId?.length ?? 0) + (data?.length ?? 0);
  return 3 * lengths + (extras ? jsonBound(extras) : 0);
}

/** Refuses a batch above the limit as a whole (RSL1i). */
export function checkSize(items: readonly Parameters<typeof messageSize>[0][], limit: number): void {
  // Only what could be too large is counted exactly.
  if (items.reduce((sum, item) => sum + sizeBound(item), 0) <= limit) return;
  const size = items.reduce((sum, item) => sum + messageSize(item), 0);
  if (size <= limit) return;
  throw new AblyError(Code.MessageTooLarge, `Maximum size of messages exceeded: ${size} bytes, limit ${limit}`);
}

/** REST takes one message or an array of them. */
export function oneOrMany(body: unknown): unknown[] {
  if (Array.isArray(body)) return body as unknown[];
  if (isRecord(body)) return [body];
  throw new AblyError(Code.InvalidRequestBody, 'Invalid request body: expected an object or an array of objects');
}
