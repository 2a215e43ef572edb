/** A client's WebSocket as the link of its connection. */
import {type Duplex} from 'node:stream';
import {type RawData, type WebSocket} from 'ws';
import {type Link} from '../core/connection.ts';
import {type Format} from '../protocol/data.ts';
import {type OutboundFrame} from '../protocol/frames.ts';
import {webSocketFrame} from './wire.ts';

/** What happens on a socket. */
export interface SocketEvents {
  frame(bytes: Buffer, isBinary: boolean): void;
  /** The other side answered a ping. */
  alive(): void;
  closed(): void;
  /** Its backlog went above the limit. */
  tooSlow(): void;
}

export class SocketLink implements Link {
  readonly #socket: WebSocket;
  readonly #stream: Duplex;
  readonly #format: Format;
  readonly #maxBacklog: number;
  readonly #events: SocketEvents;
  #frozen: {inbound: [Buffer, boolean][]; outbound: OutboundFrame[]} | undefined;
  #isTooSlow = false;

  constructor(socket: WebSocket, stream: Duplex, options: {format: Format; maxBacklog: number}, events: SocketEvents) {
    this.#socket = socket;
    this.#stream = stream;
    this.#format = options.format;
    this.#maxBacklog = options.maxBacklog;
    this.#events = events;
    socket.on('message', (data: RawData, isBinary: boolean) => {
      // The server keeps ws's default binaryType, which gives one Buffer a message.
      const bytes = data as Buffer;
      if (this.#frozen) this.#frozen.inbound.push([bytes, isBinary]);
      else events.frame(bytes, isBinary);
    });
    socket.on('pong', () => {
      if (!this.#frozen) events.alive();
    });
    socket.on('close', () => events.closed());
    socket.on('error', () => undefined); // a close always follows
  }

  get backlog(): number {
    return this.#socket.bufferedAmount;
  }

  /**
   * One system call for all frames of a turn. They go past the WebSocket's own sender, which would build each anew: it
   * writes at once and compresses nothing, so its pings and close frames keep their place between them.
   */
  write(frames: readonly OutboundFrame[]): void {
    if (this.#frozen) {
      this.#frozen.outbound.push(...frames);
      return;
    }
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (frames.length > 1) this.#stream.cork();
    for (const frame of frames) this.#stream.write(webSocketFrame(frame, this.#format));
    if (frames.length > 1) this.#stream.uncork();
    if (this.backlog <= this.#maxBacklog || this.#isTooSlow) return;
    this.#isTooSlow = true;
    this.#events.tooSlow();
  }

  ping(): void {
    if (!this.#frozen) this.#socket.ping();
  }

  close(): void {
    if (!this.#frozen) this.#socket.close(1000);
  }

  /** Cuts the line: no close frame, nothing unsent gets out. */
  cut(): void {
    this.#socket.terminate();
  }

  /** Stands still in both directions, as a line that is down does, until thawed. */
  freeze(): void {
    this.#frozen ??= {inbound: [], outbound: []};
  }

  thaw(): void {
    const held = this.#frozen;
    this.#frozen = undefined;
    if (!held) return;
    this.write(held.outbound);
    for (const [bytes, isBinary] of held.inbound) this.#events.frame(bytes, isBinary);
  }
}
