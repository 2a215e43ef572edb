const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** The first letter of a block's source, which decides its direction; the cross in a task's box is none. */
export const firstLetter = (source: string): string | undefined => /(?<!\[(?=[xX]\] ))\p{L}/u.exec(source)?.[0];

/**
 * The direction of a block that holds others. `auto` looks past what has a direction of its own, as items and cells have: it
 * would find nothing, and look through all of them again whenever one is added. `letter` is the first one where `raw` is only
 * the rest of the block.
 */
export function directionOf(token: {raw: string; letter?: string}): 'rtl' | 'ltr' {
  return rightToLeft.test(token.letter ?? firstLetter(token.raw) ?? '') ? 'rtl' : 'ltr';
}
