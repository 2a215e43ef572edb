/** Between bytes and values, for frames and bodies, in JSON and msgpack. */
import {isUtf8} from 'node:buffer';
import {Decoder, Encoder} from '@msgpack/msgpack';
import {type Format} from '../protocol/data.ts';
import {AblyError, Code} from '../protocol/errors.ts';

const encoder = new Encoder({ignoreUndefined: true});
const decoder = new Decoder();

export const contentTypes: Readonly<Record<Format, string>> = {json: 'application/json', msgpack: 'application/x-msgpack'};

export function encode(value: unknown, format: Format): string | Uint8Array {
  return format === 'json' ? JSON.stringify(value) : encoder.encode(value);
}

/** @throws AblyError 40000 for what is no UTF-8, JSON or msgpack. */
export function decode(bytes: Buffer, format: Format): unknown {
  try {
    if (format === 'msgpack') return decoder.decode(bytes);
    if (!isUtf8(bytes)) throw new TypeError('invalid UTF-8');
    return JSON.parse(bytes.toString());
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AblyError(Code.BadRequest, `Cannot read this as ${format}: ${reason}`, {cause});
  }
}
