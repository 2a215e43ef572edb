/**
 * Channel names with a qualifier in brackets: `[?rewind=1]name` is `name` with parameters, `[filter=<base64>]name` the part
 * of `name` that an expression selects, `[filter=<base64>?rewind=1]name` both. Any other, such as `[meta]name`, is part of
 * the name of a channel of its own.
 */
import {fromBase64} from '../protocol/base64.ts';
import {AblyError, Code} from '../protocol/errors.ts';
import {type Message} from '../protocol/messages.ts';
import {readFilter} from './filter.ts';

export interface ChannelName {
  /** As the client says it; what its frames carry. */
  readonly text: string;
  /** The channel behind it. */
  readonly channel: string;
  /** What a capability has to name: filtered channels are of a type of their own. */
  readonly resource: string;
  readonly params: Readonly<Record<string, string>>;
  /** Whether a message is part of a filtered channel. */
  readonly filter?: (message: Message) => boolean;
}

const qualified = /^\[(?:filter=([\w+/=%-]*))?(?:\?([^\]]*))?\](.*)$/s;
const utf8 = new TextDecoder('utf-8', {fatal: true});

function decodeFilter(text: string): string {
  const bytes = fromBase64(text);
  try {
    if (bytes) return utf8.decode(bytes);
  } catch {
    // not text: refused below
  }
  throw new AblyError(Code.BadRequest, 'Invalid filter: expected an expression in base64');
}

const none = {};

/** @throws AblyError 40010 for a name that cannot be one, 40000 for a filter that cannot be read. */
export function readChannelName(text = ''): ChannelName {
  const [, filter, query, rest] = text.startsWith('[filter=') || text.startsWith('[?') ? (qualified.exec(text) ?? []) : [];
  const channel = rest ?? text;
  if (channel === '' || channel.startsWith(':')) {
    throw new AblyError(Code.InvalidChannelName, `Invalid channel name '${text}': it must not be empty or start with a colon`);
  }
  if (rest === undefined) return {text, channel, resource: channel, params: none};
  return {
    text,
    channel,
    resource: filter === undefined ? channel : `[filter]${channel}`,
    params: Object.fromEntries(new URLSearchParams(query ?? '')),
    ...(filter !== undefined && {filter: readFilter(decodeFilter(filter))}),
  };
}
