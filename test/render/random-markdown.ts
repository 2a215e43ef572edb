import fc from 'fast-check';

const word = fc.constantFrom('alpha', 'bé', 'go', 'x', '42', 'http', 'www.a.example', 'https://a.example/b', 'a@b.example', '日本', 'שלום', '😀');

/** Marks that mean something at one place or another, whole and in parts. */
const mark = fc.constantFrom(
  '*', '**', '***', '_', '__', '~', '~~', '`', '``', '```', '~~~', '[', ']', '![', '](', ')', '(', '](/u)', '](/u "t")', '][', '[a]', '[x]',
  '<', '>', '<b>', '</b>', '<!--', '-->', '<div>', '<script>', '<a ', '&amp;', '&', '&#42;', ';', '\\', '\\*', '|', '| - |', '|-|-|', ':-:', '#', '## ',
  '- ', '-', '+ ', '1. ', '2) ', '10.', '> ', '>', '=', '===', '---', '***', '___', '    ', '\t', '  ', ' ', '"', "'", '!', '[^1]', '[^1]: ', '\r', '\r\n', '\0',
);

const inline = fc.oneof(
  {weight: 5, arbitrary: word},
  {weight: 3, arbitrary: fc.constant(' ')},
  {weight: 3, arbitrary: mark},
);

const line = fc.array(inline, {maxLength: 9}).map((parts) => parts.join(''));

const start = fc.constantFrom(
  '', '', '', '', '- ', '* ', '1. ', '2. ', '3) ', '  - ', '   ', '    ', '> ', '> - ', '- > ', '# ', '### ', '```', '```js', '~~~', '| a | b |', '|---|:-:|', '| ', '---', '===', '***',
  '[a]: /u', '[a]: <u> "t"', '[x]: /y', '[a]', '- [ ] ', '- [x] ', '\t', '<div>', '<!-- ', '$$',
);

/** What begins or ends HTML of each of the seven kinds of CommonMark 4.6, much of it unfinished. */
const htmlPart = fc.constantFrom(
  '<div', '<div ', '<div>', '</div', '</div>', '<p/>', '<h1', '<table', '<li\n', '<script', '<script>', '</script>', '<pre', '<pre>', '</pre>', '<style ', '<textarea>',
  '<!--', '<!-', '<!', '-->', '--', '<!A', '<!x>', '<![CDATA[', '<![CDATA', ']]>', ']]', '<?', '<?x', '?>', '?', '<a', '<a>', '<a b="c', '<a b="c">', '</a>', '<x-y>', '<b', '>', '"',
);

const htmlLine = fc.tuple(
  fc.constantFrom('', '', '', '', ' ', '    ', 'x', '> ', '- ', '- \n  ', '1. ', '  ', '> - ', '- > ', '| a | b |\n|---|---|\n| '),
  fc.array(fc.oneof({weight: 3, arbitrary: htmlPart}, {weight: 1, arbitrary: fc.constantFrom('a', ' ', 'b c', '\t', '*', '`', '[a]', '===', '---')}), {maxLength: 4}).map((parts) => parts.join('')),
  fc.constantFrom('\n', '\n', '\n', '\n\n', '\n \n', '\n>\n', ''),
).map((parts) => parts.join(''));

/** HTML that begins and ends anywhere: in paragraphs, lists, quotes and tables. */
export const htmlMarkdown: fc.Arbitrary<string> = fc.array(htmlLine, {maxLength: 8}).map((lines) => lines.join(''));

const lineBreak = fc.constantFrom('\n', '\n', '\n', '\n\n', '\n\n', '\n \n', '\r\n', '\n\n\n');

/** Markdown as nobody writes it: every construct, half of them broken, in any order. */
export const wildMarkdown: fc.Arbitrary<string> = fc
  .array(fc.tuple(start, line, lineBreak).map((parts) => parts.join('')), {maxLength: 12})
  .map((lines) => lines.join(''));

const words = fc.array(fc.constantFrom('alpha', 'be', 'ga-mma', 'delta,', '(e', 'f)', 'x.', 'www', 'ww', 'w.a', 'http:', '42', '1.', 'שלום', 'é', '"t"', '!', '='), {minLength: 1, maxLength: 6})
  .map((parts) => parts.join(' '));

/** Mostly words, with a mark here and there. */
export const wordyMarkdown: fc.Arbitrary<string> = fc
  .array(fc.tuple(start, fc.array(fc.oneof({weight: 3, arbitrary: words}, {weight: 1, arbitrary: mark}), {maxLength: 5}).map((parts) => parts.join('')), lineBreak).map((parts) => parts.join('')), {maxLength: 6})
  .map((lines) => lines.join(''))
  .filter((text) => !/]:|~~~|```/.test(text));

const formulaMark = fc.constantFrom('$', '$$', '\\(', '\\)', '\\[', '\\]', '\n$$\n', '\n\\[\n', '\\]\n', '$$\n', '$x$', '\\alpha', '_1', '\\$');

/** Markdown as nobody writes it, with the marks of formulas anywhere in it. */
export const formulaMarkdown: fc.Arbitrary<string> = fc.array(fc.oneof(
  {weight: 2, arbitrary: wildMarkdown.map((text) => text.split('\n', 2).join('\n'))},
  {weight: 3, arbitrary: formulaMark},
  {weight: 1, arbitrary: fc.constantFrom('x', 'alpha bé ', '\n', '\n\n')},
), {maxLength: 14}).map((parts) => parts.join(''));

/** What stands in a line: marks around one another, and what their insides must not break. */
const {span} = fc.letrec<{span: string}>((tie) => {
  const around = (before: string, after = before) => tie('span').map((inner) => `${before}${inner}${after}`);
  return {
    span: fc.oneof({maxDepth: 3, depthIdentifier: 'span', withCrossShrink: true},
      word,
      fc.constantFrom('`a*b`', '``a`b``', '<https://a.example>', '<a@b.example>', 'https://a.example/(b)', '&amp;', '&#42;', '&copy', '\\*', '\\[', '<b>', '</b>', '<a b="c">', '<!-- c -->', '[^1]', '[x]', '[A b][x]', '[a][]', '![i][x]'),
      fc.constantFrom('$a_b$', '$5 and $6', '\\(c*d\\)', '$$e$$', '\\[f\\]', '$g'),
      around('*'), around('_'), around('**'), around('***'), around('~~'), around('~'),
      around('[', '](/u)'), around('[', '](<u v> "t\'")'), around('[', "](/u 't\nt')"), around('![', '](/i "t")'), around('[', '][x]'), around('[', ']'), around('(', ')'), around('"'),
    ),
  };
});

const inLine = fc.array(fc.tuple(span, fc.constantFrom(' ', ' ', ' ', '', ', ', '\t')).map((parts) => parts.join('')), {minLength: 1, maxLength: 4}).map((parts) => parts.join('').trim());
const paragraph = fc.array(fc.tuple(inLine, fc.constantFrom('\n', '\n', '  \n', '\\\n', '\n  ')).map((parts) => parts.join('')), {minLength: 1, maxLength: 3}).map((lines) => lines.join('').trimEnd());

const cell = fc.oneof(inLine, fc.constantFrom('', 'a \\| b', '`c | d`', '-', 'e'));
const row = fc.array(cell, {minLength: 2, maxLength: 3}).map((cells) => `| ${cells.join(' | ')} |`);
const table = fc.tuple(row, fc.constantFrom('|---|---|', '| :- | -: |', '--|--', ':-:|-|-', '|---|---|---|'), fc.array(fc.oneof(row, inLine), {maxLength: 3})).map(([head, rule, rows]) => [head, rule, ...rows].join('\n'));

const fence = fc.tuple(fc.constantFrom('```', '~~~', '````'), fc.constantFrom('', 'js', ' py x=1', 'a`b', '&amp;'), fc.array(fc.oneof(word, fc.constantFrom('', '  ', '```', '~~', '> a', '- b', '    c')), {maxLength: 4}), fc.boolean())
  .map(([mark_, info, lines, isClosed]) => [`${mark_}${info}`, ...lines, ...(isClosed ? [mark_] : [])].join('\n'));

const definition = fc.tuple(fc.constantFrom('[x]:', '[a]:', '[A  b]:', '[^1]:', '[c\nd]:'), fc.constantFrom(' /u', '\n/u', ' <u v>', ' ', ' </w'), fc.constantFrom('', ' "t"', "\n't'", ' (t\nt)', '\n"t\n\nt"', ' "t" z', '\n"t'))
  .map((parts) => parts.join(''));

/** Lines of what stands in a list's item or a quote, of which some may go on without its mark. */
const inside = (text: string, first: string, next: string, lazy: number): string =>
  text.split('\n').map((line_, at) => (at === 0 ? first : line_ === '' ? next.trimEnd() : at === lazy ? '' : next) + line_).join('\n');

const {blocks} = fc.letrec<{block: string; blocks: string}>((tie) => ({
  block: fc.oneof({maxDepth: 3, depthIdentifier: 'block', withCrossShrink: true},
    paragraph,
    paragraph,
    fc.tuple(paragraph, fc.constantFrom('===', '---', '-', '= ', '  ==')).map((parts) => parts.join('\n')),
    fc.tuple(fc.constantFrom('# ', '### ', '#', '###### '), inLine, fc.constantFrom('', ' #', ' ##  ', '#')).map((parts) => parts.join('')),
    fence,
    fc.array(word, {minLength: 1, maxLength: 3}).map((lines) => lines.map((line_) => `    ${line_}`).join('\n')),
    table,
    definition,
    fc.constantFrom('***', '- - -', '___', '---'),
    htmlLine,
    fc.tuple(fc.constantFrom('$$', '\\['), fc.constantFrom('a_b', '\nc\n', '\nd\n\ne\n', ' f'), fc.constantFrom('$$', '\\]', '', '$$ g')).map((parts) => parts.join('')),
    fc.tuple(tie('blocks'), fc.constantFrom('> ', '>', '> ', '   > '), fc.nat(6)).map(([text, mark_, lazy]) => inside(text, mark_, mark_, lazy)),
    fc.tuple(
      fc.constantFrom('- ', '* ', '+ ', '1. ', '2. ', '10) ', '-   ', '- [ ] ', '- [x] ', '1. [ ] ', ' - '),
      fc.array(tie('blocks'), {minLength: 1, maxLength: 3}), fc.constantFrom('\n', '\n', '\n\n'), fc.nat(8),
    ).map(([mark_, items, gap, lazy]) => items.map((text) => inside(text, mark_, ' '.repeat(mark_.replace(/\[.*/, '').length), lazy)).join(gap)),
  ),
  blocks: fc.array(fc.tuple(tie('block'), fc.constantFrom('\n\n', '\n\n', '\n', '\n\n\n', '\n  \n')).map((parts) => parts.join('')), {minLength: 1, maxLength: 3, depthIdentifier: 'block'}).map((parts) => parts.join('').trimEnd()),
}));

/** Markdown as it is meant to be, of every construct in every other, with up to two places where it is damaged. */
export const composedMarkdown: fc.Arbitrary<string> = fc
  .tuple(fc.array(blocks, {maxLength: 3}).map((parts) => parts.join('\n\n')), fc.array(fc.tuple(fc.nat(300), fc.nat(3), fc.oneof(fc.constant(''), mark)), {maxLength: 2}), fc.constantFrom('', '\n'))
  .map(([text, damages, end]) => damages.reduce((whole, [at, length, put]) => whole.slice(0, at) + put + whole.slice(at + length), text) + end);

const longItems = fc.tuple(fc.constantFrom('- ', '* ', '1. ', '10) ', '- [ ] ', '- [x] '), fc.array(blocks, {minLength: 2, maxLength: 8}), fc.array(fc.constantFrom('\n', '\n', '\n', '\n\n'), {minLength: 1, maxLength: 9}), fc.nat(8))
  .map(([mark_, items, gaps, lazy]) => (at: number) => `${inside(items[at % items.length] ?? '', mark_, ' '.repeat(mark_.replace(/\[.*/, '').length), lazy)}${gaps[at % gaps.length] ?? ''}`);

const longRows = fc.tuple(row, fc.constantFrom('|---|---|', '| :- | -: |', '|---|---|---|'), fc.array(fc.oneof(row, inLine), {minLength: 2, maxLength: 8}))
  .map(([head, rule, rows]) => (at: number) => (at === 0 ? `${head}\n${rule}\n` : `${rows[at % rows.length] ?? ''}\n`));

/** A list or table longer than what is read together, and shorter than what is shown at once, with up to two places where it is damaged. */
export const longMarkdown: fc.Arbitrary<string> = fc.tuple(
  fc.constantFrom('', '', 'before\n', 'before\n\n', '- other\n\n'), fc.oneof(longItems, longItems, longRows), fc.integer({min: 1_100, max: 2_500}), fc.constantFrom('', '\n', '\nafter\n', '\n\n- [x] last\n', '***\n', '\n[x]: /u\n'),
  fc.array(fc.tuple(fc.nat(999), fc.nat(3), fc.oneof(fc.constant(''), mark)), {maxLength: 2}),
).map(([before, part, length, after, damages]) => {
  let text = before;
  for (let at = 0; text.length < length; at++) text += part(at);
  return damages.reduce((whole, [place, count, put]) => {
    const at = Math.floor(whole.length * place / 1_000);
    return whole.slice(0, at) + put + whole.slice(at + count);
  }, text.slice(0, 3_500) + after);
});

/** Words that are no marks, some of them with what looks like one. */
const proper = fc.array(fc.constantFrom('alpha', 'bé', 'go', 'x', '42', '日本', 'e.g.', 'delta,', 'end!', 'snake_case', '5 * 3', 'a & b'), {minLength: 1, maxLength: 2}).map((parts) => parts.join(' '));

const atom = fc.oneof(
  proper,
  fc.constantFrom('`a*b`', '``a`b``', '`**`', '`[x]`', '`<b`', '<https://a.example/b>', '<a@b.example>', 'https://a.example/b', '&amp;', '\\*', '<b>'),
  ...([
    (text) => `\`${text}\``, (text) => `~~${text}~~`, (text) => `~~${text} [${text}](/u) \`${text}\`~~`,
    (text) => `[${text}](https://a.example/b)`, (text) => `[${text}](<u v> "t")`, (text) => `[**${text}**](/u)`, (text) => `[\`${text}\`](/u)`, (text) => `[${text} *${text}* ~~${text}~~](/u 't')`,
    (text) => `![${text}](/i.png "t) u")`, (text) => `![*${text}* \`b\`](/u)`, (text) => `[![${text}](/i)](/u)`,
    (text) => `**_${text}_**`, (text) => `_**${text}**_`, (text) => `***${text}***`, (text) => `**\`${text}\`**`,
  ] satisfies ((text: string) => string)[]).map((wrap) => proper.map(wrap)),
);

/** Emphasis of both kinds around anything, also directly. */
const emphasised = (inner: fc.Arbitrary<string>): fc.Arbitrary<string> => fc.tuple(fc.constantFrom('*', '**', '_', '__', '***'), fc.oneof(
  inner.filter((text) => !/^[*_]|[*_]$/.test(text)),
  fc.tuple(proper, inner, inner, proper).map((parts) => parts.join(' ')),
)).map(([mark_, text]) => mark_ + text + mark_);

const nestedLine = fc.array(fc.oneof(atom, emphasised(atom), emphasised(fc.oneof(atom, emphasised(atom)))), {minLength: 1, maxLength: 4}).map((parts) => parts.join(' '));

const nestedRow = fc.tuple(nestedLine, nestedLine).map((cells) => `| ${cells.join(' | ')} |`);

/** Markdown as models write it, with nothing broken: all that marks anything is gone at the end. */
export const nestedMarkdown: fc.Arbitrary<string> = fc.array(fc.oneof(
  fc.array(nestedLine.map((text) => `word ${text}`), {minLength: 1, maxLength: 2}).map((lines) => lines.join('\n')),
  nestedLine,
  nestedLine.map((text) => `## ${text}`),
  nestedLine.map((text) => `> ${text}`),
  fc.tuple(fc.constantFrom('- ', '* ', '1. '), fc.array(nestedLine, {minLength: 1, maxLength: 2}), nestedLine).map(([mark_, lines, last]) => [...lines.map((text) => mark_ + text), `${' '.repeat(mark_.length)}- ${last}`].join('\n')),
  fc.tuple(nestedRow, nestedRow).map(([head, body]) => `${head}\n|---|---|\n${body}`),
), {minLength: 1, maxLength: 2}).map((blocks_) => blocks_.join('\n\n'));

/** Where a text is cut in transit: up to 12 places, as parts of a thousand. */
export const cuts: fc.Arbitrary<number[]> = fc.array(fc.nat(999), {maxLength: 12});

const wanted = (import.meta as {env?: Record<string, string>}).env?.['VITE_RENDER_RUNS'];

/** `VITE_RENDER_RUNS=100000` runs the properties that often, on other texts each time; without it the texts are always the same. */
export const propertyRuns = {numRuns: Number(wanted ?? 400), ...(wanted === undefined ? {seed: 20} : {})};
