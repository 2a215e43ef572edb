import {svg} from 'lit';
import {icon} from './icons.ts';

/** Icons of what is loaded after the conversation itself. */
export const lateIcons = {
  file: icon(svg`<path d="M13.5 3.5H7A1.5 1.5 0 0 0 5.5 5v14A1.5 1.5 0 0 0 7 20.5h10a1.5 1.5 0 0 0 1.5-1.5V8.5zM13.5 3.5v5h5"/>`),
  ring: icon(svg`<circle cx="12" cy="12" r="8.5" opacity="0.3"/><path class="moving" d="M12 3.5a8.5 8.5 0 0 1 8.5 8.5"/>`),
  plus: icon(svg`<path d="M12 5v14M5 12h14"/>`),
  minus: icon(svg`<path d="M5 12h14"/>`),
  remove: icon(svg`<path d="M4.5 7h15M9.5 7V4.5h5V7M6.5 7l1 12.5h9l1-12.5M10.25 11v5M13.75 11v5"/>`),
  hand: icon(svg`<path d="M7.5 12V6.25a1.5 1.5 0 0 1 3 0V11m0-.5V4.75a1.5 1.5 0 0 1 3 0V11m0-4.25a1.5 1.5 0 0 1 3 0V12m0-2.5a1.5 1.5 0 0 1 3 0V14a6.5 6.5 0 0 1-6.5 6.5h-.75a6.5 6.5 0 0 1-5.2-2.6L4 14.3a1.5 1.5 0 0 1 2.3-1.9L7.5 13.7"/>`),
  braces: icon(svg`<path d="M9 4.5H8A2 2 0 0 0 6 6.5V10a2 2 0 0 1-2 2 2 2 0 0 1 2 2v3.5a2 2 0 0 0 2 2h1M15 4.5h1a2 2 0 0 1 2 2V10a2 2 0 0 0 2 2 2 2 0 0 0-2 2v3.5a2 2 0 0 1-2 2h-1"/>`),
  download: icon(svg`<path d="M12 4v11M6.5 10 12 15.5 17.5 10M5 20h14"/>`),
  thought: icon(svg`<path d="M12 4.5a5.5 5.5 0 0 0-3.5 9.75c.6.5 1 1.25 1 2.25h5c0-1 .4-1.75 1-2.25A5.5 5.5 0 0 0 12 4.5zM10 19.5h4"/>`),
  interrupt: icon(svg`<path d="M4.5 6v12M19.5 12h-11M13 6.5 19.5 12 13 17.5"/>`),
  steer: icon(svg`<path d="M4.5 5v5.5a4 4 0 0 0 4 4h11M14 9l5.5 5.5L14 20"/>`),
  queue: icon(svg`<path d="M4.5 6.5h15M4.5 12h9M4.5 17.5h9M18 12.5v7M14.5 16h7"/>`),
  alongside: icon(svg`<path d="M4.5 8h14M14.5 4l4 4-4 4M4.5 16h14M14.5 12l4 4-4 4"/>`),
  up: icon(svg`<path d="M12 19V5M5.5 11.5 12 5l6.5 6.5"/>`),
  grip: icon(svg`<g fill="currentColor" stroke="none"><circle cx="9" cy="6" r="1.6"/><circle cx="15" cy="6" r="1.6"/><circle cx="9" cy="12" r="1.6"/><circle cx="15" cy="12" r="1.6"/><circle cx="9" cy="18" r="1.6"/><circle cx="15" cy="18" r="1.6"/></g>`),
  pause: icon(svg`<path d="M8.5 6v12M15.5 6v12"/>`),
} as const;
