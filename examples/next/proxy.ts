import {type NextRequest, NextResponse} from 'next/server';
import {backend} from './backend';

export const config = {matcher: ['/', '/api/:path*']};

export function proxy({nextUrl, headers}: NextRequest): NextResponse {
  // Tokens and the agent are another server's.
  if (nextUrl.pathname.startsWith('/api/')) return NextResponse.rewrite(new URL(`${nextUrl.pathname}${nextUrl.search}`, backend));
  // In development Next.js itself needs `eval`.
  return process.env.NODE_ENV === 'production' ? strict(headers) : NextResponse.next();
}

/** Next.js takes the nonce for its inline scripts from the policy of the request. */
function strict(asked: Headers): NextResponse {
  const policy = [
    "default-src 'self'", `script-src 'self' 'nonce-${btoa(crypto.randomUUID())}'`, `connect-src 'self' ws://${backend.host} ${backend.origin}`,
    "base-uri 'self'", "form-action 'none'", "frame-ancestors 'none'",
    "require-trusted-types-for 'script'", 'trusted-types lit-html default',
  ].join('; ');
  const headers = new Headers(asked);
  headers.set('Content-Security-Policy', policy);
  const response = NextResponse.next({request: {headers}});
  response.headers.set('Content-Security-Policy', policy);
  return response;
}
