import * as Ably from 'ably';
import {defaultKey} from '../../../broker/index.ts';

/** One message of a channel, as far as the conversation's course goes. */
export interface ChannelEvent {
  readonly name: string;
  readonly clientId: string | undefined;
  readonly serial: string;
  readonly transport: Partial<Record<string, string>>;
  readonly codec: Partial<Record<string, string>>;
  readonly data: unknown;
}

/** Everything on a channel, oldest first. */
export async function readChannel(port: number, channelName: string): Promise<ChannelEvent[]> {
  const client = new Ably.Rest({endpoint: '127.0.0.1', port, tls: false, key: defaultKey, logLevel: 0});
  const events: ChannelEvent[] = [];
  let page: Ably.PaginatedResult<Ably.InboundMessage> | null = await client.channels.get(channelName).history({direction: 'forwards', limit: 1000});
  while (page) {
    for (const {name = '', clientId, serial = '', extras, data} of page.items) {
      const {transport = {}, codec = {}} = (extras as {ai?: Partial<Pick<ChannelEvent, 'transport' | 'codec'>>} | undefined)?.ai ?? {};
      events.push({name, clientId: clientId ?? undefined, serial, transport, codec, data});
    }
    page = page.hasNext() ? await page.next() : null;
  }
  return events;
}
