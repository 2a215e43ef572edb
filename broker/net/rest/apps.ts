/** Provisioning of apps, as ably-common's test-app-setup asks for it. */
import {type AppRecord, type KeyRecord, type NamespaceRecord} from '../../core/store.ts';
import {AblyError, Code} from '../../protocol/errors.ts';
import {optionalBoolean, readArray, readRecord, requiredString} from '../../protocol/reading.ts';
import {type Reply} from '../reply.ts';
import {type RestRequest} from '../request.ts';
import {type Routes} from '../routes.ts';

const anything = '{"*":["*"]}';

function readKey(value: unknown, index: number, randomId: (length: number) => string): KeyRecord {
  const {capability} = readRecord(value, 'key');
  const text = capability == null ? anything : typeof capability === 'string' ? capability : JSON.stringify(capability);
  return {keyId: `key${index}${randomId(4)}`, secret: randomId(24), capability: text};
}

function readNamespace(value: unknown): NamespaceRecord {
  const record = readRecord(value, 'namespace');
  return {id: requiredString(record, 'id'), mutableMessages: optionalBoolean(record, 'mutableMessages') ?? false};
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
    temporary: true,
  };
  broker.apps.add(record);
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
