/** Publishing, history, and the versions of messages. */
import {checkChannelName} from '../../core/attach.ts';
import {publish, type Publisher} from '../../core/publishing.ts';
import {MessageAction} from '../../protocol/actions.ts';
import {jsonPayload} from '../../protocol/data.ts';
import {AblyError, Code} from '../../protocol/errors.ts';
import {oneOrMany, readMessage, type Message, type MessageInput} from '../../protocol/messages.ts';
import {isRecord} from '../../protocol/reading.ts';
import {type Channel} from '../../core/channel.ts';
import {page, pageReply, readQuery} from '../paging.ts';
import {type Reply} from '../reply.ts';
import {type RestRequest} from '../request.ts';
import {type Routes} from '../routes.ts';

function channelOf(request: RestRequest, name: string): Channel {
  return request.broker.channels.get(request.principal.app, checkChannelName(name));
}

function inFormat(request: RestRequest, messages: readonly Message[]): Message[] {
  return request.format === 'json' ? messages.map(jsonPayload) : [...messages];
}

/** Publishes over REST carry no connection, unless a message names a live one by its key. */
function publisherOf(request: RestRequest, inputs: readonly MessageInput[]): Publisher {
  const {broker, principal} = request;
  const key = inputs.find((input) => input.connectionKey !== undefined)?.connectionKey;
  const idBase = broker.environment.randomId(12);
  if (key === undefined) {
    const {clientId} = request;
    return {principal, idBase, ...(clientId !== undefined && {clientId})};
  }
  const connection = broker.connections.byKey(key);
  if (connection?.principal.app !== principal.app) throw new AblyError(Code.BadRequest, 'Invalid connectionKey: no such connection');
  return {...connection.publisher(0), principal, idBase};
}

function post(request: RestRequest, name = ''): Reply {
  const inputs = oneOrMany(request.body).map((item) => ({...readMessage(item), ...(request.query.get('ephemeral') === 'true' && {ephemeral: true})}));
  const publisher = publisherOf(request, inputs);
  const channel = channelOf(request, name);
  const serials = publish(channel, publisher, inputs);
  return {status: 201, body: {channel: name, messageId: publisher.idBase, serials}};
}

function patch(request: RestRequest, name = '', serial = ''): Reply {
  if (!isRecord(request.body)) throw new AblyError(Code.InvalidRequestBody, 'Invalid request body: expected a message');
  const input = {...readMessage(request.body), serial};
  if (input.action === MessageAction.Create) throw new AblyError(Code.InvalidParameter, 'Invalid message action 0 for an existing message');
  const [versionSerial] = publish(channelOf(request, name), publisherOf(request, [input]), [input]);
  return {body: {versionSerial}};
}

function history(request: RestRequest, name = ''): Reply {
  request.authorise(name, 'history');
  const query = readQuery(request);
  const messages = channelOf(request, name).store.history({...query, limit: query.limit + 1});
  return pageReply(request, inFormat(request, messages), query.limit, ({serial}) => serial);
}

function get(request: RestRequest, name = '', serial = ''): Reply {
  request.authorise(name, 'history');
  const [message] = inFormat(request, [channelOf(request, name).messages.get(serial)]);
  return {body: message};
}

function versions(request: RestRequest, name = '', serial = ''): Reply {
  request.authorise(name, 'history');
  const {direction, limit} = readQuery(request, 'forwards');
  const channel = channelOf(request, name);
  channel.messages.get(serial); // refuses an unknown one
  const all = channel.store.versions(serial);
  if (direction === 'backwards') all.reverse();
  const cursor = request.query.get('cursor');
  const from = cursor === null ? 0 : all.findIndex(({version}) => version.serial === cursor) + 1;
  const {items, headers} = page(request, all.slice(from), limit, ({version}) => version.serial);
  return {body: inFormat(request, items), headers};
}

export const messageRoutes: Routes = {
  'GET /channels/*/messages': history,
  'GET /channels/*/history': history,
  'POST /channels/*/messages': post,
  'GET /channels/*/messages/*': get,
  'PATCH /channels/*/messages/*': patch,
  'GET /channels/*/messages/*/versions': versions,
};
