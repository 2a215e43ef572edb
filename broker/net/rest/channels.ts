/** What goes on on a channel: `GET /channels/{c}` (RSL8). */
import {checkChannelName} from '../../core/attach.ts';
import {type Channel} from '../../core/channel.ts';
import {Mode} from '../../protocol/flags.ts';
import {type Reply} from '../reply.ts';
import {type RestRequest} from '../request.ts';
import {type Routes} from '../routes.ts';

function metrics(channel: Channel | undefined): Record<string, number> {
  const attachments = [...(channel?.attachments ?? [])];
  const granted = (mode: number): number => attachments.filter((attachment) => attachment.has(mode)).length;
  return {
    connections: attachments.length,
    presenceConnections: channel?.presence.connectionCount ?? 0,
    presenceMembers: channel?.presence.size ?? 0,
    presenceSubscribers: granted(Mode.PresenceSubscribe),
    publishers: granted(Mode.Publish),
    subscribers: granted(Mode.Subscribe),
    objectPublishers: granted(Mode.ObjectPublish),
    objectSubscribers: granted(Mode.ObjectSubscribe),
  };
}

function status(request: RestRequest, name = ''): Reply {
  request.authorise(name, 'channel-metadata');
  const channel = request.broker.channels.find(request.principal.app, checkChannelName(name));
  return {body: {channelId: name, status: {isActive: channel !== undefined && !channel.isIdle, occupancy: {metrics: metrics(channel)}}}};
}

export const channelRoutes: Routes = {'GET /channels/*': status};
