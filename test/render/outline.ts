/**
 * What a rendered tree shows, in a form to compare: our wrappers (groups, scroll containers, code headers) taken away,
 * headings at the levels they were written with, links by address alone.
 */
export function outline(root: ParentNode): string {
  return [...root.childNodes].map(outlineNode).join('').replace(/\n+/g, '\n').replace(/>\n/g, '>').replace(/\n</g, '<').trim();
}

function outlineNode(node: Node): string {
  if (node instanceof Text) return node.data;
  if (!(node instanceof Element)) return '';
  const tag = node.localName;
  const inner = () => [...node.childNodes].map(outlineNode).join('');
  if (node.matches('.group, .table, tbody:empty')) return inner();
  if (node.matches('.code')) return `<pre><code>${node.querySelector('code')?.textContent.replace(/\n$/, '') ?? ''}</code></pre>`;
  if (tag === 'pre') return `<pre><code>${node.textContent.replace(/\n$/, '')}</code></pre>`;
  if (tag === 'a') return `<a ${address(node.getAttribute('href'))}|${titleOf(node)}>${inner()}</a>`;
  if (tag === 'img') return `<img ${address(node.getAttribute('src'))}|${node.getAttribute('alt') ?? ''}|${node.getAttribute('title') ?? ''}>`;
  if (tag === 'input') return node.hasAttribute('checked') ? '<input checked>' : '<input>';
  const start = node.getAttribute('start');
  const align = node.getAttribute('data-align') ?? node.getAttribute('align');
  return `<${tag}${start === null ? '' : ` start=${start}`}${align === null ? '' : ` ${align}`}>${inner()}</${tag}>`;
}

/** The title as it was written: ours begins with the real address. */
function titleOf(link: Element): string {
  const title = link.getAttribute('title') ?? '';
  const href = link.getAttribute('href') ?? '';
  return title === href ? '' : title.startsWith(`${href}\n`) ? title.slice(href.length + 1) : title;
}

/** The outline of HTML as the specification writes it, with headings moved down as ours are. */
export function outlineOfHtml(html: string): string {
  const page = new DOMParser().parseFromString(html, 'text/html');
  for (const heading of page.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
    const lower = page.createElement(`h${Math.min(6, Number(heading.localName.slice(1)) + 2)}`);
    lower.append(...heading.childNodes);
    heading.replaceWith(lower);
  }
  return outline(page.body);
}

/** An address in one spelling: the specification escapes brackets, the browser's URL parser leaves them. */
function address(written: string | null): string {
  return new URL(written ?? '', document.baseURI).href.replace(/%5[BD]/g, decodeURIComponent);
}
