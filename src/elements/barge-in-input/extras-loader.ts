import {Lazy} from '../../internal/lazy.ts';

/** What stands around the text: messages that wait, files, the menu of ways to send, dictation. */
export const lazyExtras = new Lazy(() => import('./extras.ts'), '<barge-in-input> shows no messages that wait, no files and no ways to send');
