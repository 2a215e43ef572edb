/** Who is present, and who was. */
import {checkChannelName} from '../../core/attach.ts';
import {jsonPayload} from '../../protocol/data.ts';
import {type PresenceMessage} from '../../protocol/presence.ts';
import {page, readLimit, readQuery} from '../paging.ts';
import {type Reply} from '../reply.ts';
import {type RestRequest} from '../request.ts';
import {type Routes} from '../routes.ts';

function inFormat(request: RestRequest, items: readonly PresenceMessage[]): PresenceMessage[] {
  return request.format === 'json' ? items.map(jsonPayload) : [...items];
}

function members(request: RestRequest, name = ''): Reply {
  request.authorise(name, 'presence', 'subscribe');
  const limit = readLimit(request);
  const clientId = request.query.get('clientId');
  const connectionId = request.query.get('connectionId');
  const found = request.broker.channels
    .get(request.principal.app, checkChannelName(name))
    .presence.all()
    .filter((member) => (clientId === null || member.clientId === clientId) && (connectionId === null || member.connectionId === connectionId));
  const keyOf = (member: PresenceMessage): string => `${member.connectionId}:${member.clientId}`;
  const cursor = request.query.get('cursor');
  const from = cursor === null ? 0 : found.findIndex((member) => keyOf(member) === cursor) + 1;
  const {items, headers} = page(request, found.slice(from), limit, keyOf);
  return {body: inFormat(request, items), headers};
}

function history(request: RestRequest, name = ''): Reply {
  request.authorise(name, 'history');
  const query = readQuery(request);
  const {store} = request.broker.channels.get(request.principal.app, checkChannelName(name));
  const {items, headers} = page(request, store.presenceHistory({...query, limit: query.limit + 1}), query.limit, ({serial}) => serial);
  return {body: inFormat(request, items.map(({item}) => item)), headers};
}

export const presenceRoutes: Routes = {
  'GET /channels/*/presence': members,
  'GET /channels/*/presence/history': history,
};
