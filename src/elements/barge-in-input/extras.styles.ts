import {bargeInInputStyles} from './barge-in-input.styles.ts';
import {fileStyles} from './file.styles.ts';
import {menuStyles} from './menu.styles.ts';
import {queueStyles} from './queue.styles.ts';

/** What an input looks like with all that stands around the text. */
export const extrasStyles = [...bargeInInputStyles, menuStyles, queueStyles, fileStyles];
