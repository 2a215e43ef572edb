/** Live objects over REST. */
import {checkChannelName} from '../../core/attach.ts';
import {rootId} from '../../core/objects/operations.ts';
import {resolve, splitPath} from '../../core/objects/paths.ts';
import {publishOperations} from '../../core/objects/rest-operations.ts';
import {compactView, fullView} from '../../core/objects/views.ts';
import {AblyError, Code} from '../../protocol/errors.ts';
import {oneOrMany} from '../../protocol/messages.ts';
import {withBase64} from '../../protocol/objects.ts';
import {type Reply} from '../reply.ts';
import {type RestRequest} from '../request.ts';
import {type Routes} from '../routes.ts';

function publish(request: RestRequest, name = ''): Reply {
  request.authorise(name, 'object-publish');
  const {broker, principal, clientId} = request;
  const channel = broker.channels.get(principal.app, checkChannelName(name));
  const idBase = broker.environment.randomId(12);
  const objectIds = publishOperations(channel, {principal, idBase, ...(clientId !== undefined && {clientId})}, oneOrMany(request.body));
  return {status: 201, body: {messageId: idBase, channel: name, objectIds}};
}

function get(request: RestRequest, name = '', objectId = rootId): Reply {
  request.authorise(name, 'object-subscribe');
  const {objects} = request.broker.channels.get(request.principal.app, checkChannelName(name));
  const from = objects.get(request.query.get('objectId') ?? objectId);
  const path = request.query.get('path') ?? '';
  const [node] = from ? resolve(objects, from, splitPath(path)) : [];
  if (!node) throw new AblyError(Code.NotFound, `Nothing at path '${path}' of object ${objectId}`);
  if (request.query.get('compact') !== 'false') return {body: compactView(objects, node, request.format)};
  const full = fullView(objects, node);
  return {body: request.format === 'json' ? withBase64(full) : full};
}

export const objectRoutes: Routes = {
  'POST /channels/*/object': publish,
  'POST /channels/*/objects': publish,
  'GET /channels/*/object': get,
  'GET /channels/*/objects': get,
  'GET /channels/*/object/*': get,
  'GET /channels/*/objects/*': get,
};
