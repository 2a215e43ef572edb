/** Capabilities: which operations are allowed on which channels (RSA9f and the capability rules of Ably's documentation). */
import {AblyError, Code} from '../protocol/errors.ts';
import {isRecord} from '../protocol/reading.ts';

const operations = new Set([
  '*', 'publish', 'subscribe', 'presence', 'presence-subscribe', 'history', 'stats', 'channel-metadata', 'privileged-headers',
  'push-subscribe', 'push-admin', 'object-subscribe', 'object-publish', 'annotation-subscribe', 'annotation-publish',
  'message-update-own', 'message-update-any', 'message-delete-own', 'message-delete-any',
]);

function malformed(why: string): never {
  throw new AblyError(Code.BadRequest, `Invalid capability: ${why}`);
}

function readOperations(resource: string, value: unknown): string[] {
  if (!Array.isArray(value) || value.length === 0) return malformed(`'${resource}' needs a list of operations`);
  const list = value.map((operation) => {
    if (typeof operation === 'string' && operations.has(operation)) return operation;
    return malformed(`unknown operation ${JSON.stringify(operation)} on '${resource}'`);
  });
  if (list.includes('*') && list.length > 1) malformed(`'*' stands alone in the operations of '${resource}'`);
  return [...new Set(list)].sort();
}

/** A resource name split into its channel type, such as `[meta]`, and the segments of its name. */
function parse(resource: string): {type: string; segments: string[]} {
  const [, type = '', name = ''] = /^(\[[^\]]*\])?(.*)$/s.exec(resource) ?? [];
  return {type, segments: name.split(':')};
}

/** `*` stands for one segment, at the end for all that follow; anything else is literal. `[*]` stands for every type. */
function covers(pattern: string, resource: string): boolean {
  if (pattern === resource || pattern === '[*]*') return true;
  const wanted = parse(pattern);
  const actual = parse(resource);
  if (wanted.type !== '[*]' && wanted.type !== actual.type) return false;
  const last = wanted.segments.length - 1;
  if (actual.segments.length < wanted.segments.length) return false;
  if (actual.segments.length > wanted.segments.length && wanted.segments[last] !== '*') return false;
  return wanted.segments.every((segment, index) => segment === '*' || segment === actual.segments[index]);
}

function commonOperations(left: readonly string[], right: readonly string[]): string[] {
  if (left.includes('*')) return [...right];
  if (right.includes('*')) return [...left];
  return left.filter((operation) => right.includes(operation));
}

export class Capability {
  readonly #rules: ReadonlyMap<string, readonly string[]>;
  /** Answers already given, by operation and channel; channels are asked about on every publish. */
  readonly #answers = new Map<string, Map<string, boolean>>();

  private constructor(rules: ReadonlyMap<string, readonly string[]>) {
    this.#rules = rules;
  }

  /** Reads a capability from its JSON text or the parsed object; refuses malformed ones with 40000. */
  static read(value: unknown): Capability {
    let parsed = value;
    if (typeof value === 'string') {
      try {
        parsed = JSON.parse(value);
      } catch {
        return malformed('not JSON');
      }
    }
    if (!isRecord(parsed)) return malformed('expected an object of resources');
    return new Capability(new Map(Object.entries(parsed).map(([resource, list]) => [resource, readOperations(resource, list)])));
  }

  permits(operation: string, channel: string): boolean {
    let answers = this.#answers.get(operation);
    if (!answers) this.#answers.set(operation, (answers = new Map<string, boolean>()));
    const known = answers.get(channel);
    if (known !== undefined) return known;
    const answer = [...this.#rules].some(([pattern, list]) => (list.includes('*') || list.includes(operation)) && covers(pattern, channel));
    if (answers.size > 1_000) answers.clear();
    answers.set(channel, answer);
    return answer;
  }

  /** Whether any resource has the operation: for things that belong to no channel, such as statistics. */
  permitsSomewhere(operation: string): boolean {
    return [...this.#rules.values()].some((list) => list.includes('*') || list.includes(operation));
  }

  /** What both allow; empty resources are left out. */
  intersect(other: Capability): Capability {
    const common = new Map<string, string[]>();
    for (const [mine, myList] of this.#rules) {
      for (const [theirs, theirList] of other.#rules) {
        const resource = covers(theirs, mine) ? mine : covers(mine, theirs) ? theirs : undefined;
        if (resource === undefined) continue;
        const list = [...new Set([...(common.get(resource) ?? []), ...commonOperations(myList, theirList)])].sort();
        if (list.length > 0) common.set(resource, list.includes('*') ? ['*'] : list);
      }
    }
    return new Capability(common);
  }

  get isEmpty(): boolean {
    return this.#rules.size === 0;
  }

  /** JSON text, resources and operations in order. */
  toString(): string {
    return JSON.stringify(Object.fromEntries([...this.#rules].sort(([left], [right]) => (left < right ? -1 : 1))));
  }
}
