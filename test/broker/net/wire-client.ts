/** A bare WebSocket client: says exactly what a test wants it to. */
import {once} from 'node:events';
import {decode, encode} from '@msgpack/msgpack';
import WebSocket from 'ws';
import {defaultKey} from '../../../broker/index.ts';

export interface WireFrame extends Record<string, unknown> {
  action: number;
  error?: {code: number; statusCode: number; message: string};
}

export class WireClient {
  readonly socket: WebSocket;
  readonly #format: 'json' | 'msgpack';
  readonly #frames: WireFrame[] = [];
  #waiting: (() => void)[] = [];

  constructor(port: number, query: Record<string, string> = {}, credentials: Record<string, string> = {key: defaultKey}) {
    const params = new URLSearchParams({...credentials, v: '6', format: 'json', ...query});
    this.#format = params.get('format') === 'msgpack' ? 'msgpack' : 'json';
    this.socket = new WebSocket(`ws://localhost:${port}/?${params.toString()}`);
    this.socket.on('message', (data: Buffer, isBinary) => {
      this.#frames.push((isBinary ? decode(data) : JSON.parse(data.toString())) as WireFrame);
      for (const wake of this.#waiting.splice(0)) wake();
    });
    this.socket.on('close', () => {
      for (const wake of this.#waiting.splice(0)) wake();
    });
    this.socket.on('error', () => undefined);
  }

  send(frame: Record<string, unknown>): void {
    this.socket.send(this.#format === 'json' ? JSON.stringify(frame) : encode(frame));
  }

  sendRaw(data: string | Uint8Array, isBinary: boolean): void {
    this.socket.send(data, {binary: isBinary});
  }

  /** The next frame that fits; frames before it are dropped. Undefined when the socket closes first. */
  async next(fits: (frame: WireFrame) => boolean = () => true): Promise<WireFrame | undefined> {
    for (;;) {
      for (let frame = this.#frames.shift(); frame; frame = this.#frames.shift()) if (fits(frame)) return frame;
      if (this.socket.readyState >= WebSocket.CLOSING) return undefined;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** Waits until the socket is gone. */
  async closed(): Promise<void> {
    if (this.socket.readyState !== WebSocket.CLOSED) await once(this.socket, 'close');
  }

  close(): void {
    this.socket.terminate();
  }
}
