/** Every page of the site as HTML, the search index, and the images that pages show. */
import {existsSync, readFileSync} from 'node:fs';
import {dirname, join, posix} from 'node:path';
import {elementsOf} from '../package/editors.mjs';
import {layout} from './layout.mjs';
import {liveExample, prelude, withExamples} from './live.mjs';
import {codeBlock, renderInline, renderMarkdown} from './markdown.mjs';
import {sections} from './nav.mjs';
import {readElementPage, reference} from './reference.mjs';
import {searchEntries} from './search-index.mjs';
import {renderSource, sourcePage} from './sources.mjs';
import {plain, relativeTo} from './text.mjs';
import {withWeights} from './weights-table.mjs';

const isRemote = (href) => /^[a-z][a-z+.-]*:/i.test(href);
const read = (root, path) => readFileSync(join(root, path), 'utf8');

/**
 * @param root folder of the repository
 * @param manifest the custom elements manifest
 * @param assets `{script, styles}`: files of the site's own code
 * @param weights what {@link weigh} found
 * @returns files of the site: path → text or bytes
 */
export function renderSite(root, manifest, assets, weights) {
  const elements = elementsOf(manifest);
  const tags = elements.map(({tagName}) => tagName).sort((one, other) => placeOf(one) - placeOf(other));
  const nav = sections(root, tags);
  const context = {root, elements, weights, events: eventClasses(manifest), files: new Map(), sources: new Set(), pageOf: new Map(nav.flatMap(({pages}) => pages).map(({source, out}) => [source, out]))};
  const pages = nav.flatMap((section) => section.pages);
  for (const page of pages) {
    const rendered = renderPage(page, context);
    Object.assign(page, rendered, {title: page.title ?? rendered.title});
  }
  const {version} = JSON.parse(read(root, 'package.json'));
  const site = {sections: nav, version, ...assets};
  for (const page of pages) context.files.set(page.out, layout(page, site));
  context.sources.add('LICENSE');
  for (const path of context.sources) {
    const out = sourcePage(root, path);
    context.files.set(out, layout({out, kind: 'source', headings: [], description: `The file ${path}`, ...renderSource(root, path)}, site));
  }
  context.files.set('search.json', JSON.stringify(pages.flatMap(searchEntries)));
  return context.files;
}

/** The order in which one meets the elements; new ones come last. */
const order = ['agent-session', 'agent-chat', 'barge-in-input', 'agent-status', 'agent-progress', 'shared-state', 'approval-inbox', 'agent-handover'];
const placeOf = (tag) => (order.includes(tag) ? order.indexOf(tag) : order.length);

function eventClasses(manifest) {
  const declarations = manifest.modules.filter(({path}) => path.endsWith('/events.js')).flatMap((module) => module.declarations);
  return new Map(declarations.map((declaration) => [declaration.name, declaration]));
}

function renderPage(page, context) {
  const {root} = context;
  const resolve = (href) => resolveLink(href, page, context);
  if (page.kind === 'home' || page.kind === 'playground') {
    const html = withOtherElements(read(root, page.source), context.elements).replaceAll(/<!-- code:(\w+) -->\n([\s\S]*?)<!-- \/code -->/g, (_, language, code) => codeBlock(unescape(code).trimEnd(), language))
      .replaceAll(/\bhref="(?!#)([^"]+)"/g, (_, href) => `href="${resolve(href)}"`);
    return {html, headings: [], description: page.kind === 'home' ? 'Custom elements that put a live AI agent session on any web page.' : 'Try every element, its attributes and its tokens.', text: plain(html), title: page.title};
  }
  if (page.kind === 'element') return renderElement(page, context, resolve);
  const text = read(root, page.source);
  const rendered = renderMarkdown(text, resolve);
  rendered.html = withWeights(withExamples(root, rendered.html), context.weights);
  return {...rendered, description: firstWords(rendered.html), text: plain(rendered.html)};
}

const unescape = (code) => plain(code);

/** Elements that the home page has no words of its own for come with the first sentence about them. */
function withOtherElements(html, elements) {
  const others = elements.filter(({tagName}) => !html.includes(`elements/${tagName}.md`));
  const cards = others.map(({tagName, description}) => `<li><a href="../elements/${tagName}.md"><code>&lt;${tagName}&gt;</code></a><p>${renderInline(description.split(/(?<=\.)\s/)[0])}</p></li>`);
  return html.replace('<!-- other elements -->', cards.join('\n'));
}

function renderElement(page, context, resolve) {
  const {root, elements, events} = context;
  const element = elements.find(({tagName}) => tagName === page.tag);
  const written = existsSync(join(root, page.source)) ? read(root, page.source) : `# <${page.tag}>\n\n${element.description}\n`;
  const {prose, meanings} = readElementPage(written);
  const body = renderMarkdown(prose, resolve);
  const {html, headings} = reference(element, meanings, resolve, events);
  // The live example stands after the first words, which say what the element is.
  const end = body.html.indexOf('</p>') + '</p>'.length;
  const whole = `${body.html.slice(0, end)}\n${prelude(page.tag)}\n${liveExample(root, page.tag)}\n${withExamples(root, body.html.slice(end))}\n${html}`;
  return {html: whole, headings: [...body.headings, ...headings], title: page.tag, description: plain(body.html.slice(0, end)).trim(), text: plain(body.html + html)};
}

const firstWords = (html) => plain(/<p>([\s\S]*?)<\/p>/.exec(html)?.[1] ?? '').replaceAll(/\s+/g, ' ').slice(0, 200);

/** A link of a Markdown file as an address of the site. Files that are no page get one that shows them. */
function resolveLink(href, page, context) {
  if (isRemote(href) || href.startsWith('#')) return href;
  const [path, fragment] = href.split('#');
  const target = posix.normalize(posix.join(dirname(page.source), path)).replace(/\/$/, '');
  const suffix = fragment ? `#${fragment}` : '';
  const {root, pageOf, files, sources} = context;
  const found = pageOf.get(target) ?? pageOf.get(`${target}/README.md`) ?? (target === 'docs/decisions' ? [...pageOf].find(([source]) => source.startsWith('docs/decisions/'))?.[1] : undefined);
  if (found) return relativeTo(page.out, found) + suffix;
  if (/\.(png|svg|jpe?g|webp)$/.test(target)) {
    if (!existsSync(join(root, target))) throw new Error(`${page.source} shows ${href}, which does not exist.`);
    const out = `images/${posix.basename(target)}`;
    files.set(out, readFileSync(join(root, target)));
    return relativeTo(page.out, out);
  }
  // README.md is this site's home page.
  if (target === 'README.md') return relativeTo(page.out, 'index.html');
  const out = sourcePage(root, target);
  if (!out) throw new Error(`${page.source} links to ${href}, which does not exist.`);
  sources.add(target);
  return relativeTo(page.out, out) + suffix;
}
