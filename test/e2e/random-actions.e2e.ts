import {playInPages} from './random/places.ts';

// The other five are in a file of their own, which runs beside this one.
playInPages({first: 1, last: 5});
