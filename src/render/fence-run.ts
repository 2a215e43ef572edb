import {codeLine, type FenceOpening, isClosing, mayClose} from './fence-text.ts';

/**
 * Reads a fenced code block that is still arriving. Inside a fence nothing has to be parsed: each line is code until
 * the closing one. A line that may still become the closing one is held back.
 */
export class FenceRun {
  readonly #fence: FenceOpening;
  /** Offset of the first line that has not been read whole. */
  #line: number;
  /** How much of that line, without its indentation, has been given out already. */
  #given = 0;
  #isFirstLine = true;
  #hasGivenBreak = false;

  /** `start`: offset of the first line of code in the text that is read. */
  constructor(fence: FenceOpening, start: number) {
    this.#fence = fence;
    this.#line = start;
  }

  /** The code that has come since, and where the block ends if its closing line is there. */
  read(text: string, end: number, isFinal: boolean): {code: string; closedAt?: number} {
    let code = '';
    while (this.#line < end) {
      const lineBreak = text.indexOf('\n', this.#line);
      const isWhole = lineBreak >= 0 && lineBreak < end;
      const line = text.slice(this.#line, isWhole ? lineBreak : end);
      if ((isWhole || isFinal) && isClosing(line, this.#fence)) return {code, closedAt: isWhole ? lineBreak : end};
      if (!isWhole && !isFinal && mayClose(line, this.#fence)) break;
      code += this.#give(codeLine(line, this.#fence));
      if (!isWhole) break;
      this.#line = lineBreak + 1;
      this.#given = 0;
      this.#isFirstLine = this.#hasGivenBreak = false;
    }
    return {code};
  }

  #give(line: string): string {
    const fresh = (this.#isFirstLine || this.#hasGivenBreak ? '' : '\n') + line.slice(this.#given);
    this.#given = line.length;
    this.#hasGivenBreak = true;
    return fresh;
  }
}
