/** The names of all chunks of the script tag that a page with one conversation loads by itself, sorted. */
export function chunksOfPage(root: string): string[];
