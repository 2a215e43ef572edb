/** The REST interface: which request goes where. */
import {AblyError, Code} from '../protocol/errors.ts';
import {type Reply} from './reply.ts';
import {type RestRequest} from './request.ts';
import {annotationRoutes} from './rest/annotations.ts';
import {appRoutes} from './rest/apps.ts';
import {batchRoutes} from './rest/batch.ts';
import {channelRoutes} from './rest/channels.ts';
import {faultRoutes} from './rest/faults.ts';
import {messageRoutes} from './rest/messages.ts';
import {objectRoutes} from './rest/objects.ts';
import {presenceRoutes} from './rest/presence.ts';
import {serviceRoutes} from './rest/service.ts';

/** `parts` are the path's variable segments, in order. */
export type Handler = (request: RestRequest, ...parts: string[]) => Reply;

/** Method and path; a segment `*` is variable. */
export type Routes = Readonly<Record<string, Handler>>;

const table = Object.entries({...serviceRoutes, ...appRoutes, ...messageRoutes, ...presenceRoutes, ...objectRoutes, ...annotationRoutes, ...channelRoutes, ...batchRoutes, ...faultRoutes}).map(([route, handle]) => {
  const [method = '', path = ''] = route.split(' ');
  return {method, segments: path.slice(1).split('/'), handle};
});

const roots = new Set(table.map(({segments}) => segments[0]));

/** Whether a path belongs to the broker, so that a server shared with others knows. */
export function isBrokerPath(path: string): boolean {
  return roots.has(path.split('/')[1]);
}

export function route(request: RestRequest): Reply {
  const {method, path} = request;
  const match = table.find(
    (entry) => entry.method === method && entry.segments.length === path.length && entry.segments.every((segment, index) => segment === '*' || segment === path[index]),
  );
  if (!match) throw new AblyError(Code.NotFound, `Nothing to ${method} at /${path.join('/')}`);
  return match.handle(request, ...path.filter((_, index) => match.segments[index] === '*'));
}
