/**
 * Filters of derived channels: expressions over a message's `name`, `headers` and a few other fields. They are written in
 * JMESPath; this reads the part of it that conditions are made of. A library for the whole of it would be a dependency for
 * one corner that nothing of ours uses.
 *
 *     name == `"answer"` && (headers.number > `5` || starts_with(headers.kind, 'a'))
 */
import {AblyError, Code} from '../protocol/errors.ts';
import {type Message} from '../protocol/messages.ts';
import {isRecord} from '../protocol/reading.ts';

type Evaluate = (fields: unknown) => unknown;

const longest = 4_096;
const deepest = 32;
const token = /\s*(?:(`(?:[^`\\]|\\.)*`)|('(?:[^'\\]|\\.)*')|("(?:[^"\\]|\\.)*"|[A-Za-z_]\w*)|(&&|\|\||[=!<>]=|[!<>().,@]))/y;

function invalid(why: string): never {
  throw new AblyError(Code.BadRequest, `Invalid filter: ${why}`);
}

interface Token {
  kind: 'literal' | 'name' | 'sign' | 'end';
  text: string;
}

function tokens(text: string): Token[] {
  if (text.length > longest) invalid(`longer than ${longest} characters`);
  const found: Token[] = [];
  const source = text.trimEnd();
  token.lastIndex = 0;
  while (token.lastIndex < source.length) {
    const at = token.lastIndex;
    const [, json, raw, name, sign] = token.exec(source) ?? invalid(`cannot read it from '${source.slice(at, at + 20)}'`);
    if (json !== undefined) found.push({kind: 'literal', text: json.slice(1, -1).replaceAll('\\`', '`')});
    else if (raw !== undefined) found.push({kind: 'literal', text: JSON.stringify(raw.slice(1, -1).replaceAll("\\'", "'"))});
    else if (name !== undefined) found.push({kind: 'name', text: name.startsWith('"') ? String(parseJson(name)) : name});
    else found.push({kind: 'sign', text: sign ?? ''});
  }
  return [...found, {kind: 'end', text: 'the end'}];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return invalid(`${text} is not JSON`);
  }
}

/** False are null, false, and what is empty. */
function isTrue(value: unknown): boolean {
  if (value == null || value === false || value === '') return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

function isEqual(left: unknown, right: unknown): boolean {
  return JSON.stringify(left ?? null) === JSON.stringify(right ?? null);
}

/** Only numbers have an order; anything else compares to null. */
function isBefore(left: unknown, right: unknown, orEqual: boolean): unknown {
  if (typeof left !== 'number' || typeof right !== 'number') return null;
  return orEqual ? left <= right : left < right;
}

const comparisons: Readonly<Record<string, (left: unknown, right: unknown) => unknown>> = {
  '==': isEqual,
  '!=': (left, right) => !isEqual(left, right),
  '<': (left, right) => isBefore(left, right, false),
  '<=': (left, right) => isBefore(left, right, true),
  '>': (left, right) => isBefore(right, left, false),
  '>=': (left, right) => isBefore(right, left, true),
};

const functions: Readonly<Record<string, (subject: unknown, part: unknown) => unknown>> = {
  contains: (subject, part) => (Array.isArray(subject) ? subject.some((item) => isEqual(item, part)) : typeof subject === 'string' && subject.includes(String(part))),
  starts_with: (subject, part) => typeof subject === 'string' && subject.startsWith(String(part)),
  ends_with: (subject, part) => typeof subject === 'string' && subject.endsWith(String(part)),
};

class Parser {
  readonly #tokens: Token[];
  #depth = 0;

  constructor(text: string) {
    this.#tokens = tokens(text);
  }

  #take(text?: string): Token {
    const next = this.#tokens.shift() ?? invalid('it ends too early');
    if (text !== undefined && (next.kind !== 'sign' || next.text !== text)) invalid(`expected '${text}', found '${next.text}'`);
    return next;
  }

  #takeIf(...signs: string[]): string | undefined {
    const [next] = this.#tokens;
    return next?.kind === 'sign' && signs.includes(next.text) ? this.#take().text : undefined;
  }

  whole(): Evaluate {
    const expression = this.#or();
    const rest = this.#take();
    return rest.kind === 'end' ? expression : invalid(`unexpected '${rest.text}'`);
  }

  #or(): Evaluate {
    if (++this.#depth > deepest) invalid('nested too deeply');
    let left = this.#and();
    while (this.#takeIf('||')) {
      const [first, second] = [left, this.#and()];
      left = (fields) => {
        const value = first(fields);
        return isTrue(value) ? value : second(fields);
      };
    }
    this.#depth--;
    return left;
  }

  #and(): Evaluate {
    let left = this.#comparison();
    while (this.#takeIf('&&')) {
      const [first, second] = [left, this.#comparison()];
      left = (fields) => {
        const value = first(fields);
        return isTrue(value) ? second(fields) : value;
      };
    }
    return left;
  }

  #comparison(): Evaluate {
    const left = this.#operand();
    const compare = comparisons[this.#takeIf(...Object.keys(comparisons)) ?? ''];
    if (!compare) return left;
    const right = this.#operand();
    return (fields) => compare(left(fields), right(fields));
  }

  #operand(): Evaluate {
    const next = this.#take();
    if (next.kind === 'literal') {
      const value = parseJson(next.text);
      return () => value;
    }
    if (next.kind === 'name') return this.#takeIf('(') ? this.#call(next.text) : this.#path((fields) => fieldOf(fields, next.text));
    if (next.text === '@') return this.#path((fields) => fields);
    if (next.text === '!') {
      if (++this.#depth > deepest) invalid('nested too deeply');
      const operand = this.#operand();
      this.#depth--;
      return (fields) => !isTrue(operand(fields));
    }
    if (next.text !== '(') invalid(`unexpected '${next.text}'`);
    const inner = this.#or();
    this.#take(')');
    return inner;
  }

  #path(start: Evaluate): Evaluate {
    let path = start;
    while (this.#takeIf('.')) {
      const key = this.#take();
      if (key.kind !== 'name') invalid(`expected a field name, found '${key.text}'`);
      const parent = path;
      path = (fields) => fieldOf(parent(fields), key.text);
    }
    return path;
  }

  #call(name: string): Evaluate {
    const apply = (Object.hasOwn(functions, name) ? functions[name] : undefined) ?? invalid(`no function ${name}`);
    const subject = this.#or();
    this.#take(',');
    const part = this.#or();
    this.#take(')');
    return (fields) => apply(subject(fields), part(fields));
  }
}

function fieldOf(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : null;
}

/**
 * Reads an expression.
 * @throws AblyError 40000 when it cannot be read
 */
export function readFilter(text: string): (message: Message) => boolean {
  const evaluate = new Parser(text).whole();
  return ({id, name, clientId, extras}) => isTrue(evaluate({...extras, id, name, clientId, extras}));
}
