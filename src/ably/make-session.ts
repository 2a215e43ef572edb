import type {SessionSettings} from '../session/settings.ts';
import {AiSession} from './ai-session.ts';
import type {Connection} from './connection.ts';
import {LocalOutboxStore} from './outbox-store.ts';
import {localQueues} from './queue-store.ts';

/** Makes the session of a channel. Loaded apart, while the connection is being made. */
export function makeSession(connection: Connection, settings: SessionSettings, scope: string): AiSession {
  return new AiSession(connection, settings, {outbox: new LocalOutboxStore(scope), queues: localQueues(scope)});
}
