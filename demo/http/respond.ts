import type {IncomingMessage, ServerResponse} from 'node:http';

/** A request that cannot be served as it is; the message tells the client what to change. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** What this page's server answers to every request, so that nothing is stored, sniffed or framed. */
const commonHeaders = {'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff'};

export function sendText(response: ServerResponse, status: number, contentType: string, text: string): void {
  response.writeHead(status, {...commonHeaders, 'Content-Type': contentType}).end(text);
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  sendText(response, status, 'application/json', JSON.stringify(body));
}

/** Answers with the reason, as `{error: {message}}`. Only a {@link RequestError} tells the client more than that it failed. */
export function sendError(response: ServerResponse, error: unknown): void {
  if (error instanceof RequestError) sendJson(response, error.status, {error: {message: error.message}});
  else sendJson(response, 500, {error: {message: 'The server failed; its log says why.'}});
}

/**
 * Reads a request's JSON body.
 * @throws {RequestError} 415, 413 or 400 when it is not JSON, too long, or malformed.
 */
export async function readJson(request: IncomingMessage, {maxBytes = 16_384} = {}): Promise<unknown> {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    throw new RequestError(415, 'Send JSON: the Content-Type must be application/json.');
  }
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBytes) throw new RequestError(413, `The body must be at most ${maxBytes} bytes.`);
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch {
    throw new RequestError(400, 'The body is not valid JSON.');
  }
}

/** @throws {RequestError} 405 when the request's method is another one. */
export function requireMethod(request: IncomingMessage, method: 'GET' | 'POST'): void {
  if (request.method !== method) throw new RequestError(405, `Use ${method}.`);
}
