import {warnOnce} from '../../internal/warn.ts';

const units: Readonly<Record<string, number>> = {'': 1, 'k': 1e3, 'm': 1e6, 'g': 1e9, 'ki': 1024, 'mi': 1024 ** 2, 'gi': 1024 ** 3};

/**
 * A size in bytes, from a number of them or from words such as `500kB`, `5 MB` or `2MiB`; undefined, with a warning, where
 * it is neither.
 */
export function bytesOf(size: string | number | undefined): number | undefined {
  if (size === undefined || size === '') return undefined;
  const [, number, unit] = /^\s*(\d+(?:\.\d+)?)\s*([kmg]?i?)b?\s*$/i.exec(String(size)) ?? [];
  const factor = units[(unit ?? '').toLowerCase()];
  if (number !== undefined && factor !== undefined) return Math.floor(Number(number) * factor);
  warnOnce(`max-file-size="${size}" is not a size; files of any size are taken. Write bytes, or for example 500kB or 5MB.`);
  return undefined;
}

/** Whether a file is of a kind that `accept` lists: media types, also with a `*`, and endings; all where it is empty. */
export function isAccepted({name, type}: {name: string; type: string}, accept: string | undefined): boolean {
  const kinds = (accept ?? '').split(',').map((kind) => kind.trim().toLowerCase()).filter((kind) => kind !== '');
  if (kinds.length === 0) return true;
  return kinds.some((kind) => {
    if (kind === '*' || kind === '*/*') return true;
    if (kind.startsWith('.')) return name.toLowerCase().endsWith(kind);
    return kind.endsWith('/*') ? type.toLowerCase().startsWith(kind.slice(0, -1)) : type.toLowerCase() === kind;
  });
}

/**
 * How much the text and the `data:` URLs of one message may have together, in bytes: Ably takes messages of 64 KiB unless
 * an account has more, and what goes around them needs some of it. The session has the last word when it is sent.
 */
const maxMessageBytes = 60_000;
/** What a file's name and kind and the frame around it take, in bytes. */
const frameBytes = 300;

/** The length of the `data:` URL of so many bytes, its kind apart. */
export function dataUrlLength(bytes: number): number {
  // Base64 makes four characters of three bytes.
  return Math.ceil(bytes / 3) * 4;
}

/**
 * How large one more file may be that travels in the message itself, in bytes.
 * @param others the lengths of the `data:` URLs that are in it already.
 */
export function inlineRoom(text: string, others: readonly number[]): number {
  const used = new TextEncoder().encode(text).length + others.reduce((sum, length) => sum + length + frameBytes, 0);
  return Math.max(0, Math.floor(((maxMessageBytes - used - frameBytes) * 3) / 4));
}

/** A file as a `data:` URL. Rejects where it cannot be read, for example because it is a folder. */
export function dataUrlOf(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    // Read as a URL, the result is a string.
    reader.addEventListener('load', () => resolve(reader.result as string));
    reader.addEventListener('error', () => reject(reader.error ?? new Error('The file could not be read.')));
    reader.readAsDataURL(file);
  });
}
