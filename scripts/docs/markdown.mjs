/** Markdown of the repository as HTML of the site: headings with ids, coloured code, and links that lead to pages. */
import hljs from 'highlight.js/lib/common';
import {Marked} from 'marked';
import {escape, plain, slugger} from './text.mjs';

const languages = {vue: 'xml', svelte: 'xml', html: 'xml', sh: 'bash', jsonc: 'json', tsx: 'typescript', jsx: 'javascript', mjs: 'javascript', nginx: 'ini'};
const names = {ts: 'TypeScript', tsx: 'TSX', js: 'JavaScript', sh: 'Shell', html: 'HTML', css: 'CSS', json: 'JSON', vue: 'Vue', svelte: 'Svelte', http: 'HTTP', text: 'Text', python: 'Python'};

/** A block of code, coloured, with a button that copies it. */
export function codeBlock(code, info = '', label = '') {
  const [language = ''] = info.split(/\s/);
  const known = languages[language] ?? language;
  const coloured = hljs.getLanguage(known) ? hljs.highlight(code, {language: known}).value : escape(code);
  const name = label || names[language] || language || 'Text';
  return `<figure class="code"><figcaption><span>${escape(name)}</span><button type="button" class="copy" data-copy hidden>Copy</button></figcaption>`
    + `<pre tabindex="0" role="group" aria-label="${escape(name)} code"><code>${coloured}</code></pre></figure>\n`;
}

/**
 * @param text Markdown
 * @param resolve gives the address for a link or an image as it is written
 * @returns the HTML, the title (its first heading), and the headings below it
 */
export function renderMarkdown(text, resolve) {
  const slug = slugger();
  const headings = [];
  let title = '';
  const marked = new Marked({
    renderer: {
      heading({tokens, depth}) {
        const html = this.parser.parseInline(tokens);
        const id = slug(plain(html));
        if (depth === 1 && title === '') {
          title = plain(html);
          return '';
        }
        headings.push({depth, id, text: plain(html)});
        return `<h${depth} id="${escape(id)}">${html} <a class="anchor" href="#${escape(id)}" aria-label="Link to ${escape(plain(html))}">#</a></h${depth}>\n`;
      },
      code({text: code, lang}) {
        return codeBlock(code, lang);
      },
      table(token) {
        const cellOf = ({text, tokens}, tag) => (tag === 'th' && text !== '' ? `<th scope="col">${this.parser.parseInline(tokens)}</th>` : `<td>${this.parser.parseInline(tokens)}</td>`);
        const row = (cells, tag) => `<tr>${cells.map((cell) => cellOf(cell, tag)).join('')}</tr>`;
        const head = token.header.some((cell) => cell.text !== '') ? `<thead>${row(token.header, 'th')}</thead>` : '';
        return `<div class="table" tabindex="0" role="group" aria-label="Table"><table>${head}<tbody>${token.rows.map((cells) => row(cells, 'td')).join('')}</tbody></table></div>\n`;
      },
      link({href, tokens}) {
        return `<a href="${escape(resolve(href))}">${this.parser.parseInline(tokens)}</a>`;
      },
      image({href, text: alt}) {
        return `<img src="${escape(resolve(href))}" alt="${escape(alt)}" loading="lazy">`;
      },
    },
  });
  const tokens = typeof text === 'string' ? marked.lexer(text) : text;
  return {html: marked.parser(tokens), title, headings};
}

/** One line of Markdown, as in a description of the manifest. */
export function renderInline(text, resolve = (href) => href) {
  const marked = new Marked({renderer: {link({href, tokens}) {
    return `<a href="${escape(resolve(href))}">${this.parser.parseInline(tokens)}</a>`;
  }}});
  return marked.parseInline(withoutJsdocLinks(text ?? ''));
}

const withoutJsdocLinks = (text) => text.replaceAll(/\{@link ([^}]+)\}/g, '`$1`');
