/** Characters that change how text reads without being seen: bidi controls, zero-width ones, soft hyphen, tags. */
const hidden = /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\u{e0000}-\u{e007f}]/gu;

/** Joiners are part of the spelling in many scripts and in emoji, so after a character beyond Latin they stay. */
const isJoinerInUse = (character: string, before: string) =>
  (character === '\u200c' || character === '\u200d') && /[^\u0000-\u024f]$/u.test(before);

/** Writes hidden characters out, as in `[U+202E]`, so that a link's text cannot pass for another text. */
export function showHidden(text: string): string {
  return text.replace(hidden, (character, offset: number) => {
    if (isJoinerInUse(character, text.slice(Math.max(0, offset - 2), offset))) return character;
    return `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;
  });
}

/** The text without what is hidden in it. */
export function withoutHidden(text: string): string {
  return text.replace(hidden, '');
}
