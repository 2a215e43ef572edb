import type {Token, Tokens} from 'marked';

/** A last line that is nothing but the beginning of a marker, in a quote or list or not: it shows once it has decided. */
const bareMarker = /^(?:[ \t]*>)*[ \t]*(?:[-+*] +)?(?:-+|=+|[*_]{1,3}|`{1,2}|~{1,2}|[+:|<!\\]|#{1,6}|\d{1,9}[.)])[ \t]*$/;

/** The beginning of a link reference definition. */
const definitionStart = /^ {0,3}\[[^\]\n]+\]:/;

/**
 * The source of the open blocks as it will most likely go on: a bare marker is held back, and a table's header gets the
 * line that makes it one. For showing only; what is finished is decided by the real text.
 */
export function completeBlocks(source: string): string {
  const start = source.lastIndexOf('\n') + 1;
  const line = source.slice(start);
  const above = source.slice(0, start);
  if (line === '') return source.endsWith('\n\n') ? source : source + (missingDelimiter(source) ?? '');
  if (bareMarker.test(line) || (above !== '' && /^[ \t]*\d{1,9}$/.test(line))) return completeBlocks(above);
  if (definitionStart.test(line) && /(?:^|\n)[ \t]*\n?$/.test(above)) return above;
  return completeTable(above, line) ?? source;
}

const isRow = (line: string): boolean => /^ {0,3}\|/.test(line);

/** The source of a table whose second line, the one that makes it a table, has not come or is not whole. */
function completeTable(above: string, line: string): string | undefined {
  if (!isRow(line)) return undefined;
  const [previous = '', beforeThat = ''] = above.split('\n').slice(-3, -1).reverse();
  if (/^[ \t|:-]*$/.test(line) && previous.trim() !== '') {
    if (isRow(beforeThat)) return undefined;
    return previous.includes('|') ? above + delimiterRow(previous) : above;
  }
  return isRow(previous) ? undefined : `${above}${line}\n${delimiterRow(line)}`;
}

/** The line that makes a table of the row that `source` has just ended with. */
function missingDelimiter(source: string): string | undefined {
  const [row = '', beforeThat = ''] = source.split('\n').slice(-3, -1).reverse();
  return isRow(row) && !isRow(beforeThat) && !/^[ \t|:-]*$/.test(row) ? delimiterRow(row) : undefined;
}

function delimiterRow(header: string): string {
  const cells = header.trim().replace(/^\|/, '').replace(/(?<!\\)\|$/, '').split(/(?<!\\)\|/).length;
  return '|' + ' - |'.repeat(cells);
}

/** The last block, its last item, row or cell, and the paragraph in it: where the text, still arriving, ends. */
export function openPath(tokens: readonly Token[], path = new Set<object>()): Set<object> {
  const last = tokens.at(-1);
  if (!last) return path;
  path.add(last);
  // The parser's union also admits tokens of extensions, so its types do not narrow by name.
  switch (last.type) {
    case 'blockquote':
      return openPath((last as Tokens.Blockquote).tokens, path);
    case 'list': {
      const item = (last as Tokens.List).items.at(-1);
      if (item) path.add(item);
      return openPath(item?.tokens ?? [], path);
    }
    case 'table': {
      const {header, rows} = last as Tokens.Table;
      const row = rows.at(-1) ?? header;
      path.add(row);
      const cell = row.findLast(({text}) => text !== '');
      if (cell) path.add(cell);
      return path;
    }
    default:
      return path;
  }
}
