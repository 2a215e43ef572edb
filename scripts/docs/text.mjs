/** Small helpers of the site's generator. */
const entities = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;'};

export const escape = (text) => String(text).replaceAll(/[&<>"']/g, (character) => entities[character]);

/** Heading ids as GitHub makes them, so that links into a page work in the repository and on the site. */
export function slugger() {
  const seen = new Map();
  return (text) => {
    const slug = text.toLowerCase().trim().replaceAll(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(/\s/g, '-');
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${count}`;
  };
}

/** What a person reads of some HTML of ours. */
export const plain = (html) => html.replaceAll(/<[^>]+>/g, '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll(/&#(39|x27);/g, "'").replaceAll('&amp;', '&');

/** Address of one file of the site as seen from another. */
export function relativeTo(from, to) {
  const depth = from.split('/').length - 1;
  return `${'../'.repeat(depth)}${to}` || './';
}
