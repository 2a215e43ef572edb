/** Attaching to a channel: modes, continuity, rewind, and the state that follows (RTL4, RTL5, RTL13). */
import {Action} from '../protocol/actions.ts';
import {AblyError, Code, type ErrorInfo} from '../protocol/errors.ts';
import {Flag, Mode, allModes, defaultModes, modesFromNames} from '../protocol/flags.ts';
import {type InboundFrame} from '../protocol/frames.ts';
import {type Message} from '../protocol/messages.ts';
import {Attachment} from './attachment.ts';
import {type Principal} from './auth.ts';
import {readChannelName, type ChannelName} from './channel-name.ts';
import {type Channel} from './channel.ts';
import {type Connection} from './connection.ts';
import {messageFrame} from './delivery.ts';
import {syncObjects} from './objects/object-sync.ts';
import {afterSerial, channelSerialOf} from './serials.ts';

const modeOperations: readonly (readonly [number, string])[] = [
  [Mode.Presence, 'presence'],
  [Mode.Publish, 'publish'],
  [Mode.Subscribe, 'subscribe'],
  [Mode.PresenceSubscribe, 'subscribe'],
  [Mode.AnnotationPublish, 'annotation-publish'],
  [Mode.AnnotationSubscribe, 'annotation-subscribe'],
  [Mode.ObjectSubscribe, 'object-subscribe'],
  [Mode.ObjectPublish, 'object-publish'],
];

/** Parameters the broker knows; only these are echoed. */
const knownParams = ['rewind', 'modes', 'delta'];

/** Modes a filtered channel can have: it is there for reading. */
const filteredModes = Mode.Subscribe;

function permittedModes(principal: Principal, {resource, filter}: ChannelName): number {
  const modes = modeOperations.reduce((bits, [mode, operation]) => (principal.capability.permits(operation, resource) ? bits | mode : bits), 0);
  return filter ? modes & filteredModes : modes;
}

/** The name of a channel that a request is about, whatever its qualifier. */
export function checkChannelName(name: string | undefined): string {
  return readChannelName(name).channel;
}

/** What `rewind` asks for: a number of messages, or the milliseconds to go back. */
function readRewind(text: string | undefined): {limit?: number; period?: number} | undefined {
  if (text === undefined) return undefined;
  const [, digits, unit] = /^(\d+)([sm]?)$/.exec(text) ?? [];
  if (digits === undefined) throw new AblyError(Code.BadRequest, `Invalid rewind '${text}': expected a number, or one followed by s or m`);
  const amount = Number(digits);
  return unit ? {period: amount * (unit === 'm' ? 60_000 : 1_000)} : {limit: amount};
}

/** Handles ATTACH; throws what becomes the channel's ERROR. */
export function attach(connection: Connection, frame: InboundFrame): void {
  const name = readChannelName(frame.channel);
  const params = {...name.params, ...frame.params};
  const asked = params.modes === undefined ? frame.flags & allModes : modesFromNames(params.modes);
  const requestedModes = asked || defaultModes;
  const modes = requestedModes & permittedModes(connection.principal, name);
  if (modes === 0) throw new AblyError(Code.OperationNotPermitted, `Channel denied access: no capability for channel ${name.resource}`);
  const rewind = readRewind(params.rewind);

  const channel = connection.context.channels.get(connection.principal.app, name.channel);
  const live = connection.attachments.get(name.text);
  const head = connection.context.serials.last;
  const since = live ? undefined : frame.channelSerial;
  const attachment = live ?? new Attachment(connection, channel, name, head);
  attachment.requestedModes = requestedModes;
  attachment.modes = modes;
  attachment.params = Object.fromEntries(Object.entries(params).filter(([param]) => knownParams.includes(param)));

  let gap = since === undefined ? undefined : channel.gapSince(since);
  let replay: Message[] = [];
  if (since !== undefined && !gap) {
    const {maxReplay} = channel.context.limits;
    replay = channel.store.changedAfter(afterSerial(since), maxReplay + 1);
    if (replay.length > maxReplay) {
      replay = [];
      gap = {code: Code.ContinuityLost, statusCode: 400, message: `Unable to continue channel ${channel.name}: more than ${maxReplay} messages were missed`};
    }
  } else if (since === undefined && !live && rewind && !(frame.flags & Flag.AttachResume)) {
    replay = rewound(channel, rewind);
  }
  if (!attachment.has(Mode.Subscribe)) replay = [];

  const resumed = live !== undefined || (since !== undefined && !gap);
  connection.attachments.set(name.text, attachment);
  channel.attachments.add(attachment);
  sendAttached(attachment, {
    // With a replay to come, the client is where it was: should its socket die before the replay, it asks again.
    channelSerial: resumed && since !== undefined && replay.length > 0 ? since : head,
    flags: (resumed ? Flag.Resumed : 0) | (replay.length > 0 ? Flag.HasBacklog : 0),
    ...(gap && {error: gap}),
  });
  for (const message of replay) {
    attachment.markDelivered(message);
    attachment.send(messageFrame(channel.name, channelSerialOf(message.version.serial), [message]));
  }
  sendState(attachment);
}

function rewound(channel: Channel, rewind: {limit?: number; period?: number}): Message[] {
  const limit = Math.min(rewind.limit ?? Infinity, channel.context.limits.maxReplay);
  const start = rewind.period === undefined ? {} : {start: channel.now() - rewind.period};
  return channel.store.history({direction: 'backwards', limit, ...start}).reverse();
}

/** Sends ATTACHED. State follows it, resumed or not: the client takes a missing flag for "empty" (RTP1, RTO4). */
function sendAttached(attachment: Attachment, frame: {channelSerial: string; flags: number; error?: ErrorInfo}): void {
  const {channel, modes, params} = attachment;
  const objects = attachment.has(Mode.ObjectSubscribe) ? Flag.HasObjects : 0;
  attachment.send({
    action: Action.Attached,
    channel: channel.name,
    ...frame,
    flags: frame.flags | modes | objects | channel.presence.flagFor(attachment),
    ...(Object.keys(params).length > 0 && {params}),
  });
}

function sendState(attachment: Attachment): void {
  const {presence} = attachment.channel;
  if (presence.size > 0) presence.sync(attachment);
  syncObjects(attachment);
}

/** Makes a gap: everybody on the channel is attached anew without their past, and nobody can continue from before (RTL12). */
export function breakContinuity(channel: Channel): void {
  channel.gapAfter = channel.nextSerial();
  const error = channel.gapSince('');
  for (const attachment of channel.attachments) {
    attachment.restart(channel.gapAfter);
    sendAttached(attachment, {channelSerial: channel.gapAfter, flags: 0, ...(error && {error})});
    sendState(attachment);
  }
}

/** Handles DETACH. */
export function detach(connection: Connection, name: string): void {
  endAttachment(connection, name);
  connection.send({action: Action.Detached, channel: name});
}

function endAttachment(connection: Connection, name: string): void {
  const attachment = connection.attachments.get(name);
  if (!attachment) return;
  attachment.end();
  attachment.channel.attachments.delete(attachment);
  connection.attachments.delete(name);
  const isStillThere = [...connection.attachments.values()].some(({channel}) => channel === attachment.channel);
  if (!isStillThere) attachment.channel.presence.leave(connection.id);
}

/** Applies a new capability to what is attached: modes come and go, and a channel without any fails (RTC8a1). */
export function reauthoriseAttachments(connection: Connection): void {
  for (const [name, attachment] of connection.attachments) {
    attachment.modes = attachment.requestedModes & permittedModes(connection.principal, attachment.name);
    if (attachment.modes !== 0) continue;
    endAttachment(connection, name);
    const error = new AblyError(Code.OperationNotPermitted, `Channel denied access: the new token has no capability for channel ${name}`);
    connection.sendError(error.toInfo(), name);
  }
}
