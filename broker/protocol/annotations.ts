/** Annotations: small facts about a message, such as reactions, folded into its summary (TAN). */
import {AnnotationAction} from './actions.ts';
import {readPayload, type Payload} from './data.ts';
import {AblyError, Code} from './errors.ts';
import {optionalCount, optionalNumber, optionalRecord, optionalString, readRecord, requiredString, type UnknownRecord} from './reading.ts';

export interface Annotation extends Payload {
  id: string;
  action: AnnotationAction;
  serial: string;
  messageSerial: string;
  /** Namespace and summary method, such as `reaction:distinct.v1`. */
  type: string;
  name?: string;
  count?: number;
  clientId?: string;
  connectionId?: string;
  /** Milliseconds since the epoch. */
  timestamp: number;
  extras?: UnknownRecord;
}

export type AnnotationInput = Pick<Annotation, 'action' | 'type' | 'name' | 'count' | 'clientId' | 'extras' | 'data' | 'encoding'> & {
  id?: string;
  messageSerial?: string;
};

export function readAnnotation(value: unknown): AnnotationInput {
  const record = readRecord(value, 'annotation');
  const action = optionalNumber(record, 'action') ?? AnnotationAction.Create;
  if (action !== AnnotationAction.Create && action !== AnnotationAction.Delete) {
    throw new AblyError(Code.InvalidParameter, `Invalid annotation action ${action}`);
  }
  const id = optionalString(record, 'id');
  const messageSerial = optionalString(record, 'messageSerial');
  const name = optionalString(record, 'name');
  const count = optionalCount(record, 'count');
  const clientId = optionalString(record, 'clientId');
  const extras = optionalRecord(record, 'extras');
  return {
    action,
    type: requiredString(record, 'type'),
    ...readPayload(record),
    ...(id && {id}),
    ...(messageSerial && {messageSerial}),
    ...(name !== undefined && {name}),
    ...(count !== undefined && {count}),
    ...(clientId !== undefined && {clientId}),
    ...(extras && {extras}),
  };
}
