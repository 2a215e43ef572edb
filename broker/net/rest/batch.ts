/** One request for many channels: each succeeds or fails for itself (RSC22, RSC24). */
import {checkChannelName} from '../../core/attach.ts';
import {publish} from '../../core/publishing.ts';
import {jsonPayload} from '../../protocol/data.ts';
import {errorInfo, type ErrorInfo} from '../../protocol/errors.ts';
import {oneOrMany, readMessage} from '../../protocol/messages.ts';
import {readRecord} from '../../protocol/reading.ts';
import {type Reply} from '../reply.ts';
import {type RestRequest} from '../request.ts';
import {type Routes} from '../routes.ts';

type Result = {channel: string; error: ErrorInfo} | ({channel: string} & Record<string, unknown>);

/** Tries it for every channel. */
function forEach(channels: readonly string[], act: (channel: string) => Record<string, unknown>): Result[] {
  return channels.map((channel) => {
    try {
      return {channel, ...act(checkChannelName(channel))};
    } catch (error) {
      return {channel, error: errorInfo(error)};
    }
  });
}

function counted(results: readonly Result[]): Record<string, unknown> {
  const failureCount = results.filter((result) => 'error' in result).length;
  return {successCount: results.length - failureCount, failureCount, results};
}

function publishBatch(request: RestRequest): Reply {
  const {broker, principal, clientId, body} = request;
  const batches = oneOrMany(body).map((item) => {
    const spec = readRecord(item, 'batch');
    const channels = (Array.isArray(spec.channels) ? spec.channels : [spec.channels]).map(String);
    const inputs = oneOrMany(spec.messages).map(readMessage);
    return forEach(channels, (name) => {
      const idBase = broker.environment.randomId(12);
      const serials = publish(broker.channels.get(principal.app, name), {principal, idBase, ...(clientId !== undefined && {clientId})}, inputs);
      return {messageId: `${idBase}:0`, serials};
    });
  });
  // Before version 3 the answer was the plain list of results.
  const isFlat = request.version < 3;
  return {status: 201, body: isFlat ? batches.flat() : Array.isArray(body) ? batches.map(counted) : counted(batches.flat())};
}

function presenceBatch(request: RestRequest): Reply {
  const {broker, principal, format} = request;
  const channels = (request.query.get('channels') ?? '').split(',');
  const results = forEach(channels, (name) => {
    request.authorise(name, 'presence');
    const members = broker.channels.get(principal.app, name).presence.all();
    return {presence: format === 'json' ? members.map(jsonPayload) : members};
  });
  return {body: counted(results)};
}

export const batchRoutes: Routes = {
  'POST /messages': publishBatch,
  'GET /presence': presenceBatch,
};
