/** How languages are called in the header of a code block, by the names that fences use. */
const titles: Readonly<Record<string, string>> = {
  bash: 'Bash', c: 'C', cpp: 'C++', 'c++': 'C++', cs: 'C#', csharp: 'C#', css: 'CSS', diff: 'Diff', docker: 'Dockerfile',
  dockerfile: 'Dockerfile', go: 'Go', golang: 'Go', graphql: 'GraphQL', html: 'HTML', ini: 'INI', java: 'Java',
  javascript: 'JavaScript', js: 'JavaScript', json: 'JSON', jsonc: 'JSON', jsx: 'JSX', kotlin: 'Kotlin', kt: 'Kotlin',
  less: 'Less', lua: 'Lua', makefile: 'Makefile', markdown: 'Markdown', md: 'Markdown', mermaid: 'Mermaid', perl: 'Perl',
  php: 'PHP', powershell: 'PowerShell', ps1: 'PowerShell', py: 'Python', python: 'Python', r: 'R', rb: 'Ruby',
  rs: 'Rust', ruby: 'Ruby', rust: 'Rust', scala: 'Scala', scss: 'SCSS', sh: 'Shell', shell: 'Shell', sql: 'SQL',
  svelte: 'Svelte', swift: 'Swift', toml: 'TOML', ts: 'TypeScript', tsx: 'TSX', typescript: 'TypeScript', vue: 'Vue',
  xml: 'XML', yaml: 'YAML', yml: 'YAML', zsh: 'Zsh',
};

/** The name to show for a fence's language: the usual spelling, or what the fence says. */
export function languageName(language: string): string {
  const key = language.toLowerCase();
  return Object.hasOwn(titles, key) ? (titles[key] ?? language) : language.slice(0, 40);
}
