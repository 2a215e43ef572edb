import {SessionError} from '../session/errors.ts';
import type {SessionHandle, SessionOpener, SessionSettings} from '../session/settings.ts';
import type {AiSession} from './ai-session.ts';
import {Connection} from './connection.ts';
import {connectionKey} from './connection-key.ts';
import {Counted, type Hold} from './counted.ts';
import {LateSession} from './late-session.ts';
import type * as code from './make-session.ts';

interface OpenSession {
  readonly session: LateSession;
  readonly connection: Hold<Connection>;
}

const connections = new Counted<Connection>((connection) => connection.close());
const sessions = new Counted<OpenSession>(({session, connection}) => {
  void session.close().finally(() => connection.release());
});

/**
 * Opens the session of a channel, or joins it: elements with the same connection settings share one Ably connection,
 * and on the same channel one session.
 */
export const openSession: SessionOpener = (settings): SessionHandle => {
  if (settings.channel === '') {
    throw new SessionError('No channel is named.', {kind: 'settings', hint: 'Set the attribute channel to the name of the session\'s channel.'});
  }
  const key = connectionKey(settings);
  const scope = JSON.stringify([settings.channel, key]);
  const hold = sessions.hold(scope, () => open(key, scope, settings));
  hold.value.session.configure(settings);
  return {session: hold.value.session, release: () => hold.release()};
};

function open(key: string, scope: string, settings: SessionSettings): OpenSession {
  const connection = connections.hold(key, () => new Connection(settings));
  const load = async (): Promise<(all: SessionSettings) => AiSession> => {
    const {makeSession} = await loadCode();
    return (all) => makeSession(connection.value, all, scope);
  };
  return {connection, session: new LateSession(connection.value, settings, load)};
}

/** Both at once: neither has to be read to know that the other is needed. */
async function loadCode(): Promise<typeof code> {
  import('./ai-transport.ts').catch(() => undefined); // It is told by who uses it.
  return import('./make-session.ts');
}
