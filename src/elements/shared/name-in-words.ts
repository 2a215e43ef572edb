/** A name as code writes it, as people write it: `searchFlights` and `search_flights` are `Search flights`. */
export function nameInWords(name: string): string {
  const words = name
    .replace(/[_.:/-]+/g, ' ')
    .replace(/(?<=\p{Ll}|\d)\p{Lu}(?=\p{Ll})/gu, (letter) => ` ${letter.toLowerCase()}`)
    .replace(/(?<=\p{Ll})\p{Lu}/gu, ' $&')
    .trim();
  return words === '' ? name : words.slice(0, 1).toUpperCase() + words.slice(1);
}
