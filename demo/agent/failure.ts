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

function sentence(text: string): string {
  const [first = ''] = text;
  return `${first.toUpperCase()}${text.slice(first.length)}${/[.!?]$/.test(text) ? '' : '.'}`;
}
