import {SessionError} from '../session/errors.ts';
import type {SessionOpener} from '../session/settings.ts';

let opener: SessionOpener | undefined;

/** Says how sessions are opened. `<agent-session>`, the composition root, does so once when it is loaded. */
export function provideSessionOpener(open: SessionOpener): void {
  opener = open;
}

/** Opens or joins a session. Elements reach the channel through this, so that they need not know what is behind it. */
export const openSession: SessionOpener = (settings) => {
  if (!opener) {
    throw new SessionError('No session can be opened: <agent-session> is not loaded.', {
      kind: 'settings',
      hint: "Import 'agent-session-elements/define', or the entry of <agent-session>, before the element is used.",
    });
  }
  return opener(settings);
};
