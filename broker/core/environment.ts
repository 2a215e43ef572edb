/** What the core needs from the world around it. Tests hand in a clock they turn by hand. */

/** Stops a timer; harmless once it has fired. */
export type Cancel = () => void;

export interface Environment {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls back once after `ms` milliseconds. */
  after(ms: number, callback: () => void): Cancel;
  /** Calls back once when the present turn is over, so that what belongs together goes out together. */
  soon(callback: () => void): void;
  /** A new unguessable name of url-safe characters; `-` and `_` do not occur. */
  randomId(length?: number): string;
  /** HMAC-SHA256 of a text, in base64. */
  hmac(secret: string, text: string): string;
  /** SHA-256 of a text, in base64url without padding. */
  sha256(text: string): string;
}
