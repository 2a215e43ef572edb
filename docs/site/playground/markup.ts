const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

/** What to write into a page for what the playground shows: the tokens as a rule of CSS, and the element. */
export function markup(tag: string, attributes: ReadonlyMap<string, string>, tokens: ReadonlyMap<string, string>, children: readonly string[]): string {
  const written = [...attributes].map(([name, value]) => (value === '' ? ` ${name}` : ` ${name}="${escape(value)}"`)).join('');
  const rule = tokens.size === 0 ? '' : `<style>\n  ${tag} {\n${[...tokens].map(([name, value]) => `    ${name}: ${value};\n`).join('')}  }\n</style>\n\n`;
  const connection = ' channel="conversations:lisbon" auth-url="/api/auth/token" agent-url="/api/chat"';
  if (children.length === 0) return `${rule}<${tag}${written}\n ${connection}></${tag}>`;
  return `${rule}<${tag}${written}\n ${connection}>\n${children.map((child) => `  <${child}></${child}>\n`).join('')}</${tag}>`;
}
