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

/** Somebody who sees all that happens on a channel, from before anything does, and says nothing. */
export class Witness {
  readonly #events = new Map<string, ChannelEvent>();
  readonly #client: Ably.Realtime;
  readonly #listeners = new Set<() => void>();

  private constructor(client: Ably.Realtime) {
    this.#client = client;
  }

  static async come(port: number, channelName: string): Promise<Witness> {
    const client = new Ably.Realtime({key: defaultKey, clientId: 'Witness', endpoint: '127.0.0.1', port, tls: false, transports: ['web_socket'], disableConnectivityCheck: true, logLevel: 0});
    const witness = new Witness(client);
    await client.channels.get(channelName).subscribe((message) => witness.#see(message));
    return witness;
  }

  /** All that was said so far, in the channel's order. What was appended to is as it is now. */
  get events(): readonly ChannelEvent[] {
    return [...this.#events.values()].sort((one, other) => (one.serial < other.serial ? -1 : 1));
  }

  /** Resolves when it is so, or after so many ms; says whether it is. */
  async sees(isSo: () => boolean, ms: number): Promise<boolean> {
    const end = AbortSignal.timeout(ms);
    while (!isSo() && !end.aborted) {
      await new Promise<void>((resolve) => {
        const done = (): void => {
          this.#listeners.delete(done);
          end.removeEventListener('abort', done);
          resolve();
        };
        this.#listeners.add(done);
        end.addEventListener('abort', done);
      });
    }
    return isSo();
  }

  leave(): void {
    this.#client.close();
  }

  #see({name = '', clientId, serial, extras, data, action}: Ably.InboundMessage): void {
    if (serial === undefined) return;
    const known = this.#events.get(serial);
    const {transport = {}, codec = {}} = (extras as {ai?: Partial<Pick<ChannelEvent, 'transport' | 'codec'>>} | undefined)?.ai ?? {};
    const whole = action === 'message.append' && typeof known?.data === 'string' ? known.data + String(data) : (data as unknown);
    this.#events.set(serial, {name: known?.name ?? name, clientId: known?.clientId ?? clientId ?? undefined, serial, transport: {...known?.transport, ...transport}, codec: {...known?.codec, ...codec}, data: whole});
    for (const listener of [...this.#listeners]) listener();
  }
}
