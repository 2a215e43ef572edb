/** Presence messages as they are kept and delivered, and as clients send them. */
import {PresenceAction} from './actions.ts';
import {readPayload, type Payload} from './data.ts';
import {AblyError, Code} from './errors.ts';
import {optionalNumber, optionalRecord, optionalString, readRecord, type UnknownRecord} from './reading.ts';

/** One event of a presence member, or the member itself with action present. */
export interface PresenceMessage extends Payload {
  /** `connectionId:msgSerial:index`, whose numbers say which of two is newer (RTP2b); any other form compares by timestamp. */
  id: string;
  action: PresenceAction;
  clientId: string;
  connectionId: string;
  /** Milliseconds since the epoch. */
  timestamp: number;
  extras?: UnknownRecord;
}

export interface PresenceInput extends Payload {
  id?: string;
  action: PresenceAction;
  clientId?: string;
  extras?: UnknownRecord;
}

const sendable: readonly number[] = [PresenceAction.Present, PresenceAction.Enter, PresenceAction.Leave, PresenceAction.Update];

export function readPresence(value: unknown): PresenceInput {
  const record = readRecord(value, 'presence message');
  const action = optionalNumber(record, 'action') ?? -1;
  if (!sendable.includes(action)) throw new AblyError(Code.InvalidParameter, `Invalid presence action ${action}`);
  const id = optionalString(record, 'id');
  const clientId = optionalString(record, 'clientId');
  const extras = optionalRecord(record, 'extras');
  return {
    action: action as PresenceAction, // checked against the list above
    ...readPayload(record),
    ...(id && {id}),
    ...(clientId !== undefined && {clientId}),
    ...(extras && {extras}),
  };
}
