import type {Emitter, LanguageFn} from 'highlight.js';
import hljs from 'highlight.js/lib/core';
import {mayBeSlow} from './code-cost.ts';
import {limits} from './limits.ts';

/** A stretch of code and what it is, by one of the names that the styles know; plain where undefined. */
export interface CodeToken {
  text: string;
  kind: string | undefined;
}

/** The names of the styles, by the first part of the highlighter's scopes. */
const kinds: Readonly<Record<string, string>> = {
  keyword: 'keyword', built_in: 'type', type: 'type', literal: 'literal', number: 'literal', symbol: 'literal',
  string: 'string', regexp: 'string', char: 'string', link: 'string', addition: 'added', deletion: 'removed',
  comment: 'comment', quote: 'comment', doctag: 'keyword', meta: 'meta', section: 'title', title: 'title', name: 'keyword',
  tag: 'tag', attr: 'attribute', attribute: 'attribute', property: 'attribute', variable: 'variable',
  'template-variable': 'variable', 'selector-tag': 'keyword', 'selector-class': 'title', 'selector-id': 'title',
};

/** When the highlighter has to give up, as a `performance.now()` time. It makes its lists itself, and tells them nothing. */
let deadline = Infinity;

/** Takes the highlighter's findings as a flat list; the usual one would write HTML. */
class TokenList implements Emitter {
  readonly tokens: CodeToken[] = [];
  readonly #scopes: string[] = [];

  addText(text: string): void {
    // Thrown to the highlighter, which ends there and says so in its result.
    if (performance.now() > deadline) throw new Error('Too slow');
    const scope = this.#scopes.findLast((name) => Object.hasOwn(kinds, name));
    const kind = scope === undefined ? undefined : kinds[scope];
    const last = this.tokens.at(-1);
    if (last && last.kind === kind) last.text += text;
    else this.tokens.push({text, kind});
  }

  startScope(scope: string): void {
    this.#scopes.push(scope.split('.')[0] ?? '');
  }

  endScope(): void {
    this.#scopes.pop();
  }

  openNode(scope: string): void {
    this.startScope(scope);
  }

  closeNode(): void {
    this.endScope();
  }

  __addSublanguage(emitter: Emitter): void {
    if (performance.now() > deadline) throw new Error('Too slow'); // What is embedded is not whole then.
    if (emitter instanceof TokenList) for (const {text, kind} of emitter.tokens) this.tokens.push({text, kind});
  }

  finalize(): void {
    this.#scopes.length = 0;
  }

  toHTML(): string {
    return '';
  }
}

// An instance of its own: the page may use the same package in its own way.
const highlighter = hljs.newInstance();
highlighter.configure({__emitter: TokenList});

/**
 * The tokens of `code`; their texts joined are the code again. Undefined where the highlighter would take too long for it
 * (see `mayBeSlow`), or where it has taken longer than `budget` milliseconds.
 */
export function codeTokens(code: string, name: string, grammar: LanguageFn, budget: number = limits.highlightMs): CodeToken[] | undefined {
  if (mayBeSlow(code, name)) return undefined;
  if (!highlighter.getLanguage(name)) highlighter.registerLanguage(name, grammar);
  deadline = performance.now() + budget;
  const {_emitter: emitter, errorRaised} = highlighter.highlight(code, {language: name, ignoreIllegals: true});
  return emitter instanceof TokenList && !errorRaised ? emitter.tokens : undefined;
}
