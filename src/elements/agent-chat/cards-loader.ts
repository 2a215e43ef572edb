import {Lazy} from '../../internal/lazy.ts';

/** What draws the parts of messages that are not text, and what a person opens in them. */
export const lazyCards = new Lazy(() => import('./cards.ts'), 'Tool calls, files and the like show as no more than their names');
