import type * as Ably from 'ably';
import {LiveObjects} from 'ably/liveobjects';
import type {Fixture} from '../contract/broker-helpers.ts';

const modes: Ably.ChannelMode[] = ['PUBLISH', 'SUBSCRIBE', 'PRESENCE', 'PRESENCE_SUBSCRIBE', 'OBJECT_PUBLISH', 'OBJECT_SUBSCRIBE'];

/** The channel as a client of its own has it. */
export function channelOf(fixture: Fixture, name: string, clientId = 'flights-agent'): Ably.RealtimeChannel {
  return fixture.realtime({clientId, plugins: {LiveObjects}}).channels.get(name, {modes});
}

/** Resolves as soon as the condition holds; looks again whenever presence or the objects change. */
export async function seen(channel: Ably.RealtimeChannel, condition: () => boolean | Promise<boolean>, timeoutMs = 5000): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`It was not seen on ${channel.name}`);
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, 200);
      const look = (): void => {
        clearTimeout(timer);
        channel.presence.unsubscribe(look);
        resolve();
      };
      void channel.presence.subscribe(look);
    });
  }
}
