import {playInPages} from './random/places.ts';

playInPages({first: 6, last: 10});
