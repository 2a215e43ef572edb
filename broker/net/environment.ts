/** The world as Node gives it to the core. */
import {createHash, createHmac, randomBytes} from 'node:crypto';
import {type Environment} from '../core/environment.ts';

/** setTimeout fires at once beyond this. */
const longestTimer = 2 ** 31 - 1;
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

export const nodeEnvironment: Environment = {
  now: Date.now,
  after(ms, callback) {
    const timer = setTimeout(callback, Math.min(Math.max(ms, 0), longestTimer));
    timer.unref(); // the listening socket keeps the process alive, timers need not
    return () => clearTimeout(timer);
  },
  soon: setImmediate,
  randomId: (length = 10) => Array.from(randomBytes(length), (byte) => alphabet[byte % alphabet.length]).join(''),
  hmac: (secret, text) => createHmac('sha256', secret).update(text).digest('base64'),
  sha256: (text) => createHash('sha256').update(text).digest('base64url'),
};
