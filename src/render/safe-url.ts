import {warnOnce} from '../internal/warn.ts';
import {canonical, type Claim, claimsOf} from './claimed-hosts.ts';
import {limits} from './limits.ts';

/** A link target that has passed the checks. */
export interface SafeUrl {
  /** The whole address, as the browser itself writes it. */
  href: string;
  /** The host, in ASCII (an imitated letter shows as `xn--`); empty for `mailto:`. */
  host: string;
  /** Whether the address carries something that makes it look like another one. */
  isSuspicious: boolean;
}

/** Schemes that run, hold or disclose something by themselves: no list of a page lets them in. */
const neverAllowed = /^(?:javascript|vbscript|livescript|data|blob|file|filesystem|about|view-source|jar)$/;

/** The schemes that links may have, of those that a page lists: `https`, `HTTPS` or `https:`. The usual ones where it lists none. */
export function allowedSchemes(listed: readonly string[] = ['http', 'https', 'mailto']): string[] {
  const schemes = listed.map((scheme) => scheme.trim().toLowerCase().replace(/:$/, '')).filter((scheme) => scheme !== '');
  const refused = schemes.filter((scheme) => neverAllowed.test(scheme));
  if (refused.length > 0) warnOnce(`link-schemes: ${refused.join(', ')} stay refused, since what such a link leads to could act as this page.`);
  return schemes.filter((scheme) => !refused.includes(scheme));
}

/** What browsers drop from an address, so that it could hide a scheme, and what no address needs. */
const forbidden = /[\u0000-\u0020\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/u;

/**
 * The address a link may point to, or undefined where the link must stay text: a scheme that is not listed, something
 * unreadable, an invisible character, or an absurd length. Relative addresses are those of the page at `base`.
 */
export function vetLink(raw: string, schemes: readonly string[], base: string): SafeUrl | undefined {
  const trimmed = raw.trim();
  if (trimmed.length > limits.url) return undefined;
  // A space inside is what people paste; the URL parser writes it as %20. All else that is invisible is a trick.
  if (forbidden.test(trimmed.replaceAll(' ', ''))) return undefined;
  let url: URL;
  try {
    // CommonMark has no backslash in an address; a browser would read it as a slash, and `\\host` as another host.
    url = new URL(trimmed.replaceAll('\\', '%5C'), base);
  } catch {
    return undefined;
  }
  if (!schemes.includes(url.protocol.slice(0, -1))) return undefined;
  return {
    href: url.href,
    host: url.host,
    isSuspicious: url.username !== '' || url.password !== '' || /(^|\.)xn--/.test(url.host),
  };
}

/** The address of an image that may load at once: http(s), from a listed origin. */
export function vetImage(raw: string, origins: readonly string[], base: string): string | undefined {
  const url = vetLink(raw, ['https', 'http'], base);
  if (!url) return undefined;
  return origins.includes(new URL(url.href).origin) ? url.href : undefined;
}

/** Whether a link's text names another address than the one it leads to, so that the real one must be shown beside it. */
export function isMisleading(text: string, url: SafeUrl): boolean {
  if (url.isSuspicious) return true;
  // An address that is written out may hold others: `https://archive.example/?page=https://bank.example`.
  if (isItself(text.trim(), url.href)) return false;
  const claims = claimsOf(text);
  if (claims.length === 0) return false;
  if (url.host !== '') return claims.some(({host}) => host !== canonical(new URL(url.href).hostname));
  const recipients = recipientsOf(url.href);
  return recipients.length !== 1 || claims.some((claim) => !isRecipient(claim, recipients[0] ?? ''));
}

/** The real target, to be shown beside a link's text: the host, or to whom a mail goes. */
export function targetOf({host, href}: SafeUrl): string {
  return host === '' ? recipientsOf(href).join(', ') || href : host;
}

function isItself(text: string, href: string): boolean {
  return ['', 'http://', 'https://', 'mailto:'].some((scheme) => URL.canParse(scheme + text) && new URL(scheme + text).href === href);
}

/** All to whom a mail goes, also those of `?to=`, `cc` and `bcc`; none where it is no mail. */
function recipientsOf(href: string): string[] {
  const {protocol, pathname, searchParams} = new URL(href);
  if (protocol !== 'mailto:') return [];
  const more = [...searchParams].filter(([name]) => /^(?:to|cc|bcc)$/i.test(name)).map(([, value]) => value);
  return [decoded(pathname), ...more].join(',').split(',').map((recipient) => recipient.trim()).filter((recipient) => recipient !== '');
}

function isRecipient({host, mailbox}: Claim, recipient: string): boolean {
  const [, name = '', domain = ''] = /^([^\s@<>"]+)@([^\s@<>";]+)$/.exec(recipient) ?? [];
  return domain !== '' && canonical(domain) === host && (mailbox === undefined || mailbox === name.toLowerCase());
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
