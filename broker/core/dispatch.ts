/** What a client's frames do. */
import {Action} from '../protocol/actions.ts';
import {AblyError, Code, errorInfo} from '../protocol/errors.ts';
import {Mode} from '../protocol/flags.ts';
import {acknowledged, type InboundFrame} from '../protocol/frames.ts';
import {readAnnotation} from '../protocol/annotations.ts';
import {readMessage} from '../protocol/messages.ts';
import {readPresence} from '../protocol/presence.ts';
import {annotate} from './annotating.ts';
import {attach, detach} from './attach.ts';
import {readChannelName, type ChannelName} from './channel-name.ts';
import {type Connection} from './connection.ts';
import {checkPermitted, publish} from './publishing.ts';

/** Handles one frame of a connected client, except those that change the connection itself. Unknown actions are ignored (RTF1). */
export function dispatch(connection: Connection, frame: InboundFrame): void {
  if (acknowledged.has(frame.action)) {
    answer(connection, frame);
    return;
  }
  try {
    switch (frame.action) {
      case Action.Heartbeat:
        // The id tells the client which ping this answers (RTN13e). It measures in whole milliseconds, and 0 looks like no answer.
        connection.after(2, () => connection.send({action: Action.Heartbeat, ...(frame.id !== undefined && {id: frame.id})}));
        return;
      case Action.Attach:
        refuseByFault(connection);
        attach(connection, frame);
        return;
      case Action.Sync: {
        const attachment = connection.attachments.get(readChannelName(frame.channel).text);
        attachment?.channel.presence.sync(attachment);
        return;
      }
      case Action.Detach:
        detach(connection, readChannelName(frame.channel).text);
        return;
      default:
        return;
    }
  } catch (error) {
    connection.sendError(errorInfo(error), frame.channel ?? '');
  }
}

function refuseByFault({context: {faults}}: Connection): void {
  if (faults.refuseAttaches === 0) return;
  faults.refuseAttaches--;
  throw new AblyError(Code.RateExceeded, 'Rate limit exceeded; request rejected (nonfatal): a fault says so');
}

/** Does what a numbered frame asks and answers it, the same way again when the client repeats it after a resume (RTN19a2). */
function answer(connection: Connection, frame: InboundFrame): void {
  const {msgSerial} = frame;
  const repeated = connection.acknowledgements.repeated(msgSerial);
  if (repeated) {
    connection.answer(msgSerial, repeated);
    return;
  }
  try {
    if (connection.context.faults.refusePublishes) throw new AblyError(Code.Unavailable, 'Publishing is refused: a fault says so');
    connection.answer(msgSerial, {serials: perform(connection, frame)});
  } catch (error) {
    connection.answer(msgSerial, {error: errorInfo(error)});
  }
}

function perform(connection: Connection, frame: InboundFrame): (string | null)[] {
  const name = readChannelName(frame.channel);
  const channel = connection.context.channels.get(connection.principal.app, name.channel);
  const publisher = connection.publisher(frame.msgSerial, frame.id);
  switch (frame.action) {
    case Action.Message:
      checkMode(connection, name, Mode.Publish, 'publish');
      return publish(channel, publisher, frame.messages.map(readMessage));
    case Action.Annotation:
      checkMode(connection, name, Mode.AnnotationPublish, 'annotation_publish');
      return annotate(channel, publisher, frame.annotations.map(readAnnotation));
    case Action.Object:
      checkMode(connection, name, Mode.ObjectPublish, 'object_publish');
      checkPermitted(channel, publisher, 'object-publish');
      return channel.objects.publishMessages(publisher, frame.state);
    case Action.Presence:
      checkMode(connection, name, Mode.Presence, 'presence');
      checkPermitted(channel, publisher, 'presence');
      channel.presence.announce(publisher, frame.presence.map(readPresence));
      connection.presentOn.add(channel);
      return [];
    default:
      throw new AblyError(Code.BadRequest, `Action ${frame.action} is not supported`);
  }
}

/** An attached connection is held to its modes as to its capability; publishing without attaching needs the capability alone (RTL6c). */
function checkMode(connection: Connection, channel: ChannelName, mode: number, name: string): void {
  if (channel.filter) throw new AblyError(Code.OperationNotPermitted, `Channel ${channel.text} is filtered: it can only be subscribed to`);
  const attachment = connection.attachments.get(channel.text);
  if (!attachment || attachment.has(mode)) return;
  throw new AblyError(Code.OperationNotPermitted, `Mode ${name} was not granted to the attachment of channel ${channel.text}`);
}
