import text from 'commonmark-spec/spec.txt?raw';

export interface Example {
  number: number;
  section: string;
  markdown: string;
  html: string;
}

/** The examples of the CommonMark specification, read from its own text. */
export function specExamples(): Example[] {
  const examples: Example[] = [];
  let section = '';
  const pattern = /^`{32} example\n([\s\S]*?)^\.\n([\s\S]*?)^`{32}$|^#{1,6} *(.*)$/gm;
  for (const [, markdown, html, heading] of text.replace(/^<!-- END TESTS -->[^]*/m, '').matchAll(pattern)) {
    if (heading !== undefined) section = heading;
    else if (markdown !== undefined && html !== undefined) {
      examples.push({number: examples.length + 1, section, markdown: markdown.replaceAll('→', '\t'), html: html.replaceAll('→', '\t')});
    }
  }
  return examples;
}
