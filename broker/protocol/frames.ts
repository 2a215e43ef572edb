/** Protocol messages: one a frame, in both directions (TR4). */
import {Action} from './actions.ts';
import {type Annotation} from './annotations.ts';
import {jsonPayload, type Format} from './data.ts';
import {type ErrorInfo} from './errors.ts';
import {type Message} from './messages.ts';
import {withBase64, type ObjectMessage} from './objects.ts';
import {type PresenceMessage} from './presence.ts';
import {optionalCount, optionalRecord, optionalString, optionalStrings, readArray, readRecord} from './reading.ts';

/** What the server tells a client about its connection (CD2). Durations are milliseconds, sizes bytes. */
export interface ConnectionDetails {
  connectionKey: string;
  clientId?: string;
  connectionStateTtl: number;
  maxIdleInterval: number;
  maxMessageSize: number;
  maxFrameSize: number;
  maxInboundRate: number;
  objectsGCGracePeriod: number;
  siteCode: string;
  serverId: string;
}

/** What the broker sends. */
export interface OutboundFrame {
  action: Action;
  id?: string;
  channel?: string;
  channelSerial?: string;
  connectionId?: string;
  connectionDetails?: ConnectionDetails;
  error?: ErrorInfo;
  flags?: number;
  params?: Record<string, string>;
  timestamp?: number;
  msgSerial?: number;
  count?: number;
  /** One entry per acknowledged protocol message, one serial per message inside it (TR4s); null: discarded. */
  res?: {serials: (string | null)[]}[];
  auth?: Record<string, never>;
  messages?: readonly Message[];
  presence?: readonly PresenceMessage[];
  annotations?: readonly Annotation[];
  state?: readonly ObjectMessage[];
}

/** What a client sends. Its items are still unread: a bad one is refused by NACK, not by ending the connection. */
export interface InboundFrame {
  /** Not narrowed: unknown actions are ignored. */
  action: number;
  id?: string;
  channel?: string;
  channelSerial?: string;
  flags: number;
  params: Record<string, string>;
  msgSerial: number;
  accessToken?: string;
  messages: unknown[];
  presence: unknown[];
  annotations: unknown[];
  state: unknown[];
}

/** Reads a decoded frame; throws an `AblyError` when it is no protocol message. */
export function readFrame(value: unknown): InboundFrame {
  const record = readRecord(value, 'protocol message');
  const items = (field: string): unknown[] => (record[field] == null ? [] : readArray(record[field], `'${field}'`));
  const frame: InboundFrame = {
    action: optionalCount(record, 'action') ?? -1,
    flags: optionalCount(record, 'flags') ?? 0,
    params: optionalStrings(record, 'params') ?? {},
    msgSerial: optionalCount(record, 'msgSerial') ?? 0,
    messages: items('messages'),
    presence: items('presence'),
    annotations: items('annotations'),
    state: items('state'),
  };
  const id = optionalString(record, 'id');
  const channel = optionalString(record, 'channel');
  const channelSerial = optionalString(record, 'channelSerial');
  const auth = optionalRecord(record, 'auth');
  const accessToken = auth && optionalString(auth, 'accessToken');
  if (id !== undefined) frame.id = id;
  if (channel !== undefined) frame.channel = channel;
  if (channelSerial) frame.channelSerial = channelSerial;
  if (accessToken !== undefined) frame.accessToken = accessToken;
  return frame;
}

/** Actions whose protocol messages are numbered by `msgSerial` and answered by ACK or NACK (RTN7a). */
export const acknowledged: ReadonlySet<number> = new Set([Action.Message, Action.Presence, Action.Object, Action.Annotation]);

/** The frame as a client of this format must get it: bytes become base64 in JSON. */
export function wireFrame(frame: OutboundFrame, format: Format): unknown {
  if (format === 'msgpack') return frame;
  if (frame.messages) return {...frame, messages: frame.messages.map(jsonPayload)};
  if (frame.presence) return {...frame, presence: frame.presence.map(jsonPayload)};
  if (frame.annotations) return {...frame, annotations: frame.annotations.map(jsonPayload)};
  if (frame.state) return {...frame, state: withBase64(frame.state)};
  return frame;
}
