/** Provisioning of apps, as ably-common's test-app-setup asks for it. */
import {type AppRecord, type KeyRecord, type NamespaceRecord} from '../../core/store.ts';
import {Capability} from '../../core/capability.ts';
import {messageSerial} from '../../core/serials.ts';
import {PresenceAction} from '../../protocol/actions.ts';
import {readPayload} from '../../protocol/data.ts';
import {AblyError, Code} from '../../protocol/errors.ts';
import {type PresenceMessage} from '../../protocol/presence.ts';
import {optionalBoolean, readArray, readRecord, requiredString} from '../../protocol/reading.ts';
import {type Reply} from '../reply.ts';
import {type RestRequest} from '../request.ts';
import {type Routes} from '../routes.ts';

const anything = '{"*":["*"]}';

function readKey(value: unknown, index: number, randomId: (length: number) => string): KeyRecord {
  const {capability} = readRecord(value, 'key');
  const text = capability == null ? anything : typeof capability === 'string' ? capability : JSON.stringify(capability);
  // In its normal form, so that a token which asks for all of it gets the same text back.
  return {keyId: `key${index}${randomId(4)}`, secret: randomId(24), capability: Capability.read(text).toString()};
}

function readNamespace(value: unknown): NamespaceRecord {
  const record = readRecord(value, 'namespace');
  return {id: requiredString(record, 'id'), mutableMessages: optionalBoolean(record, 'mutableMessages') ?? false};
}

/** Members that are present from the start, all of one connection that nobody has. */
function readFixture(value: unknown, connectionId: string, timestamp: number): [string, PresenceMessage[]] {
  const channel = readRecord(value, 'channel');
  const members = channel.presence == null ? [] : readArray(channel.presence, 'presence');
  const fixtures = members.map((item, index): PresenceMessage => {
    const record = readRecord(item, 'presence member');
    const clientId = requiredString(record, 'clientId');
    return {...readPayload(record), action: PresenceAction.Present, id: `${connectionId}:0:${index}`, clientId, connectionId, timestamp};
  });
  return [requiredString(channel, 'name'), fixtures];
}

function create(request: RestRequest): Reply {
  const {broker} = request;
  const {randomId} = broker.environment;
  const body = request.body === undefined ? {} : readRecord(request.body, 'app');
  const list = (field: string): unknown[] => (body[field] == null ? [] : readArray(body[field], field));
  const keys = list('keys').length > 0 ? list('keys') : [{}];
  const record: AppRecord = {
    appId: randomId(6),
    accountId: randomId(6),
    keys: keys.map((key, index) => readKey(key, index, randomId)),
    namespaces: list('namespaces').map(readNamespace),
    mutableByDefault: false,
    fixtures: Object.fromEntries(list('channels').map((channel) => readFixture(channel, randomId(10), broker.environment.now()))),
    temporary: true,
  };
  const app = broker.apps.add(record);
  for (const [name, members] of Object.entries(record.fixtures ?? {})) {
    const channel = broker.channels.get(app, name);
    const serial = channel.nextSerial();
    members.forEach((member, index) => channel.store.insertPresence(messageSerial(serial, index), {...member, action: PresenceAction.Enter}));
  }
  broker.flush();
  return {
    status: 201,
    body: {
      appId: record.appId,
      accountId: record.accountId,
      id: record.appId,
      keys: record.keys.map(({keyId, secret, capability}) => {
        const keyName = `${record.appId}.${keyId}`;
        return {id: keyId, value: secret, keyName, keySecret: secret, keyStr: `${keyName}:${secret}`, capability};
      }),
      namespaces: list('namespaces'),
      endpoint: request.host.name,
      port: request.host.port,
      tls: false,
    },
  };
}

function remove(request: RestRequest, appId = ''): Reply {
  if (request.principal.app.id !== appId) throw new AblyError(Code.InvalidCredentials, 'The key is of another app');
  request.broker.deleteApp(appId);
  return {};
}

export const appRoutes: Routes = {
  'POST /apps': create,
  'DELETE /apps/*': remove,
};
