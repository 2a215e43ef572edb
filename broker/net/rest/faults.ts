/** `POST /admin/faults`: the fault switches over HTTP. Every field of the body is optional; they take effect in the order below. */
import {optionalBoolean, optionalCount, optionalRecord, optionalString, readRecord, type UnknownRecord} from '../../protocol/reading.ts';
import {requireFaults, type FaultSwitches, type Target} from '../faults.ts';
import {type Reply} from '../reply.ts';
import {type RestRequest} from '../request.ts';
import {type Routes} from '../routes.ts';

/** `true`, or an object naming the client: on. */
function target(body: UnknownRecord, field: string): (Target & {ms?: number}) | undefined {
  if (body[field] === true) return {};
  if (body[field] == null || body[field] === false) return undefined;
  const record = readRecord(body[field], field);
  const clientId = optionalString(record, 'clientId');
  const ms = optionalCount(record, 'ms');
  return {...(clientId !== undefined && {clientId}), ...(ms !== undefined && {ms})};
}

/** Those fields of the body that are there. */
function pick<Value>(body: UnknownRecord, fields: readonly string[], read: (body: UnknownRecord, field: string) => Value | undefined): Record<string, Value> {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value = read(body, field);
      return value === undefined ? [] : [[field, value]];
    }),
  );
}

function apply(switches: FaultSwitches, body: UnknownRecord): void {
  if (optionalBoolean(body, 'reset')) switches.reset();
  switches.set({
    ...pick(body, ['refuseResumes', 'refusePublishes', 'dropAcks'], optionalBoolean),
    ...pick(body, ['ackDelay', 'deliveryDelay', 'refuseAttaches'], optionalCount),
  });
  const limits = optionalRecord(body, 'limits') ?? {};
  switches.shorten(pick(limits, ['connectionStateTtl', 'presenceLeaveDelay', 'maxIdleInterval', 'maxBacklog'], optionalCount));
  const cut = target(body, 'cut');
  if (cut) switches.cut(cut);
  const freeze = target(body, 'freeze');
  if (freeze) switches.freeze(freeze);
  const thaw = target(body, 'thaw');
  if (thaw) switches.thaw(thaw);
  const dark = target(body, 'dark');
  if (dark) switches.goDark(dark);
  if (body.dark === false) switches.lightUp();
  const gap = optionalString(body, 'gap');
  if (gap !== undefined) switches.forceGap(gap, optionalString(body, 'appId'));
  if (optionalBoolean(body, 'expireTokens')) switches.expireTokens();
}

function post(request: RestRequest): Reply {
  const switches = requireFaults(request.faults);
  apply(switches, readRecord(request.body, 'faults'));
  return {body: switches.state};
}

export const faultRoutes: Routes = {
  'GET /admin/faults': (request) => ({body: requireFaults(request.faults).state}),
  'POST /admin/faults': post,
};
