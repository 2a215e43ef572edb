import type {Token, Tokens} from 'marked';
import {createCodeView} from './code-view.ts';
import type {RenderContext} from './context.ts';
import {decodeReferences} from './entities.ts';
import type {FencedCode} from './grammar.ts';
import {inlineSpecs} from './inline-specs.ts';
import {limits} from './limits.ts';
import {type ElementSpec, joined, type NodeSpec, type TagName, type WidgetSpec} from './node-spec.ts';

const auto = {dir: 'auto'} as const;

/** Headings of a message stand below those of the page and of the conversation. */
const headingTags: readonly TagName[] = ['h3', 'h4', 'h5', 'h6'];

/** The spec of one block, or undefined for what shows nothing: blank lines and definitions. */
export function blockSpec(token: Token, context: RenderContext): NodeSpec | undefined {
  // As with inline tokens, the branches name marked's own types.
  switch (token.type) {
    case 'space':
    case 'def':
      return undefined;
    case 'heading': {
      const {depth, text} = token as Tokens.Heading;
      return {tag: headingTags[Math.min(depth, 4) - 1] ?? 'h6', attributes: auto, children: inlineSpecs(text, context)};
    }
    case 'hr':
      return {tag: 'hr', children: []};
    case 'code':
      return codeSpec(token as FencedCode, context);
    case 'blockquote':
      return {tag: 'blockquote', attributes: auto, children: blockSpecs((token as Tokens.Blockquote).tokens, context)};
    case 'list':
      return listSpec(token as Tokens.List, context);
    case 'table':
      return tableSpec(token as Tokens.Table, context);
    case 'html':
      return {tag: 'p', attributes: {dir: 'auto', class: 'raw'}, children: [token.raw.trimEnd()]};
    default:
      return {tag: 'p', attributes: auto, children: inlineSpecs((token as Tokens.Paragraph).text, context)};
  }
}

/** The specs of several blocks. */
export function blockSpecs(tokens: readonly Token[], context: RenderContext): NodeSpec[] {
  return tokens.flatMap((token) => blockSpec(token, context) ?? []);
}

/** The spec of a code block. */
export function codeSpec(token: {lang?: string; text: string; isClosed?: boolean}, context: RenderContext): WidgetSpec {
  const language = decodeReferences(/^\S*/.exec(token.lang ?? '')?.[0] ?? '').replace(/\\([!-/:-@[-`{-~])/g, '$1');
  return {
    kind: `code ${language}`,
    content: {language, text: token.text, isFinished: token.isClosed !== false},
    create: (content) => createCodeView(content, context),
  };
}

function listSpec(token: Tokens.List, context: RenderContext): ElementSpec {
  const start = token.ordered && token.start !== 1 ? {start: String(token.start)} : {};
  return {
    tag: token.ordered ? 'ol' : 'ul',
    attributes: {...auto, ...start},
    children: token.items.map((item) => itemSpec(item, context)),
  };
}

function itemSpec(item: Tokens.ListItem, context: RenderContext): ElementSpec {
  const box: NodeSpec[] = item.task ? [checkbox(item.checked === true, context)] : [];
  return {
    tag: 'li',
    attributes: item.task ? {dir: 'auto', class: 'task'} : auto,
    memo: `${item.loose ? 'loose' : 'tight'} ${context.revision} ${item.raw}`,
    children: () => joined([...box, ...item.tokens.flatMap((token) => itemPart(token, item.task, context))]),
  };
}

/** The text of a tight item stands in the item itself, without a paragraph. */
function itemPart(token: Token, isTask: boolean, context: RenderContext): NodeSpec[] {
  if (token.type === 'checkbox') return [];
  if (token.type === 'text') return inlineSpecs((token as Tokens.Text).text, context);
  // The parser puts the box of a loose task back into its first paragraph.
  const box = isTask && token.type === 'paragraph' && (token as Tokens.Paragraph).tokens[0]?.type === 'checkbox';
  const own = box ? {...token, text: (token as Tokens.Paragraph).text.replace(/^\[[ xX]\]\s*/, '')} as Token : token;
  const spec = blockSpec(own, context);
  return spec === undefined ? [] : [spec];
}

function checkbox(isDone: boolean, {labels}: RenderContext): ElementSpec {
  return {
    tag: 'input',
    attributes: {type: 'checkbox', disabled: '', 'aria-label': isDone ? labels.taskDone : labels.taskOpen, ...(isDone ? {checked: ''} : {})},
    children: [],
  };
}

function tableSpec(token: Tokens.Table, context: RenderContext): ElementSpec {
  const columns = token.header.length;
  const rows = token.rows.slice(0, Math.floor(limits.tableCells / Math.max(1, columns)));
  const head: ElementSpec = {tag: 'thead', children: [rowSpec(token.header, 'th', context)]};
  const body: ElementSpec = {tag: 'tbody', children: rows.map((row) => rowSpec(row, 'td', context))};
  const table: ElementSpec = {tag: 'table', attributes: auto, children: rows.length === 0 ? [head] : [head, body]};
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
    memo: `${context.revision} ${cells.map(({text, align}) => `${align ?? ''}|${text}`).join('|')}`,
    children: () => cells.map(({text, align}) => ({
      tag,
      attributes: {dir: 'auto', ...(tag === 'th' ? {scope: 'col'} : {}), ...(align ? {'data-align': align} : {})},
      children: inlineSpecs(text, context, {isInCell: true}),
    })),
  };
}
