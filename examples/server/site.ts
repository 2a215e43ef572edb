import {createHash} from 'node:crypto';
import {readFileSync, statSync} from 'node:fs';
import type {ServerResponse} from 'node:http';
import {extname, join, normalize} from 'node:path';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8', '.json': 'application/json', '.svg': 'image/svg+xml', '.ico': 'image/x-icon', '.map': 'application/json',
};

export interface PageOptions {
  /** Names of Trusted Types policies that the page's framework makes, beside Lit's. */
  readonly policies: readonly string[];
  /** Where the broker really is; the examples' pages are written for {@link usualPort}. */
  readonly port: number;
}

/** Where the examples look for their broker. */
export const usualPort = 8090;

/** Serves the files of a folder; with `page` as a page under a strict content security policy, else to any origin. */
export class Site {
  readonly #folder: string;
  readonly #page: PageOptions | undefined;

  constructor(folder: string, page?: PageOptions) {
    this.#folder = folder;
    this.#page = page;
  }

  /** Answers with a file; false when there is none at this path. */
  handle(response: ServerResponse, path: string): boolean {
    const name = normalize(decodeURIComponent(path)).replace(/\/$/, '/index.html');
    const file = join(this.#folder, name);
    if (!file.startsWith(this.#folder) || !statSync(file, {throwIfNoEntry: false})?.isFile()) return false;
    const content = this.#withPort(readFileSync(file), extname(file));
    response.writeHead(200, {
      ...(this.#page ? {'Content-Security-Policy': policyFor(this.#page.policies, String(content))} : {'Access-Control-Allow-Origin': '*'}),
      'Content-Type': contentTypes[extname(file)] ?? 'application/octet-stream',
      'Cache-Control': 'no-cache', 'X-Content-Type-Options': 'nosniff',
    });
    response.end(content);
    return true;
  }

  #withPort(content: Buffer, type: string): Buffer | string {
    if (!this.#page || this.#page.port === usualPort || !['.html', '.js'].includes(type)) return content;
    return content.toString().replaceAll(String(usualPort), String(this.#page.port));
  }
}

/**
 * Nothing but the page's own files, and what is written in it, runs or styles it; `lit-html` is the one Trusted Types
 * policy that the elements need.
 */
export function policyFor(policies: readonly string[], html = ''): string {
  const inline = (tag: string): string[] => [...html.matchAll(new RegExp(`<${tag}(?![^>]* src=)[^>]*>([^]*?)</${tag}>`, 'g'))]
    .map(([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
  return [
    "default-src 'self'",
    `script-src 'self' ${inline('script').join(' ')}`, `style-src 'self' ${inline('style').join(' ')}`,
    "connect-src 'self' ws://localhost:* http://localhost:*",
    "base-uri 'self'", "form-action 'none'", "frame-ancestors 'none'",
    "require-trusted-types-for 'script'", `trusted-types ${['lit-html', ...policies].join(' ')}`,
  ].join('; ');
}
