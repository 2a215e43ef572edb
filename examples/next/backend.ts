/** Where tokens, the agent and the local broker are. */
export const backend = new URL(process.env['BACKEND_URL'] ?? 'http://localhost:8090');
