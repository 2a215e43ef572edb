import './style.css';
import './content.css';
import './live.css';
import {offerCopy} from './copy.ts';
import {openMenu} from './menu.ts';
import {offerSearch} from './search.ts';
import {offerTheme} from './theme.ts';

offerTheme();
openMenu();
offerCopy(document);
offerSearch();
// Elements are loaded by the pages that have some, and the playground by its own.
if (document.querySelector('[data-live], [data-replay]')) void import('./live.ts').then(({startExamples, offerReplay}) => {
  startExamples();
  offerReplay();
});
if (document.querySelector('#playground')) void import('../playground/playground.ts').then(({startPlayground}) => startPlayground());
