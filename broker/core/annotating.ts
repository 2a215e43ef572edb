/** Annotating messages: each annotation goes to those who ask for them, its summary to everybody (RTAN). */
import {Action, MessageAction} from '../protocol/actions.ts';
import {type Annotation, type AnnotationInput} from '../protocol/annotations.ts';
import {AblyError, Code} from '../protocol/errors.ts';
import {Mode} from '../protocol/flags.ts';
import {type Channel} from './channel.ts';
import {messageFrame} from './delivery.ts';
import {checkPermitted, stampClientId, type Publisher} from './publishing.ts';
import {messageSerial} from './serials.ts';
import {methodOf, summarise} from './summaries.ts';

/** Publishes annotations, all of them or none, and returns their serials. */
export function annotate(channel: Channel, publisher: Publisher, inputs: readonly AnnotationInput[]): string[] {
  if (inputs.length === 0) throw new AblyError(Code.InvalidRequestBody, 'Nothing to publish: expected at least one annotation');
  checkPermitted(channel, publisher, 'annotation-publish');
  if (!channel.app.isMutable(channel.name)) {
    throw new AblyError(Code.MutableMessagesOff, `Annotations are not enabled in the namespace of channel ${channel.name}`);
  }
  const channelSerial = channel.nextSerial();
  const annotations = inputs.map(({messageSerial: target, clientId: claimed, ...input}, index): Annotation => {
    if (target === undefined) throw new AblyError(Code.InvalidParameter, 'An annotation needs the serial of its message');
    channel.messages.get(target); // refuses an unknown one
    const needsClient = methodOf(input.type) !== 'total.v1' && methodOf(input.type) !== 'multiple.v1';
    const clientId = stampClientId(publisher, claimed);
    if (needsClient && clientId === undefined) throw new AblyError(Code.InvalidClientId, `Annotations of type ${input.type} need a client id`);
    return {
      ...input,
      id: input.id ?? `${publisher.idBase}:${index}`,
      serial: messageSerial(channelSerial, index),
      messageSerial: target,
      timestamp: channel.now(),
      ...(clientId !== undefined && {clientId}),
      ...(publisher.connectionId !== undefined && {connectionId: publisher.connectionId}),
    };
  });
  for (const annotation of annotations) channel.store.insertAnnotation(annotation);
  channel.broadcast(Mode.AnnotationSubscribe, {action: Action.Annotation, channel: channel.name, channelSerial, annotations});
  for (const [target, list] of Map.groupBy(annotations, (annotation) => annotation.messageSerial)) {
    sendSummary(channel, target, new Set(list.map(({type}) => type)));
  }
  return annotations.map(({serial}) => serial);
}

/** Brings a message's summary up to date and tells about it with a message that carries nothing else. */
function sendSummary(channel: Channel, target: string, types: ReadonlySet<string>): void {
  const all = channel.store.annotations(target, {direction: 'forwards', limit: Number.MAX_SAFE_INTEGER});
  const message = channel.messages.get(target);
  const changed = [...types].map((type): [string, unknown] => [type, summarise(type, all.filter((annotation) => annotation.type === type))]);
  const annotations = {summary: {...message.annotations?.summary, ...Object.fromEntries(changed)}};
  channel.messages.rewrite({...message, annotations});
  const {id, timestamp, serial, version, name} = message;
  const summary = {id, timestamp, serial, version, action: MessageAction.Summary, annotations, ...(name !== undefined && {name})};
  channel.deliver({whole: messageFrame(channel.name, channel.nextSerial(), [summary])});
}
