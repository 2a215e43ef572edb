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

/** Where a text is cut in transit: up to 12 places. */
export const cuts: fc.Arbitrary<number[]> = fc.array(fc.nat(400), {maxLength: 12});

const wanted = (import.meta as {env?: Record<string, string>}).env?.['VITE_RENDER_RUNS'];

/** `VITE_RENDER_RUNS=100000` runs the properties that often, on other texts each time; without it the texts are always the same. */
export const propertyRuns = {numRuns: Number(wanted ?? 400), ...(wanted === undefined ? {seed: 20} : {})};
