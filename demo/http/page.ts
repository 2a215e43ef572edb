import {watch} from 'node:fs';
import type {IncomingMessage, ServerResponse} from 'node:http';
import {extname, join} from 'node:path';
import {build, defaultClientConditions} from 'vite';
import {sendText} from './respond.ts';

const demoRoot = join(import.meta.dirname, '..');

type Files = ReadonlyMap<string, {readonly content: string | Uint8Array; readonly contentType: string}>;

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The documents, by address. */
const pages: Readonly<Record<string, string>> = {'/': 'index.html', '/operator': 'operator.html'};

/** Where the page finds its channel: a broker on this port of the page's host, or Ably itself. */
export type PageTarget = {readonly type: 'broker'; readonly port: number} | {readonly type: 'ably'};

export interface PageOptions {
  /** Builds again after a change to the sources. */
  readonly isWatching: boolean;
  readonly target: PageTarget;
}

/** One build serves all pages of this process; end-to-end tests start many. */
let built: Promise<Files> | undefined;

/** Serves the demo's page: bundled by Vite as for production and kept in memory, under a strict content security policy. */
export class Page {
  readonly #target: PageTarget;
  readonly #watchers: readonly {close(): void}[];

  constructor({isWatching, target}: PageOptions) {
    this.#target = target;
    const folders = isWatching ? [demoRoot, join(demoRoot, '../src')] : [];
    this.#watchers = folders.map((folder) => watch(folder, {recursive: true}, () => void (built = undefined)));
  }

  /** Builds the page ahead of the first request. */
  async prepare(): Promise<void> {
    await files();
  }

  /** Answers with one of the page's files; false when there is none at this path. */
  async handle(request: IncomingMessage, response: ServerResponse, path: string): Promise<boolean> {
    const name = pages[path] ?? path.slice(1);
    const file = (await files()).get(name);
    if (!file) return false;
    response.setHeader('Content-Security-Policy', policyFor(request.headers.host, this.#target));
    response.setHeader('Referrer-Policy', 'same-origin');
    if (name.endsWith('.html') && typeof file.content === 'string') {
      sendText(response, 200, file.contentType, withTarget(file.content, this.#target));
    } else {
      // Vite puts what a file holds into its name.
      const caching = name.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
      response.writeHead(200, {'Content-Type': file.contentType, 'Cache-Control': caching, 'X-Content-Type-Options': 'nosniff'});
      response.end(file.content);
    }
    return true;
  }

  close(): void {
    for (const watcher of this.#watchers) watcher.close();
  }
}

function files(): Promise<Files> {
  built ??= bundle().catch((error: unknown) => {
    built = undefined;
    throw error;
  });
  return built;
}

async function bundle(): Promise<Files> {
  const result = await build({
    root: demoRoot,
    configFile: false,
    logLevel: 'error',
    resolve: {conditions: ['agent-session-source', ...defaultClientConditions]},
    build: {rolldownOptions: {input: Object.values(pages).map((name) => join(demoRoot, name))}, write: false, target: 'es2022', assetsInlineLimit: 0, modulePreload: false, cssMinify: true},
  });
  const outputs = [result].flat().flatMap((bundled) => ('output' in bundled ? bundled.output : []));
  return new Map(
    outputs.map((file) => [
      file.fileName,
      {
        content: file.type === 'chunk' ? file.code : file.source,
        contentType: contentTypes[extname(file.fileName)] ?? 'application/octet-stream',
      },
    ]),
  );
}

/** Tells the page where its channel is; with Ably it needs to know nothing. */
function withTarget(html: string, target: PageTarget): string {
  return target.type === 'ably' ? html : html.replace('</head>', `  <meta name="broker-port" content="${target.port}">\n  </head>`);
}

/**
 * Nothing but the page's own files runs or styles it, and nothing reaches a DOM sink as a string: `lit-html` is the one
 * policy that Lit makes for its own templates.
 */
export function policyFor(host: string | undefined, target: PageTarget): string {
  const [, name = 'localhost'] = /^([\w.-]+|\[[\da-f:]+\])(?::\d+)?$/i.exec(host ?? '') ?? [];
  const channel =
    target.type === 'broker'
      ? `ws://${name}:${target.port} http://${name}:${target.port}`
      : 'wss://*.ably.net https://*.ably.net wss://*.ably-realtime.com https://*.ably-realtime.com';
  return [
    "default-src 'self'",
    `connect-src 'self' ${channel}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; ');
}
