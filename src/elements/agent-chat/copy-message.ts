import {type SessionMessage, textOf} from '../../session/index.ts';

const blocks = 'p, h1, h2, h3, h4, h5, h6, li, tr, pre, blockquote, div, hr';
const skipped = 'button, svg, .visually-hidden, .code-header, [aria-hidden="true"]';

/**
 * Copies what a message says: as it was written, in Markdown, or as it reads.
 * @param row where it is drawn, for how it reads.
 */
export async function copyMessage(message: SessionMessage, form: 'text' | 'markdown', row: Element | null): Promise<void> {
  // Absent where the page is not in a secure context.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (!clipboard) throw new Error('There is no clipboard.');
  const drawn = [...(row?.querySelectorAll('.content > .markdown') ?? [])].map(plainText).join('\n\n');
  await clipboard.writeText(form === 'text' && drawn !== '' ? drawn : textOf(message));
}

/** What an element says, with a line for each of its blocks. */
export function plainText(element: Element): string {
  return textIn(element, false).replace(/[ \t]+\n/g, '\n').replace(/\n{3,}/g, '\n\n').trim();
}

function textIn(node: Node, isVerbatim: boolean): string {
  if (node instanceof Text) return isVerbatim ? node.data : node.data.replace(/\s+/g, ' ');
  if (!(node instanceof Element) || node.matches(skipped)) return '';
  if (node.localName === 'br') return '\n';
  if (node.localName === 'input') return '';
  const inside = [...node.childNodes].map((child) => textIn(child, isVerbatim || node.localName === 'pre')).join('');
  switch (node.localName) {
    case 'li':
      return `\n${markerOf(node)}${inside.trim()}\n`;
    case 'td':
    case 'th':
      return `${inside.trim()}\t`;
    case 'tr':
      return `\n${inside.trim()}`;
    case 'img':
      return node.getAttribute('alt') ?? '';
    case 'p':
    case 'pre':
    case 'blockquote':
      return `\n\n${inside.replace(/^\n+|\n+$/g, '')}\n\n`;
    default:
      return node.matches(blocks) ? `\n${inside}\n` : inside;
  }
}

function markerOf(item: Element): string {
  const list = item.parentElement;
  if (list?.localName !== 'ol') return '- ';
  const first = Number(list.getAttribute('start') ?? 1);
  return `${first + [...list.children].indexOf(item)}. `;
}
