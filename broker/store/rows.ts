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
  const item = JSON.parse(String(text)) as Item & Record<string, unknown>;
  if (!item.encoding?.endsWith('base64')) return item;
  const payload = readPayload(item);
  delete item.encoding;
  return Object.assign(item, payload);
}

/** What an append changes, without what it leaves alone. */
export function appendText({data, encoding, name, extras, version}: Message): string {
  return toText({data, encoding, name, extras, version} as Payload);
}

/** The message after its appends, oldest first. */
export function fold(message: Message, appends: readonly string[]): Message {
  let whole = message;
  for (const text of appends) {
    const append = fromText<Message>(text);
    whole = {...whole, ...append, action: MessageAction.Update, ...concatPayloads(whole, append)};
  }
  return whole;
}

export function entryText(entry: MapEntry): string {
  return JSON.stringify(withBase64(entry));
}

export function entryFromText(text: Row[string] | undefined): MapEntry {
  const entry = JSON.parse(String(text)) as MapEntry;
  const data = readObjectData(entry.data);
  return data ? {...entry, data} : entry;
}
