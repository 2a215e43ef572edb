/** Publishing: new messages, and operations on the ones that exist. A batch is published whole or not at all (RSL1). */
import {MessageAction} from '../protocol/actions.ts';
import {AblyError, Code} from '../protocol/errors.ts';
import {checkSize, type Message, type MessageInput} from '../protocol/messages.ts';
import {type Principal} from './auth.ts';
import {type Channel} from './channel.ts';
import {messageFrame} from './delivery.ts';
import {type Revision} from './message-log.ts';
import {messageSerial} from './serials.ts';

/** On whose behalf something is published. */
export interface Publisher {
  readonly principal: Principal;
  /** The client id they act under: `*` may use any, undefined none. */
  readonly clientId?: string;
  /** Absent over REST. */
  readonly connectionId?: string;
  /** Messages without an id of their own get `<idBase>:<index>`. */
  readonly idBase: string;
  /** Whether the client chose `idBase`, so that repeating it must not publish twice. */
  readonly idempotent?: boolean;
}

/**
 * The client id to stamp on something published (RSA7, RSL1m).
 * @throws AblyError 40012 when it claims another one than it may.
 */
export function stampClientId(publisher: Pick<Publisher, 'clientId'>, claimed: string | undefined): string | undefined {
  const own = publisher.clientId;
  if (claimed === undefined) return own === '*' ? undefined : own;
  if (claimed !== '' && claimed !== '*' && (own === '*' || own === claimed)) return claimed;
  throw new AblyError(Code.InvalidClientId, `Invalid clientId '${claimed}': the connection may not use it`);
}

/** Refuses with 40160 unless the publisher may do one of the operations on the channel. */
export function checkPermitted(channel: Channel, publisher: Publisher, ...operations: string[]): void {
  if (operations.some((operation) => publisher.principal.capability.permits(operation, channel.name))) return;
  throw new AblyError(Code.OperationNotPermitted, `Operation not permitted: ${operations.join(' or ')} on channel ${channel.name}`);
}

/** Publishes a batch and returns the serial of each message, or of each new version. */
export function publish(channel: Channel, publisher: Publisher, inputs: readonly MessageInput[]): string[] {
  if (inputs.length === 0) throw new AblyError(Code.InvalidRequestBody, 'Nothing to publish: expected at least one message');
  checkSize(inputs, channel.context.limits.maxMessageSize);
  const isCreate = (input: MessageInput): boolean => input.action === MessageAction.Create;
  if (inputs.every(isCreate)) return create(channel, publisher, inputs);
  if (inputs.some(isCreate)) throw new AblyError(Code.BadRequest, 'A batch holds either new messages or operations on existing ones');
  const operations = inputs.map((input) => checkOperation(channel, publisher, input));
  return operations.map((input) => operate(channel, publisher, input));
}

function create(channel: Channel, publisher: Publisher, inputs: readonly MessageInput[]): string[] {
  checkPermitted(channel, publisher, 'publish');
  const clientIds = inputs.map((input) => stampClientId(publisher, input.clientId));
  const ids = inputs.map((input, index) => input.id ?? `${publisher.idBase}:${index}`);
  const idempotent = inputs.map((input) => publisher.idempotent === true || input.id !== undefined);
  const repeated = ids.map((id, index) => (idempotent[index] ? channel.store.serialOfId(id) : undefined));
  const known = repeated.filter((serial) => serial !== undefined);
  if (known.length === inputs.length) return known;

  const channelSerial = channel.nextSerial();
  const timestamp = channel.now();
  const messages: Message[] = [];
  const serials = inputs.map((input, index) => {
    const serial = repeated[index] ?? messageSerial(channelSerial, index);
    if (repeated[index] !== undefined) return serial;
    const {name, data, encoding, extras, ephemeral} = input;
    const clientId = clientIds[index];
    const message: Message = {
      ...(name !== undefined && {name}),
      ...(data !== undefined && {data}),
      ...(encoding !== undefined && {encoding}),
      ...(extras && {extras}),
      id: ids[index] ?? serial,
      timestamp,
      serial,
      action: MessageAction.Create,
      version: {serial, timestamp},
      ...(clientId !== undefined && {clientId}),
      ...(publisher.connectionId !== undefined && {connectionId: publisher.connectionId}),
    };
    messages.push(message);
    if (!ephemeral) channel.messages.insert(message, idempotent[index] ?? false);
    return serial;
  });
  deliver(channel, publisher, {whole: messageFrame(channel.name, channelSerial, messages)});
  return serials;
}

/** Refuses an operation that cannot be applied, before any of its batch is. */
function checkOperation(channel: Channel, publisher: Publisher, input: MessageInput): MessageInput & {serial: string} {
  const {action, serial} = input;
  if (action !== MessageAction.Update && action !== MessageAction.Delete && action !== MessageAction.Append) {
    throw new AblyError(Code.InvalidParameter, `Invalid message action ${action}`);
  }
  if (!channel.app.isMutable(channel.name)) {
    throw new AblyError(Code.MutableMessagesOff, `Mutable messages are not enabled in the namespace of channel ${channel.name}`);
  }
  if (serial === undefined) throw new AblyError(Code.InvalidParameter, 'A message operation needs the serial of its message');
  const target = channel.messages.get(serial);
  const operation = action === MessageAction.Delete ? 'message-delete' : 'message-update';
  const clientId = stampClientId(publisher, input.version?.clientId);
  const isOwn = target.clientId !== undefined && target.clientId === clientId;
  checkPermitted(channel, publisher, `${operation}-any`, ...(isOwn ? [`${operation}-own`] : []));
  return {...input, serial};
}

function operate(channel: Channel, publisher: Publisher, input: MessageInput & {serial: string}): string {
  const channelSerial = channel.nextSerial();
  const clientId = stampClientId(publisher, input.version?.clientId);
  const revision: Revision = {serial: messageSerial(channelSerial), timestamp: channel.now(), ...(clientId !== undefined && {clientId})};
  const current = channel.messages.get(input.serial);
  if (input.action === MessageAction.Append) {
    const {whole, delta} = channel.messages.append(current, input, revision);
    deliver(channel, publisher, {
      whole: messageFrame(channel.name, channelSerial, [whole]),
      delta: messageFrame(channel.name, channelSerial, [delta]),
      target: whole,
    });
  } else {
    const message = channel.messages.revise(current, input, revision);
    deliver(channel, publisher, {whole: messageFrame(channel.name, channelSerial, [message]), target: message});
  }
  return revision.serial;
}

function deliver(channel: Channel, publisher: Publisher, delivery: Parameters<Channel['deliver']>[0]): void {
  const {connectionId} = publisher;
  channel.deliver({...delivery, ...(connectionId !== undefined && {connectionId})});
}
