/** Pages of a REST list: limits from the query, links to the other pages (RSP, TG). */
import {type Query} from '../core/store.ts';
import {afterSerial} from '../core/serials.ts';
import {AblyError, Code} from '../protocol/errors.ts';
import {type Reply} from './reply.ts';
import {type RestRequest} from './request.ts';

const defaultLimit = 100;
const maxLimit = 1_000;

export function readLimit(request: RestRequest): number {
  const limit = request.number('limit') ?? defaultLimit;
  if (Number.isInteger(limit) && limit > 0 && limit <= maxLimit) return limit;
  throw new AblyError(Code.InvalidParameter, `Invalid 'limit': expected a whole number from 1 to ${maxLimit}`);
}

/** Reads what all histories take: `start`, `end`, `direction`, `limit`, `from_serial` and our own `cursor`. */
export function readQuery(request: RestRequest, direction: Query['direction'] = 'backwards'): Query {
  const asked = request.query.get('direction') ?? direction;
  if (asked !== 'backwards' && asked !== 'forwards') throw new AblyError(Code.InvalidParameter, "Invalid 'direction': expected backwards or forwards");
  const start = request.number('start');
  const end = request.number('end');
  if (start !== undefined && end !== undefined && start > end) throw new AblyError(Code.InvalidParameter, "Invalid 'start': it is after 'end'");
  const fromSerial = request.query.get('from_serial') ?? request.query.get('fromSerial');
  const cursor = request.query.get('cursor');
  return {
    direction: asked,
    limit: readLimit(request),
    ...(start !== undefined && {start}),
    ...(end !== undefined && {end}),
    // RTL10b: an upper bound, inclusive of the protocol message it names.
    ...(fromSerial !== null && {before: afterSerial(fromSerial)}),
    ...(cursor !== null && {cursor}),
  };
}

/**
 * One page of a list of which `items` may hold one more than fits. The SDK takes only relative links of one path word.
 * @param cursorOf names an item, so that the next page starts behind it
 */
export function page<Item>(request: RestRequest, items: readonly Item[], limit: number, cursorOf: (item: Item) => string): {items: Item[]; headers: Record<string, string>} {
  const shown = items.slice(0, limit);
  const last = shown.at(-1);
  const word = request.path.at(-1) ?? '';
  const link = (rel: string, cursor?: string): string => {
    const query = new URLSearchParams(request.query);
    if (rel === 'first') query.delete('cursor');
    if (cursor !== undefined) query.set('cursor', cursor);
    query.set('limit', String(limit));
    return `<./${word}?${query.toString()}>; rel="${rel}"`;
  };
  const links = [link('first'), link('current')];
  if (items.length > limit && last !== undefined) links.push(link('next', cursorOf(last)));
  return {items: shown, headers: {Link: links.join(', ')}};
}

/** The page as a reply. */
export function pageReply<Item>(...args: Parameters<typeof page<Item>>): Reply {
  const {items, headers} = page(...args);
  return {body: items, headers};
}
