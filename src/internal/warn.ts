const key = Symbol.for('agent-session-elements.warned');

/**
 * Warns in the console, once per page for the same text. For mistakes of the page's author, never for run-time failures.
 * @param cause what the mistake led to the first time; it is not part of what makes a text the same.
 */
export function warnOnce(message: string, ...cause: readonly unknown[]): void {
  // With the page and not with this module: a page may have loaded more than one copy of the library.
  const page = globalThis as {[key]?: Set<string>};
  const warned = (page[key] ??= new Set());
  if (warned.has(message)) return;
  warned.add(message);
  console.warn(`[agent-session-elements] ${message}`, ...cause);
}
