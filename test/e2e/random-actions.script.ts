import {playInPages, playWithoutPages} from './random/places.ts';

/**
 * `SEED=17` repeats one script, `SEED=100..129` plays those; `ACTIONS=50` only the beginning, to find where it goes wrong.
 * `PAGES=none` plays them by sessions without pages: many in a short time. `TRACE=/tmp/trace` keeps, of each script that
 * fails, what was on the channel.
 */
const {SEED = '1', ACTIONS = '200', PAGES} = process.env;
const [first = 1, last = first] = SEED.split('..').map(Number);

(PAGES === 'none' ? playWithoutPages : playInPages)({first, last, actions: Number(ACTIONS)});
