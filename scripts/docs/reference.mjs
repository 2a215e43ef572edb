/** The reference of an element: tables made from the custom elements manifest, and completed by the words of its page. */
import {Marked} from 'marked';
import {renderInline} from './markdown.mjs';
import {escape} from './text.mjs';

const code = (text) => `<code>${escape(text)}</code>`;

/** Properties that every element takes, and which are told apart in the tables. */
const connection = new Set(['session', 'channel', 'authUrl', 'authMethod', 'authCallback', 'agentUrl', 'wakeAgent', 'requestHeaders', 'client', 'clientId', 'endpoint', 'port', 'insecure', 'codec', 'history']);

/**
 * Splits an element's page into what the tables below say better and the prose.
 * @returns tokens of the prose, and what its own tables say of each attribute
 */
export function readElementPage(text) {
  const tokens = new Marked().lexer(text);
  const meanings = new Map();
  const prose = tokens.filter((token) => {
    if (token.type === 'table' && token.header[0]?.text === 'attribute') {
      for (const [name, meaning] of token.rows) for (const [, attribute] of name.text.matchAll(/`([\w-]+)`/g)) meanings.set(attribute, meaning?.text ?? '');
      return false;
    }
    return !(token.type === 'paragraph' && /^(\*\*)?(Parts?|Custom properties)(\*\*)?:/.test(token.raw));
  });
  for (const token of prose) {
    if (token.type !== 'paragraph' || !token.raw.startsWith('and the [connection attributes]')) continue;
    Object.assign(token, new Marked().lexer(token.raw.replace('and the [connection', 'It takes the [connection').replace(/\)\.?(\s|$)/, '), too.$1'))[0]);
  }
  const said = prose.filter((token, index) => !isEmptySection(token, prose.slice(index + 1)));
  said.links = tokens.links;
  return {prose: said, meanings};
}

/** Whether a heading is left without anything below it. */
function isEmptySection(token, following) {
  if (token.type !== 'heading' || token.depth === 1) return false;
  const next = following.find(({type}) => type !== 'space');
  return !next || (next.type === 'heading' && next.depth <= token.depth);
}

function table(id, title, head, rows) {
  if (rows.length === 0) return {html: '', headings: []};
  const th = head.map((cell) => `<th scope="col">${cell}</th>`).join('');
  const trs = rows.map(([first, ...rest]) => `<tr><th scope="row">${first}</th>${rest.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('\n');
  return {
    headings: [{depth: 3, id, text: title}],
    html: `<h3 id="${id}">${title} <a class="anchor" href="#${id}" aria-label="Link to ${title}">#</a></h3>
<div class="table" tabindex="0" role="group" aria-label="${title}"><table class="reference"><thead><tr>${th}</tr></thead><tbody>${trs}</tbody></table></div>`,
  };
}

function propertyRow({name, attribute, type, default: value, description, readonly, reflects}, meanings, resolve) {
  const meaning = renderInline(meanings.get(attribute) ?? description, resolve);
  const notes = [value !== undefined && value !== '' && `Default ${code(value)}.`, reflects && 'Reflected.', readonly && 'Read-only.'].filter(Boolean).join(' ');
  const first = attribute ? code(attribute) : code(`.${name}`);
  const also = attribute && attribute !== name ? `<br><small>${code(`.${name}`)}</small>` : '';
  return [`${first}${also}`, code(type.text), `${meaning}${notes ? ` <small>${notes}</small>` : ''}`];
}

const signature = ({name, parameters = [], return: result}) => {
  const list = parameters.map((parameter) => `${parameter.name}${parameter.optional ? '?' : ''}: ${parameter.type.text}`).join(', ');
  return `${name}(${list}): ${result?.type.text ?? 'void'}`;
};

/** @returns HTML and headings of everything that the manifest knows of an element */
export function reference(element, meanings, resolve, events) {
  const fields = element.members.filter(({kind}) => kind === 'field');
  const own = fields.filter(({name}) => !connection.has(name));
  const inherited = fields.filter(({name}) => connection.has(name));
  const row = (field) => propertyRow(field, meanings, resolve);
  const head = ['Name', 'Type', 'Meaning'];
  const fieldsOf = (type) => (events.get(type)?.members ?? []).map(({name}) => code(name)).join(', ');
  const sections = [
    table('attributes', 'Attributes and properties', head, own.map(row)),
    table('connection', 'Connection', head, inherited.map(row)),
    table('methods', 'Methods', ['Method', 'What it does'], element.members.filter(({kind}) => kind === 'method').map((method) => [code(signature(method)), renderInline(method.description, resolve)])),
    table('events', 'Events', ['Event', 'Carries', 'When'], (element.events ?? []).map((event) => [code(event.name), fieldsOf(event.type?.text) || '', renderInline(event.description, resolve)])),
    table('slots', 'Slots', ['Slot', 'For'], (element.slots ?? []).map(({name, description}) => [name ? code(name) : '<em>default</em>', renderInline(description, resolve)])),
    table('parts', 'Parts', ['Part', 'What it is'], (element.cssParts ?? []).map(({name, description}) => [code(name), renderInline(description, resolve)])),
    table('custom-properties', 'Custom properties', ['Property', 'For'], (element.cssProperties ?? []).map(({name, description, default: value}) => [code(name), `${renderInline(description, resolve)}${value ? ` <small>Default ${code(value)}.</small>` : ''}`])),
  ];
  return {
    html: `<h2 id="reference">Reference <a class="anchor" href="#reference" aria-label="Link to Reference">#</a></h2>\n${sections.map(({html}) => html).join('\n')}`,
    headings: [{depth: 2, id: 'reference', text: 'Reference'}, ...sections.flatMap(({headings}) => headings)],
  };
}
