/** The opening line of a fenced code block (CommonMark 4.5). */
export interface FenceOpening {
  /** What the language is written as; empty where none is named. */
  info: string;
  /** Columns the fence is indented by; as many are taken off each line of the code. */
  indent: number;
  /** The character of the fence and how often it stands there. */
  character: '`' | '~';
  width: number;
  /** Length of the opening line with its line break, if that has arrived. */
  length: number;
  /** Whether the line has ended, so that the info string is whole. */
  isLineWhole: boolean;
}

const opening = /^( {0,3})(`{3,}|~{3,})([^\n]*)(\n|$)/;

/** Reads the opening line of a fence at the start of `source`. */
export function openFence(source: string): FenceOpening | undefined {
  const match = opening.exec(source);
  if (!match) return undefined;
  const [whole, indent = '', marks = '', info = '', end] = match;
  const character = marks.startsWith('~') ? '~' : '`';
  if (character === '`' && info.includes('`')) return undefined;
  return {info: info.trim(), indent: indent.length, character, width: marks.length, length: whole.length, isLineWhole: end === '\n'};
}

/** Whether a line closes the fence. */
export function isClosing(line: string, fence: FenceOpening): boolean {
  const match = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(line);
  return match?.[1] !== undefined && match[1].startsWith(fence.character) && match[1].length >= fence.width;
}

/** Whether an unfinished line may still become the closing one. */
export function mayClose(line: string, fence: FenceOpening): boolean {
  return /^ {0,3}$/.test(line) || (/^ {0,3}(`+|~+)[ \t]*$/.test(line) && line.trimStart().startsWith(fence.character));
}

/** A line of code without the indentation it shares with its fence. */
export function codeLine(line: string, fence: FenceOpening): string {
  if (fence.indent === 0) return line;
  let strip = 0;
  while (strip < fence.indent && line[strip] === ' ') strip++;
  return line.slice(strip);
}

/** A fenced block at the start of `source`: its length without the last line break, its code, whether it is closed. */
export function readFence(source: string, fence: FenceOpening): {length: number; text: string; isClosed: boolean} {
  const lines: string[] = [];
  let position = fence.length;
  while (position < source.length) {
    const end = source.indexOf('\n', position);
    const line = source.slice(position, end < 0 ? undefined : end);
    const lineEnd = end < 0 ? source.length : end;
    position = lineEnd + 1;
    if (isClosing(line, fence)) return {length: lineEnd, text: lines.join('\n'), isClosed: true};
    lines.push(codeLine(line, fence));
  }
  return {length: source.length, text: lines.join('\n'), isClosed: false};
}
