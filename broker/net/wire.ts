/**
 * Protocol messages as WebSocket frames, ready to be written. A frame that goes to many is built once for each format:
 * what a server sends is not masked, so its bytes are the same for all.
 */
import {type Format} from '../protocol/data.ts';
import {wireFrame, type OutboundFrame} from '../protocol/frames.ts';
import {encode} from './codec.ts';

const json: unique symbol = Symbol('json');
const msgpack: unique symbol = Symbol('msgpack');

/** A frame that keeps its bytes, where encoders do not see them. */
type BuiltFrame = OutboundFrame & {[json]?: Buffer; [msgpack]?: Buffer};

const formats = {json: {bytes: json, opcode: 0x1}, msgpack: {bytes: msgpack, opcode: 0x2}} as const;

/** One unfragmented, unmasked frame (RFC 6455, section 5.2). */
function frameBytes(payload: string | Uint8Array, opcode: number): Buffer {
  const size = typeof payload === 'string' ? Buffer.byteLength(payload) : payload.length;
  const start = size < 126 ? 2 : size < 65_536 ? 4 : 10;
  const bytes = Buffer.allocUnsafe(start + size);
  bytes[0] = 0x80 | opcode;
  if (start === 2) {
    bytes[1] = size;
  } else if (start === 4) {
    bytes[1] = 126;
    bytes.writeUInt16BE(size, 2);
  } else {
    bytes[1] = 127;
    bytes.writeUIntBE(0, 2, 2);
    bytes.writeUIntBE(size, 4, 6);
  }
  if (typeof payload === 'string') bytes.write(payload, start);
  else bytes.set(payload, start);
  return bytes;
}

export function webSocketFrame(frame: OutboundFrame, format: Format): Buffer {
  const keeper: BuiltFrame = frame;
  const {bytes, opcode} = formats[format];
  return (keeper[bytes] ??= frameBytes(encode(wireFrame(frame, format), format), opcode));
}
