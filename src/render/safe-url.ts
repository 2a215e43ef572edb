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

const addressLike = /^(?:[a-z][a-z0-9+.-]*:\/*)?(?:[^\s/@]*@)?((?:[\p{L}\p{N}-]+\.)+[\p{L}\p{N}-]{2,})(?::\d+)?(?:[/?#]|$)/iu;

/** The host that a link's text claims, where the text looks like an address: `www.bank.com/login` claims `bank.com`. */
export function claimedHost(text: string): string | undefined {
  return addressLike.exec(text.trim().slice(0, 300))?.[1]?.toLowerCase().replace(/^www\./, '');
}

/** Whether a link's text names another host than the one it leads to, so that the real one must be shown beside it. */
export function isMisleading(text: string, url: SafeUrl): boolean {
  if (url.isSuspicious) return true;
  const claimed = claimedHost(text);
  if (claimed === undefined) return false;
  const actual = url.host.replace(/:\d+$/, '').replace(/^www\./, '');
  if (url.host === '') return !url.href.toLowerCase().includes(claimed);
  return claimed !== actual;
}
