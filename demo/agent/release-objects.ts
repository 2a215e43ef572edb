import type * as Ably from 'ably';

/**
 * Ends the collector of dead objects that the LiveObjects plug-in of ably 2.28 starts for each channel and never ends: an
 * interval that holds the channel as long as the process. There is no call for it; the field is read only where it is.
 */
export function releaseObjects(channel: Ably.RealtimeChannel): void {
  const {_object: objects} = channel as {_object?: {_objectsPool?: {_gcInterval?: ReturnType<typeof setInterval>}}};
  clearInterval(objects?._objectsPool?._gcInterval);
}
