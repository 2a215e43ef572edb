import type {Token, Tokens} from 'marked';

/** Whether an item that others follow makes its list a loose one (CommonMark 5.3). */
export const isSpread = ({raw, tokens}: Tokens.ListItem): boolean =>
  /\n[ \t]*\n[ \t]*$/.test(raw) || tokens.some((token) => token.type === 'space' && /\n.*\n/.test(token.raw));

/** An item as the parser would have read it in a loose list, or in a tight one. */
export function withLooseness(item: Tokens.ListItem, isLoose: boolean): Tokens.ListItem {
  if (item.loose === isLoose) return item;
  return {...item, loose: isLoose, tokens: isLoose ? looseTokens(item.tokens) : tightTokens(item)};
}

/** In a loose item, texts are paragraphs, and a task's box stands in the first of them. */
function looseTokens(tokens: readonly Token[]): Token[] {
  const [box, text, ...rest] = tokens;
  if (box?.type !== 'checkbox') return tokens.map((token) => (token.type === 'text' ? {...token, type: 'paragraph'} : token));
  const first = text?.type === 'text' ? (text as Tokens.Text) : {raw: '', text: ''};
  const others = text && first !== text ? [text, ...rest] : rest;
  return [{...first, type: 'paragraph', raw: box.raw + first.raw, text: box.raw + first.text}, ...looseTokens(others)];
}

function tightTokens({task, checked, tokens}: Tokens.ListItem): Token[] {
  const texts = tokens.map((token) => (token.type === 'paragraph' ? {...token, type: 'text'} : token));
  const first = texts[0];
  const box = task && first?.type === 'text' ? /^\[[ xX]\] /.exec(first.raw)?.[0] : undefined;
  if (box === undefined) return texts;
  const {text, raw} = first as Tokens.Text;
  const rest = text.slice(box.length) === '' ? [] : [{...first, raw: raw.slice(box.length), text: text.slice(box.length)} as Tokens.Text];
  return [{type: 'checkbox', raw: box, checked: checked === true}, ...rest, ...texts.slice(1)];
}
