import type {SessionSettings} from '../session/settings.ts';

const ids = new WeakMap<object, number>();
let lastId = 0;

/** A number that stands for an object or function as long as it lives. */
function identityOf(value: object | undefined): number | undefined {
  if (value === undefined) return undefined;
  let id = ids.get(value);
  if (id === undefined) ids.set(value, (id = ++lastId));
  return id;
}

/** The same text for settings that name the same connection, whichever elements carry them. */
export function connectionKey(settings: SessionSettings): string {
  const {authUrl, authMethod = 'GET', authCallback, client, clientId, endpoint, port, insecure = false} = settings;
  if (client) return `client ${identityOf(client)}`;
  return JSON.stringify([authUrl, authMethod, identityOf(authCallback), clientId, endpoint, port, insecure]);
}
