/** Annotations of a message. */
import {annotate} from '../../core/annotating.ts';
import {checkChannelName} from '../../core/attach.ts';
import {readAnnotation} from '../../protocol/annotations.ts';
import {jsonPayload} from '../../protocol/data.ts';
import {oneOrMany} from '../../protocol/messages.ts';
import {page, readQuery} from '../paging.ts';
import {type Reply} from '../reply.ts';
import {type RestRequest} from '../request.ts';
import {type Routes} from '../routes.ts';

function post(request: RestRequest, name = '', messageSerial = ''): Reply {
  const {broker, principal, clientId} = request;
  const channel = broker.channels.get(principal.app, checkChannelName(name));
  const inputs = oneOrMany(request.body).map((item) => ({...readAnnotation(item), messageSerial}));
  const idBase = broker.environment.randomId(12);
  const serials = annotate(channel, {principal, idBase, ...(clientId !== undefined && {clientId})}, inputs);
  return {status: 201, body: {channel: name, messageId: idBase, serials}};
}

function list(request: RestRequest, name = '', messageSerial = ''): Reply {
  request.authorise(name, 'annotation-subscribe', 'history');
  const query = readQuery(request, 'forwards');
  const {store} = request.broker.channels.get(request.principal.app, checkChannelName(name));
  const found = store.annotations(messageSerial, {...query, limit: query.limit + 1});
  const {items, headers} = page(request, found, query.limit, ({serial}) => serial);
  return {body: request.format === 'json' ? items.map(jsonPayload) : items, headers};
}

export const annotationRoutes: Routes = {
  'POST /channels/*/messages/*/annotations': post,
  'GET /channels/*/messages/*/annotations': list,
};
