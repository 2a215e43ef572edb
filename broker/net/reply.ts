/** Answers to REST requests: formats, errors, CORS, and the envelope browsers ask for. */
import {type IncomingMessage, type ServerResponse} from 'node:http';
import {type Format} from '../protocol/data.ts';
import {errorInfo} from '../protocol/errors.ts';
import {contentTypes, encode} from './codec.ts';

export interface Reply {
  /** 200 unless given. */
  status?: number;
  /** Nothing is sent, with 204, when absent. */
  body?: unknown;
  headers?: Record<string, string>;
}

/** How the request wants its answer. */
export interface ReplyOptions {
  format: Format;
  hasEnvelope: boolean;
}

export function errorReply(thrown: unknown): Reply {
  const error = errorInfo(thrown);
  return {
    status: error.statusCode,
    body: {error},
    // Browsers read these instead of the body (js:fetchrequest). A header holds no line breaks and only Latin-1.
    headers: {'X-Ably-Errorcode': String(error.code), 'X-Ably-Errormessage': error.message.replace(/[^\x20-\x7e]/g, '?')},
  };
}

/** Requests with an authorization header are credentialed, so the origin is named instead of `*`. */
export function corsHeaders(request: IncomingMessage): Record<string, string> {
  const {origin} = request.headers;
  return {
    'Access-Control-Allow-Origin': origin ?? '*',
    ...(origin !== undefined && {'Access-Control-Allow-Credentials': 'true', Vary: 'Origin'}),
    'Access-Control-Expose-Headers': 'Link, X-Ably-Errorcode, X-Ably-Errormessage, X-Ably-Serverid, X-Ably-Version',
  };
}

export const preflightHeaders: Readonly<Record<string, string>> = {
  'Access-Control-Allow-Methods': 'GET, POST, PATCH, PUT, DELETE, OPTIONS',
  'Access-Control-Allow-Headers': 'Authorization, Content-Type, Accept, X-Ably-Version, Ably-Agent, X-Ably-ClientId, X-Ably-Envelope, X-Requested-With',
  'Access-Control-Max-Age': '600',
};

/** Writes a reply; content types are bare, since Node clients parse error bodies only then (js:http). */
export function send(request: IncomingMessage, response: ServerResponse, reply: Reply, {format, hasEnvelope}: ReplyOptions): void {
  const {status = reply.body === undefined ? 204 : 200, body, headers = {}} = reply;
  const enveloped = hasEnvelope ? {statusCode: status, headers: lowerCase(headers), response: body ?? []} : body;
  response.writeHead(hasEnvelope ? 200 : status, {
    ...corsHeaders(request),
    ...headers,
    ...(enveloped !== undefined && {'Content-Type': contentTypes[format]}),
  });
  response.end(enveloped === undefined ? undefined : encode(enveloped, format));
}

function lowerCase(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
