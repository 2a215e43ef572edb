// What an input shows beside its text. Loaded apart, so that typing need not wait for it.
export {extrasStyles as styles} from './extras.styles.ts';
export {Dictation} from './dictation.ts';
export {filesView} from './file-views.ts';
export {PolicyMenu} from './policy-menu.ts';
export {queueView} from './queue-view.ts';
