import type * as Ably from 'ably';

/**
 * Ends what the LiveObjects plug-in of ably 2.28 never ends by itself: the collector of dead objects, an interval that
 * every channel's objects start and that would hold them as long as the page. There is no call for it; the field is read
 * only where it is what it was.
 */
export function releaseObjects(channel: Ably.RealtimeChannel): void {
  const {_object: objects} = channel as {_object?: {_objectsPool?: {_gcInterval?: ReturnType<typeof setInterval>}}};
  clearInterval(objects?._objectsPool?._gcInterval);
}
