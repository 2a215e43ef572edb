/** Sends a channel's objects to somebody who attaches, in pages; a large map spans several (RTO5). */
import {Action} from '../../protocol/actions.ts';
import {byteLength} from '../../protocol/data.ts';
import {Mode} from '../../protocol/flags.ts';
import {type MapEntry, type ObjectMessage} from '../../protocol/objects.ts';
import {type Attachment} from '../attachment.ts';
import {type LiveObject} from './live-object.ts';
import {dataSize} from './operations.ts';

/** What an object or an entry takes besides its payload: ids, serials, field names. */
const overhead = 150;

/** An object as messages none of which is much above `maxSize`. */
function* messagesOf(object: LiveObject, maxSize: number): Iterable<{message: ObjectMessage; size: number}> {
  const timestamp = object.tombstonedAt === undefined ? {} : {serialTimestamp: object.tombstonedAt};
  const whole = (entries: Record<string, MapEntry>): ObjectMessage => {
    const state = object.state();
    return {...timestamp, object: state.map ? {...state, map: {...state.map, entries}} : state};
  };
  let entries: [string, MapEntry][] = [];
  let size = overhead;
  for (const [key, entry] of object.entries ?? []) {
    const entrySize = byteLength(key) + dataSize(entry.data) + overhead;
    if (entries.length > 0 && size + entrySize > maxSize) {
      yield {message: whole(Object.fromEntries(entries)), size};
      entries = [];
      size = overhead;
    }
    entries.push([key, entry]);
    size += entrySize;
  }
  yield {message: whole(Object.fromEntries(entries)), size};
}

export function syncObjects(attachment: Attachment): void {
  if (!attachment.has(Mode.ObjectSubscribe)) return;
  const {channel} = attachment;
  const {environment, limits} = channel.context;
  channel.objects.collect();
  const id = environment.randomId(8);
  let page: ObjectMessage[] = [];
  let pages = 0;
  let pageSize = 0;
  const send = (cursor: string): void => {
    attachment.send({action: Action.ObjectSync, channel: channel.name, channelSerial: `${id}:${cursor}`, state: page});
    page = [];
    pageSize = 0;
  };
  for (const object of channel.objects.all()) {
    for (const {message, size} of messagesOf(object, limits.maxMessageSize)) {
      if (page.length > 0 && pageSize + size > limits.maxMessageSize) send(String(++pages));
      page.push(message);
      pageSize += size;
    }
  }
  send('');
}
