/** Makes Markdown speakable: what it says, without the marks that only serve its looks. */
export function spokenText(markdown: string, codeBlock: string): string {
  return markdown
    .replace(/^ {0,3}(`{3,}|~{3,})[\s\S]*?(?:^ {0,3}\1[^\n]*$|(?![\s\S]))/gm, ` ${codeBlock} `)
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\s{0,3}(#{1,6}\s+|>\s?|[-*+]\s+(\[[ xX]\]\s+)?)/gm, '')
    .replace(/^\s*\|?(\s*:?-{3,}:?\s*\|?)+\s*$/gm, '|')
    .replace(/(\s*\|\s*)+/g, ', ')
    .replace(/(\*\*\*|\*\*|\*|~~|`+)(?=\S)|(?<=\S)(\*\*\*|\*\*|\*|~~|`+)/g, '')
    .replace(/(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)/g, '')
    .replace(/\s+/g, ' ')
    .replace(/^[\s,]+|[\s,]+$/g, '');
}

/**
 * Where the finished sentences of a text that still grows end, from an offset on: behind the last one that something
 * follows. A code block counts once it is closed.
 */
export function finishedSentences(text: string, from: number, locale: string): number {
  const tail = beforeOpenFence(text.slice(from));
  const segments = [...new Intl.Segmenter(locale, {granularity: 'sentence'}).segment(tail)];
  // A fence that was just closed ends what is said, though no sentence ends there.
  const last = /^ {0,3}(`{3,}|~{3,})\s*$/m.test(tail.trimEnd().split('\n').at(-1) ?? '') ? undefined : segments.at(-1);
  return from + (last === undefined ? tail.length : last.index);
}

function beforeOpenFence(text: string): string {
  let open: {mark: string; index: number} | undefined;
  for (const match of text.matchAll(/^ {0,3}(`{3,}|~{3,})/gm)) {
    const mark = match[1] ?? '';
    if (!open) open = {mark, index: match.index};
    else if (mark.startsWith(open.mark)) open = undefined;
  }
  return open ? text.slice(0, open.index) : text;
}
