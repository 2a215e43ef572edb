/** The REST interface: which request goes where. */
import {AblyError, Code} from '../protocol/errors.ts';
import {type Reply} from './reply.ts';
import {type RestRequest} from './request.ts';
import {appRoutes} from './rest/apps.ts';
import {messageRoutes} from './rest/messages.ts';
import {serviceRoutes} from './rest/service.ts';

/** `parts` are the path's variable segments, in order. */
export type Handler = (request: RestRequest, ...parts: string[]) => Reply;

/** Method and path; a segment `*` is variable. */
export type Routes = Readonly<Record<string, Handler>>;

const table = Object.entries({...serviceRoutes, ...appRoutes, ...messageRoutes}).map(([route, handle]) => {
  const [method = '', path = ''] = route.split(' ');
  return {method, segments: path.slice(1).split('/'), handle};
});

const roots = new Set(table.map(({segments}) => segments[0]));

/** Whether a path belongs to the broker, so that a server shared with others knows. */
export function isBrokerPath(path: string): boolean {
  return roots.has(path.split('/')[1]);
}

export function route(request: RestRequest): Reply {
  const matches = table.filter(
    ({segments}) => segments.length === request.path.length && segments.every((segment, index) => segment === '*' || segment === request.path[index]),
  );
  const match = matches.find(({method}) => method === request.method);
  if (!match) {
    if (matches.length > 0) throw new AblyError(Code.MethodNotAllowed, `Method ${request.method} is not allowed here`);
    throw new AblyError(Code.NotFound, `Nothing at /${request.path.join('/')}`);
  }
  return match.handle(request, ...request.path.filter((_, index) => match.segments[index] === '*'));
}
