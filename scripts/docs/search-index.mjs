/** What the search looks through: an entry a section of a page, with its words. */
import {plain} from './text.mjs';

const longest = 600;

/** @returns entries `{page, title, url, text}` of a page: one for its beginning, one for each heading */
export function searchEntries(page) {
  const pieces = page.html.split(/(?=<h[23] id=)/);
  return pieces.map((piece) => {
    const [, id = '', heading = ''] = /^<h[23] id="([^"]*)">([\s\S]*?)<\/h[23]>/.exec(piece) ?? [];
    const text = plain(piece.replace(/^<h[23][\s\S]*?<\/h[23]>/, '').replaceAll(/<\/(p|td|th|li|h\d|span|button)>/g, ' ')).replaceAll(/\s+/g, ' ').trim();
    return {page: page.title, title: plain(heading).replace(/ #$/, ''), url: id ? `${page.out}#${id}` : page.out, text: text.slice(0, longest)};
  }).filter(({title, text, url}) => title !== '' || text !== '' || !url.includes('#'));
}
