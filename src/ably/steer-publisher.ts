import {buildTransportHeaders} from '@ably/ai-transport';
import type * as Ably from 'ably';
import type {UIMessage} from 'ai';
import type {SessionCodec} from './session-codec.ts';

type Encoder = ReturnType<SessionCodec['createEncoder']>;

/**
 * Puts messages into runs that are under way: what AI Transport's `ClientRun.steer()` does, for which it needs the handle of
 * the send that asked for the run. Another page has none, nor has this one after a reload. `ClientView.send()` with a run's id
 * would do, but keeps a message in the run also where it could not be published, and doubles it when it is tried again.
 */
export class SteerPublisher {
  readonly #encoder: Encoder;
  readonly #clientId: () => string | undefined;

  /** @param clientId gives who publishes; undefined for anonymous clients. */
  constructor(codec: SessionCodec, channel: Ably.RealtimeChannel, clientId: () => string | undefined) {
    this.#encoder = codec.createEncoder(channel);
    this.#clientId = clientId;
  }

  /** Resolves when the channel has confirmed it. */
  async publish(id: string, message: UIMessage, runId: string): Promise<void> {
    const runClientId = this.#clientId();
    const headers = buildTransportHeaders({
      role: 'user', runId, codecMessageId: id, inputEventId: crypto.randomUUID(),
      ...(runClientId === undefined ? {} : {runClientId}),
    });
    await this.#encoder.publishInput({kind: 'user-message', message}, {extras: {headers}, messageId: id});
  }

  close(): Promise<void> {
    return this.#encoder.close();
  }
}
