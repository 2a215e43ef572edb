import type {Unsubscribe} from '../internal/listeners.ts';
import {SessionError} from '../session/errors.ts';
import type {CodecName} from '../session/settings.ts';
import type {ConnectionSnapshot} from '../session/snapshot.ts';
import type {Connection} from './connection.ts';
import {explainError, isTransient, missingCapability} from './explain-error.ts';
import type {LiveTypes} from './live-edits.ts';
import {Transport, type TransportEvents} from './transport.ts';

interface LineEvents extends Pick<TransportEvents, 'onChange' | 'onContent'> {
  /** The state of the line, the identity, or whether it is ready may have changed. */
  onState(): void;
  /** The channel is left, to be joined by a new transport. */
  onLeft(): void;
  /** The channel is joined, by a new transport; what is loaded of LiveObjects comes with it. */
  onJoined(transport: Transport, types: LiveTypes | undefined): void;
  /** LiveObjects cannot be had. */
  onObjectsFailed(error: SessionError): void;
  /** Loads the newest messages; called for each new transport before it is ready. */
  load(transport: Transport): Promise<void>;
}

/** How long to wait before the channel is tried again after a passing failure, in ms. */
const retryMs = 2000;
/** Ably's default limit on a message, in bytes, until the connection has told its own. */
const defaultMaxMessageBytes = 65_536;

/**
 * A channel and the transport on it, kept whole: joined when the connection allows it, and opened afresh, with its
 * history, when it was joined again with a gap, so that nothing that was said meanwhile is missing.
 */
export class ChannelLine {
  readonly codec: CodecName;
  readonly #connection: Connection;
  readonly #name: string;
  readonly #events: LineEvents;
  readonly #stopWatching: readonly Unsubscribe[];
  readonly #onChannelState = (): void => this.#onState();
  #transport: Transport;
  #isLoaded = false;
  #wasLoaded = false;
  #hasGap = false;
  #objects: 'unneeded' | 'needed' | 'failed' = 'unneeded';
  #wasConnected = false;
  #types: LiveTypes | undefined;
  #isOpening = false;
  /** Which opening is the latest one; those before it are void. */
  #attempt = 0;
  #isClosed = false;
  #error: SessionError | undefined;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(connection: Connection, {name, codec}: {name: string; codec: CodecName}, events: LineEvents) {
    this.#connection = connection;
    this.#name = name;
    this.codec = codec;
    this.#events = events;
    this.#transport = this.#newTransport();
    this.#stopWatching = [connection.onChange(() => this.#onState()), connection.onReplaced(() => void this.#openAfresh())];
  }

  /** The transport to read from. */
  get transport(): Transport {
    return this.#transport;
  }

  /** The transport to publish through: joined, with its history loaded; undefined while it is not. */
  get ready(): Transport | undefined {
    return this.#isLoaded && this.snapshot.state === 'connected' ? this.#transport : undefined;
  }

  get snapshot(): ConnectionSnapshot {
    const connection = this.#connection.snapshot;
    if (connection.state === 'failed' || connection.state === 'closed') return connection;
    if (this.#error) return {state: 'failed', error: this.#error};
    if (connection.state !== 'connected') return this.#isLoaded && connection.state === 'connecting' ? {...connection, state: 'offline'} : connection;
    const {state, errorReason} = this.#transport.channel;
    if (state === 'attached') return {state: 'connected', error: undefined};
    if (state === 'suspended') return {state: 'offline', error: explainError(errorReason, 'attach', this.#name)};
    return {state: this.#isLoaded ? 'offline' : 'connecting', error: undefined};
  }

  /** Whether the transport has its history, also while the line is down. */
  get isLoaded(): boolean {
    return this.#isLoaded;
  }

  /** Whether the transport is being replaced after a gap, so that what it holds is not yet all. */
  get isReopening(): boolean {
    return this.#wasLoaded && !this.#isLoaded;
  }

  get maxMessageBytes(): number {
    // The SDK keeps what the connection told in its options, which it does not declare.
    const {options} = this.#connection.client as {options?: {maxMessageSize?: number}};
    return options?.maxMessageSize ?? defaultMaxMessageBytes;
  }

  /** Why the line will not be back by itself; undefined where it is there or on its way. */
  get lineError(): SessionError | undefined {
    const {state, error} = this.snapshot;
    if (state !== 'failed' && state !== 'closed') return undefined;
    return error ?? new SessionError('The connection is closed.', {kind: 'closed'});
  }

  /** @throws {SessionError} where it is known already that nothing can be published. */
  checkMayPublish(): void {
    const {state, error} = this.snapshot;
    if (state === 'failed' && error) throw error;
    const {modes} = this.#transport;
    if (modes && !modes.includes('publish')) throw missingCapability('publish', 'The message was not sent', this.#name);
  }

  /** Joins the channel with LiveObjects from now on. Where they could not be loaded, they are asked for again: here, and when the line is back. */
  needObjects(): void {
    if (this.#objects === 'needed') return;
    this.#objects = 'needed';
    this.#connection.loadObjects().then(
      (types) => {
        this.#types = types;
        if (!this.#isClosed) void this.#openAfresh();
      },
      (failure: unknown) => {
        this.#objects = 'failed';
        this.#events.onObjectsFailed(explainError(failure, 'attach', this.#name));
      },
    );
  }

  async open(): Promise<void> {
    if (this.#isOpening || this.#isClosed) return;
    this.#isOpening = true;
    const attempt = this.#attempt;
    const isVoid = (): boolean => this.#isClosed || attempt !== this.#attempt;
    try {
      const transport = this.#transport;
      await transport.connect();
      if (isVoid()) return;
      if (transport.modes?.includes('subscribe') === false) throw missingCapability('subscribe', 'The conversation cannot be followed', this.#name);
      this.#events.onJoined(transport, this.#types);
      await this.#events.load(transport);
      if (isVoid()) return;
      this.#error = undefined;
      this.#isLoaded = true;
      this.#wasLoaded = true;
    } catch (failure) {
      if (isVoid()) return;
      // What is explained already has been found out here: trying again changes nothing.
      if (failure instanceof SessionError || !isTransient(failure)) this.#error = explainError(failure, 'attach', this.#name);
      // While the connection is down, its return is what opens again.
      else this.#retryTimer = setTimeout(() => {
        this.#retryTimer = undefined;
        this.#onState();
      }, retryMs);
    } finally {
      if (attempt === this.#attempt) this.#isOpening = false;
    }
    this.#onState();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#retryTimer);
    for (const stop of this.#stopWatching) stop();
    await this.#closeTransport(this.#transport);
    if (this.#connection.isOurs) this.#transport.release();
  }

  #newTransport(): Transport {
    const transport = new Transport(this.#connection.client, this.#name, {
      onChange: () => this.#events.onChange(),
      onContent: (messageId) => this.#events.onContent(messageId),
      onContinuityLost: () => {
        this.#hasGap = true;
        this.#onState();
      },
    }, {hasObjects: this.#types !== undefined, codec: this.codec});
    transport.channel.on(this.#onChannelState);
    return transport;
  }

  async #closeTransport(transport: Transport): Promise<void> {
    transport.channel.off(this.#onChannelState);
    await transport.close().catch(() => undefined);
  }

  get #mayOpen(): boolean {
    return this.#connection.snapshot.state === 'connected' && !this.#isLoaded && !this.#error && !this.#isOpening && this.#retryTimer === undefined;
  }

  #onState(): void {
    if (this.#isClosed) return;
    const isConnected = this.#connection.snapshot.state === 'connected';
    if (isConnected && !this.#wasConnected && this.#objects === 'failed') this.needObjects();
    this.#wasConnected = isConnected;
    const isAttached = isConnected && this.#transport.channel.state === 'attached';
    if (isAttached && this.#hasGap && !this.#isOpening) void this.#openAfresh();
    else if (this.#mayOpen) void this.open();
    this.#events.onState();
  }

  /** Opens anew, one time for all that asks for it meanwhile. */
  async #openAfresh(): Promise<void> {
    const attempt = ++this.#attempt;
    this.#isOpening = true;
    this.#hasGap = false;
    this.#isLoaded = false;
    this.#events.onLeft();
    // The old one owns the channel until it is closed, and closing it leaves the channel.
    await this.#closeTransport(this.#transport);
    if (this.#isClosed || attempt !== this.#attempt) return;
    this.#transport = this.#newTransport();
    this.#isOpening = false;
    if (this.#connection.snapshot.state === 'connected') await this.open();
    else this.#onState();
  }
}
