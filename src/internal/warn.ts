const warned = new Set<string>();

/** Warns in the console, once per page for the same text. For mistakes of the page's author, never for run-time failures. */
export function warnOnce(message: string): void {
  if (warned.has(message)) return;
  warned.add(message);
  console.warn(`[agent-session-elements] ${message}`);
}
