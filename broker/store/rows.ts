/** Between items and the JSON text of their rows, in which bytes are base64. */
import {MessageAction} from '../protocol/actions.ts';
import {concatPayloads, jsonPayload, readPayload, type Payload} from '../protocol/data.ts';
import {type Message} from '../protocol/messages.ts';
import {readObjectData, withBase64, type MapEntry} from '../protocol/objects.ts';
import {type Row} from './statements.ts';

export function toText(item: Payload): string {
  return JSON.stringify(jsonPayload(item));
}

/** Rows hold what `toText` wrote, so they are read without checks. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- names what the column holds
export function fromText<Item extends Payload>(text: Row[string] | undefined): Item {
  return readPayloadOf(JSON.parse(String(text)) as Item);
}

/** The same item with its bytes as bytes again. */
export function readPayloadOf<Item extends Payload>(item: Item): Item {
  if (!item.encoding?.endsWith('base64')) return item;
  const payload = readPayload({data: item.data, encoding: item.encoding});
  delete item.encoding;
  return Object.assign(item, payload);
}

/** What an append changes: without what it leaves alone, and without what `before` has as well. */
export function appendText({data, encoding, name, extras, version}: Message, before?: Message): string {
  const changes = {
    ...(data !== undefined && {data}),
    ...(encoding !== undefined && {encoding}),
    ...(name !== before?.name && {name}),
    ...(extras !== before?.extras && {extras}),
    version,
  };
  return toText(changes);
}

/** The message after an append, as `fromText` reads it. */
export function fold(message: Message, append: Message): Message {
  return {...message, ...append, action: MessageAction.Update, ...concatPayloads(message, append)};
}

export function entryText(entry: MapEntry): string {
  return JSON.stringify(withBase64(entry));
}

export function entryFromText(text: Row[string] | undefined): MapEntry {
  const entry = JSON.parse(String(text)) as MapEntry;
  const data = readObjectData(entry.data);
  return data ? {...entry, data} : entry;
}
