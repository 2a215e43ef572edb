import {SessionError} from '../session/errors.ts';
import {readRecording, type Recording} from './recording.ts';

/**
 * Fetches a recording.
 * @throws {SessionError} that says what is wrong with the file.
 */
export async function loadRecording(src: string, signal: AbortSignal): Promise<Recording> {
  const hint = 'See that src is the address of a recording, and that the page may read it.';
  const response = await fetch(src, {signal}).catch((cause: unknown) => {
    throw new SessionError(`The recording ${src} could not be loaded.`, {kind: 'settings', hint, cause});
  });
  if (!response.ok) throw new SessionError(`The recording ${src} could not be loaded: the server answered ${response.status}.`, {kind: 'settings', hint});
  const value: unknown = await response.json().catch((cause: unknown) => {
    throw new SessionError(`${src} is not JSON, so it is not a recorded session.`, {kind: 'settings', hint, cause});
  });
  return readRecording(value, src);
}
