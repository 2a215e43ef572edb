/** The named character references that prose uses; `&name;` of any other name stays as written. */
const names: Readonly<Record<string, string>> = {
  amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0', copy: '©', reg: '®', trade: '™', hellip: '…',
  mdash: '—', ndash: '–', lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', laquo: '«', raquo: '»', bull: '•',
  middot: '·', sect: '§', para: '¶', deg: '°', plusmn: '±', times: '×', divide: '÷', minus: '−', ne: '≠', le: '≤',
  ge: '≥', asymp: '≈', infin: '∞', sum: '∑', radic: '√', larr: '←', rarr: '→', uarr: '↑', darr: '↓', harr: '↔',
  rArr: '⇒', euro: '€', pound: '£', yen: '¥', cent: '¢', frac12: '½', frac14: '¼', frac34: '¾', sup2: '²', sup3: '³',
  micro: 'µ', alpha: 'α', beta: 'β', gamma: 'γ', delta: 'δ', lambda: 'λ', mu: 'μ', pi: 'π', sigma: 'σ', omega: 'ω',
  Delta: 'Δ', Omega: 'Ω', auml: 'ä', ouml: 'ö', uuml: 'ü', Auml: 'Ä', Ouml: 'Ö', Uuml: 'Ü', szlig: 'ß', eacute: 'é',
  egrave: 'è', agrave: 'à', ccedil: 'ç', ntilde: 'ñ', AElig: 'Æ', aelig: 'æ', oslash: 'ø', aring: 'å', check: '✓',
  iexcl: '¡', iquest: '¿', shy: '\u00ad', thinsp: '\u2009', ensp: '\u2002', emsp: '\u2003', colon: ':', lpar: '(',
  rpar: ')', lbrack: '[', rbrack: ']', ast: '*', lowbar: '_', grave: '`', num: '#', vert: '|', Tab: '\t', NewLine: '\n',
};

const reference = /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([A-Za-z][A-Za-z\d]{1,31}));/g;

/** Replaces character references by their characters, as CommonMark 6.2 says. */
export function decodeReferences(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(reference, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return Object.hasOwn(names, name) ? (names[name] ?? whole) : whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number.parseInt(decimal, 10);
    const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
    return isCharacter ? String.fromCodePoint(code) : '\ufffd';
  });
}

/** Where a named reference that is not whole begins, at the end of `text`: `a &am`. */
export function referenceStart(text: string): number | undefined {
  const match = /&(?:#\w{0,7}|([A-Za-z]{2,8}))$/.exec(text);
  if (!match) return undefined;
  const [, name] = match;
  return name === undefined || Object.keys(names).some((known) => known.startsWith(name)) ? match.index : undefined;
}
