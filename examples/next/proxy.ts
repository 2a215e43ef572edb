import {type NextRequest, NextResponse} from 'next/server';
import {backend} from './backend';

export const config = {matcher: '/api/:path*'};

/** Tokens and the agent are another server's. */
export function proxy({nextUrl}: NextRequest): NextResponse {
  return NextResponse.rewrite(new URL(`${nextUrl.pathname}${nextUrl.search}`, backend));
}
