import {ErrorCode} from '@ably/ai-transport';
import * as Ably from 'ably';

/** What a failure says for itself; the innermost of a provider's nested errors says most. */
export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const inner = 'lastError' in error ? error.lastError : undefined;
  return inner instanceof Error ? causeOf(inner) : error.message;
}

/** A run's failure, as its end carries it to every screen. */
export function runFailure(what: string, cause?: unknown): Ably.ErrorInfo {
  const inner = cause instanceof Ably.ErrorInfo ? cause : undefined;
  return new Ably.ErrorInfo(sentence(what), ErrorCode.StreamError, 500, inner);
}

/**
 * The failure that is worth telling: what Ably refused, rather than what came of it. Only code and message of a run's
 * error reach the page, so that a refusal inside another error would be lost (93002 in "unable to flush", say).
 */
export function tellingFailure(error: Ably.ErrorInfo): Ably.ErrorInfo {
  return error.cause instanceof Ably.ErrorInfo ? tellingFailure(error.cause) : error;
}

function sentence(text: string): string {
  const [first = ''] = text;
  return `${first.toUpperCase()}${text.slice(first.length)}${/[.!?]$/.test(text) ? '' : '.'}`;
}
