import type {FilePart, MessagePart} from '../session/message.ts';

/**
 * The part that tells what the files of a message are called: AI Transport carries a file's kind and URL, and parts of data as
 * they are. Its data: `{names: (string | null)[]}`, one for each `file` part of the message, in their order.
 */
const namesType = 'data-file-names';

/** Keeps the names of files, beside the files, on the way over the channel. */
export class FileNames {
  readonly #named = new WeakMap<readonly MessagePart[], {readonly count: number; readonly parts: readonly MessagePart[]}>();

  /** A message's parts as they go to the channel: with the names of its files, where any has one. */
  add(parts: readonly MessagePart[]): MessagePart[] {
    const names = parts.filter(isFile).map(({filename}) => filename ?? null);
    return names.every((name) => name === null) ? [...parts] : [...parts, {type: namesType, data: {names}}];
  }

  /** Parts off the channel: the files have their names again. Parts that are as they were give what they gave before. */
  read(parts: readonly MessagePart[]): readonly MessagePart[] {
    const last = parts.findLast(({type}) => type === namesType);
    if (!last) return parts;
    const known = this.#named.get(parts);
    // They come one by one, into the same list.
    if (known?.count === parts.length) return known.parts;
    const names = namesIn(last);
    let place = 0;
    const named = parts.flatMap((part): MessagePart[] => {
      if (part.type === namesType) return [];
      if (!isFile(part)) return [part];
      const filename = part.filename ?? names[place];
      place += 1;
      return [filename === undefined ? part : {...part, filename}];
    });
    this.#named.set(parts, {count: parts.length, parts: named});
    return named;
  }
}

/** Whoever may publish may publish anything. */
function namesIn(part: MessagePart): readonly (string | undefined)[] {
  const data = 'data' in part ? part.data : undefined;
  const names: unknown = typeof data === 'object' && data !== null && 'names' in data ? data.names : undefined;
  return Array.isArray(names) ? names.map((name: unknown) => (typeof name === 'string' ? name : undefined)) : [];
}

function isFile(part: MessagePart): part is FilePart {
  return part.type === 'file';
}
