import {warnOnce} from '../internal/warn.ts';
import type {RenderContext} from './context.ts';
import {colour} from './highlight.ts';
import {type FenceRenderer, fenceRenderer} from './fences.ts';
import {languageName} from './languages.ts';
import {limits} from './limits.ts';
import type {CodeContent, CodeWidget} from './node-spec.ts';

/** Lines of one chunk: a text node that grows without end makes each layout longer than the one before. */
const chunkLines = 40;

/** How long the copy button tells what it did, in milliseconds. */
const feedbackMs = 2_000;

/** A code block: a header with the language and a copy button, and the code, which scrolls sideways. */
class CodeView implements CodeWidget {
  readonly element = document.createElement('div');
  readonly #name = document.createElement('span');
  readonly #pre = document.createElement('pre');
  readonly #code = document.createElement('code');
  /** What a fence renderer made of the code. */
  readonly #own = document.createElement('div');
  readonly #context: RenderContext;
  #language: string | undefined;
  #text = '';
  /** The chunk that grows, and how many lines and characters it still takes. */
  #last: Text | undefined;
  #lines = 0;
  #room = 0;
  #isFinished = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(content: CodeContent, context: RenderContext) {
    this.#context = context;
    this.element.className = 'code';
    const header = document.createElement('div');
    header.className = 'code-header';
    this.#name.className = 'language';
    header.append(this.#name, this.#copyButton());
    this.#pre.tabIndex = 0;
    this.#pre.dir = 'ltr';
    this.#pre.setAttribute('role', 'group');
    this.#pre.append(this.#code);
    this.element.append(header, this.#pre);
    this.#setLanguage(content.language ?? '');
    this.update(content);
  }

  update({language, text, isFinished}: CodeContent): void {
    if (language !== undefined && language !== this.#language) this.#setLanguage(language);
    if (text !== this.#text) this.#reopen();
    if (!text.startsWith(this.#text)) this.#clear();
    this.append(text.slice(this.#text.length));
    if (isFinished) this.finish();
  }

  append(code: string): void {
    this.#text += code;
    for (let start = 0; start < code.length;) {
      // Chunks end where the code says, never where it happened to be cut in transit, so they are always the same.
      if (this.#lines === 0) this.#addChunk();
      const {end, lines} = endOfLines(code, start, this.#lines, Math.min(code.length, start + this.#room));
      this.#last?.appendData(code.slice(start, end));
      this.#room -= end - start;
      this.#lines = this.#room === 0 ? 0 : lines;
      start = end;
    }
  }

  finish(): void {
    if (this.#isFinished) return;
    this.#isFinished = true;
    const text = this.#text;
    const isWanted = (): boolean => this.#isFinished && this.#text === text;
    const renderer = fenceRenderer(this.#language ?? '');
    if (renderer) void this.#showOwnWay(renderer, text, isWanted);
    else if (this.#context.highlight) colour(this.#code, text, this.#language ?? '', isWanted);
  }

  dispose(): void {
    this.#isFinished = false;
    clearTimeout(this.#timer);
  }

  async #showOwnWay(loading: Promise<FenceRenderer>, text: string, isWanted: () => boolean): Promise<void> {
    try {
      const render = await loading;
      const shown = await render(text, {isInline: false});
      if (!isWanted()) return;
      this.#own.replaceChildren(shown);
      this.#pre.hidden = true;
      this.element.append(this.#own);
    } catch (error) {
      warnOnce(`A fenced block of the language "${this.#language ?? ''}" shows as code, because its renderer failed: ${String(error)}`);
    }
  }

  /** The block goes on after all: back to plain code, since the colours belong to the text that was. */
  #reopen(): void {
    if (!this.#isFinished) return;
    this.#isFinished = false;
    this.#own.remove();
    this.#pre.hidden = false;
    const text = this.#text;
    this.#clear();
    this.append(text);
  }

  #addChunk(): void {
    const chunk = document.createElement('span');
    chunk.className = 'chunk';
    this.#last = document.createTextNode('');
    this.#lines = chunkLines;
    this.#room = limits.codeLine;
    chunk.append(this.#last);
    this.#code.append(chunk);
  }

  #clear(): void {
    this.#text = '';
    this.#last = undefined;
    this.#lines = 0;
    this.#code.replaceChildren();
  }

  #setLanguage(language: string): void {
    const {labels} = this.#context;
    const name = languageName(language);
    this.#language = language;
    this.#name.textContent = name;
    this.#pre.setAttribute('aria-label', labels.code.replace('{language}', name === '' ? labels.plainText : name));
  }

  #copyButton(): HTMLElement {
    const {labels} = this.#context;
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = labels.copy;
    // The text of the button is what changes, so it is what must be announced.
    button.setAttribute('aria-live', 'polite');
    button.addEventListener('click', () => void this.#copy().then((said) => {
      button.textContent = said;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => {
        button.textContent = labels.copy;
      }, feedbackMs);
    }));
    return button;
  }

  /** Copies the code; returns what to say. Where the browser refuses, the code is selected for the person to copy. */
  async #copy(): Promise<string> {
    const {labels} = this.#context;
    try {
      await navigator.clipboard.writeText(this.#text);
      return labels.copied;
    } catch {
      getSelection()?.selectAllChildren(this.#code);
      return labels.copyFailed;
    }
  }
}

/** Where the next `lines` lines of `code` end, at `limit` at the latest, and how many of them are then left. */
function endOfLines(code: string, start: number, lines: number, limit: number): {end: number; lines: number} {
  let end = start;
  for (let left = lines; left > 0; left--) {
    const lineBreak = code.indexOf('\n', end);
    if (lineBreak < 0 || lineBreak >= limit) return {end: limit, lines: left};
    end = lineBreak + 1;
  }
  return {end, lines: 0};
}

export const createCodeView = (content: CodeContent, context: RenderContext): CodeWidget => new CodeView(content, context);
