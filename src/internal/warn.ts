const key = Symbol.for('agent-session-elements warned');

/** Warns in the console, once per page for the same text. For mistakes of the page's author, never for run-time failures. */
export function warnOnce(message: string): void {
  // In the page, since a second copy of the library has a module of its own.
  const page = globalThis as {[key]?: Set<string>};
  const warned = (page[key] ??= new Set());
  if (warned.has(message)) return;
  warned.add(message);
  console.warn(`[agent-session-elements] ${message}`);
}
