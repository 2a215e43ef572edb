import type {Token, Tokens} from 'marked';
import {createCodeView} from './code-view.ts';
import type {RenderContext} from './context.ts';
import {directionOf} from './direction.ts';
import {decodeReferences} from './entities.ts';
import {mayClose, openFence} from './fence-text.ts';
import type {Formula} from './formulas.ts';
import type {FencedCode} from './grammar.ts';
import {formulaSpec, inlineSpecs, type Place} from './inline-specs.ts';
import {limits} from './limits.ts';
import type {Rest, Row} from './long-block.ts';
import {type CodeSpec, type ElementSpec, joined, type NodeSpec, type TagName} from './node-spec.ts';

const auto = {dir: 'auto'} as const;

/** Headings of a message stand below those of the page and of the conversation. */
const headingTags: readonly TagName[] = ['h3', 'h4', 'h5', 'h6'];

/** The spec of one block, or undefined for what shows nothing: blank lines and definitions. */
export function blockSpec(token: Token | Row, context: RenderContext): NodeSpec | undefined {
  // As with inline tokens, the branches name marked's own types.
  switch (token.type) {
    case 'space':
    case 'def':
      return undefined;
    case 'heading': {
      const {depth} = token as Tokens.Heading;
      return {tag: headingTags[Math.min(depth, 4) - 1] ?? 'h6', attributes: auto, children: textSpecs(token as Tokens.Heading, context)};
    }
    case 'hr':
      return {tag: 'hr', children: []};
    case 'code':
      return codeSpec(token as FencedCode, context);
    case 'formula':
      return formulaSpec(token as Formula);
    case 'blockquote':
      return {tag: 'blockquote', attributes: {dir: directionOf(token)}, children: blockSpecs((token as Tokens.Blockquote).tokens, context)};
    case 'list':
      return listSpec(token as Tokens.List, context);
    case 'list_item':
      return itemSpec(token as Tokens.ListItem, context);
    case 'row':
      return rowSpec((token as Row).cells, 'td', context);
    case 'table':
      return tableSpec(token as Tokens.Table, context);
    case 'html':
      return {tag: 'p', attributes: {dir: 'auto', class: 'raw'}, children: [token.raw.trimEnd()]};
    default:
      return {tag: 'p', attributes: auto, children: textSpecs(token as Tokens.Paragraph, context)};
  }
}

/** The specs of several blocks. */
function blockSpecs(tokens: readonly Token[], context: RenderContext): NodeSpec[] {
  return tokens.flatMap((token) => blockSpec(token, context) ?? []);
}

/** The spec of a code block. */
function codeSpec(token: FencedCode, context: RenderContext): CodeSpec {
  const isOpen = context.open.has(token);
  return {
    kind: 'code',
    content: {
      language: isOpen && !token.raw.includes('\n') ? undefined : languageOf(token.lang ?? ''),
      text: isOpen ? withoutClosingStart(token) : token.text,
      isFinished: !isOpen,
    },
    create: (content) => createCodeView(content, context),
  };
}

/** The spec of the code block that the text ends in. Its code is fed to it as it comes, without the parser. */
export function openCodeSpec(token: FencedCode, context: RenderContext): CodeSpec {
  const {kind, create} = codeSpec(token, context);
  return {kind, content: {language: languageOf(token.lang ?? ''), text: '', isFinished: false}, create};
}

/** The first word of the info string (CommonMark 4.5). */
const languageOf = (info: string): string =>
  decodeReferences(/^\S*/.exec(info)?.[0] ?? '').replace(/\\([!-/:-@[-`{-~])/g, '$1');

/** The code without a last line that may become the closing one. */
function withoutClosingStart(token: FencedCode): string {
  const fence = token.isClosed ? undefined : openFence(token.raw);
  const lastLine = token.text.lastIndexOf('\n') + 1;
  if (!fence || !mayClose(token.text.slice(lastLine), fence)) return token.text;
  return token.text.slice(0, Math.max(0, lastLine - 1));
}

function listSpec(token: Tokens.List, context: RenderContext): ElementSpec {
  const start = token.ordered && token.start !== 1 ? {start: String(token.start)} : {};
  return {
    tag: token.ordered ? 'ol' : 'ul',
    attributes: {dir: directionOf(token), ...start},
    children: token.items.map((item) => itemSpec(item, context)),
  };
}

/** The inline content of a block; where the text ends in it, as it will most likely become. */
function textSpecs(token: {text: string}, context: RenderContext, place?: Place): NodeSpec[] {
  return inlineSpecs(token.text, context.open.has(token), context, place);
}

function itemSpec(item: Tokens.ListItem, context: RenderContext): ElementSpec {
  const box = item.task ? [checkbox(item.checked === true, context)] : [];
  // The parser puts the box of a loose item back into the text of its first paragraph.
  const isInText = item.task && item.tokens[0]?.type === 'paragraph';
  const dir = item.loose ? directionOf(item) : 'auto';
  return {
    tag: 'li',
    attributes: item.task ? {dir, class: 'task'} : {dir},
    ...(context.open.has(item) ? {} : {memo: `${item.loose ? 'loose' : 'tight'} ${context.revision} ${item.raw}`}),
    children: () => joined([
      ...(isInText ? [] : box),
      ...item.tokens.flatMap((token, index) => itemPart(token, isInText && index === 0 ? box : [], context)),
    ]),
  };
}

/** The text of a tight item stands in the item itself, without a paragraph. */
function itemPart(token: Token, box: readonly ElementSpec[], context: RenderContext): NodeSpec[] {
  if (token.type === 'checkbox') return [];
  if (token.type === 'text') return textSpecs(token as Tokens.Text, context);
  if (box.length > 0) {
    const text = (token as Tokens.Paragraph).text.replace(/^\[[ xX]\]\s*/, '');
    return [{tag: 'p', attributes: auto, children: [...box, ...inlineSpecs(text, context.open.has(token), context)]}];
  }
  const spec = blockSpec(token, context);
  return spec === undefined ? [] : [spec];
}

function checkbox(isDone: boolean, {labels}: RenderContext): ElementSpec {
  return {
    tag: 'input',
    attributes: {type: 'checkbox', disabled: '', 'aria-label': isDone ? labels.taskDone : labels.taskOpen, ...(isDone ? {checked: ''} : {})},
    children: [],
  };
}

function tableSpec(token: Tokens.Table & Rest, context: RenderContext): ElementSpec {
  const columns = token.header.length;
  const rows = token.rows.slice(0, Math.floor(limits.tableCells / Math.max(1, columns)));
  const head: ElementSpec = {tag: 'thead', children: [rowSpec(token.header, 'th', context)]};
  const body: ElementSpec = {tag: 'tbody', children: rows.map((row) => rowSpec(row, 'td', context))};
  const table: ElementSpec = {tag: 'table', attributes: {dir: directionOf(token)}, children: rows.length === 0 && !token.isRest ? [head] : [head, body]};
  return {
    tag: 'div',
    attributes: {class: 'table', role: 'group', tabindex: '0', 'aria-label': context.labels.table},
    children: [table, ...overflow(token.rows.slice(rows.length))],
  };
}

function overflow(rows: readonly Tokens.TableCell[][]): NodeSpec[] {
  if (rows.length === 0) return [];
  return [{tag: 'p', attributes: {class: 'raw'}, children: [rows.map((row) => row.map(({text}) => text).join(' | ')).join('\n')]}];
}

function rowSpec(cells: readonly Tokens.TableCell[], tag: 'th' | 'td', context: RenderContext): ElementSpec {
  return {
    tag: 'tr',
    ...(context.open.has(cells) ? {} : {memo: `${context.revision} ${cells.map(({text, align}) => `${align ?? ''}|${text}`).join('|')}`}),
    children: () => cells.map((cell) => ({
      tag,
      attributes: {dir: 'auto', ...(tag === 'th' ? {scope: 'col'} : {}), ...(cell.align ? {'data-align': cell.align} : {})},
      children: textSpecs(cell, context, {isInCell: true}),
    })),
  };
}
