import {svg, type TemplateResult} from 'lit';
import {html} from 'lit';

/** Icons on a grid of 24, drawn with the colour of the text beside them. They carry no meaning of their own. */
export function icon(shape: TemplateResult): TemplateResult {
  return html`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">${shape}</svg>`;
}

export const icons = {
  send: icon(svg`<path d="M12 19V5M5.5 11.5 12 5l6.5 6.5"/>`),
  stop: icon(svg`<rect x="7" y="7" width="10" height="10" rx="2" fill="currentColor"/>`),
  down: icon(svg`<path d="M12 5v14M5.5 12.5 12 19l6.5-6.5"/>`),
  copy: icon(svg`<rect x="9" y="9" width="11" height="11" rx="2.5"/><path d="M5.5 15H5a1.5 1.5 0 0 1-1.5-1.5V5A1.5 1.5 0 0 1 5 3.5h8.5A1.5 1.5 0 0 1 15 5v.5"/>`),
  check: icon(svg`<path d="m5 12.5 4.5 4.5L19 7.5"/>`),
  alert: icon(svg`<circle cx="12" cy="12" r="9"/><path d="M12 7.5v5.25M12 16.25v.01"/>`),
  retry: icon(svg`<path d="M20 11.5A8 8 0 1 0 18.2 17M20 5v6.5h-6.5"/>`),
  clock: icon(svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5V12l3 2"/>`),
  offline: icon(svg`<path d="M3 3l18 18M8.5 15.5a5 5 0 0 1 6-.8M5.3 12.2a10 10 0 0 1 4-2.4M2 8.8a14.5 14.5 0 0 1 4-2.6M13.5 9.3a10 10 0 0 1 5.2 2.9M10.5 5.1A14.6 14.6 0 0 1 22 8.8M12 19v.01"/>`),
  chevron: icon(svg`<path d="m9 6 6 6-6 6"/>`),
  stopped: icon(svg`<circle cx="12" cy="12" r="8.5"/><rect x="9" y="9" width="6" height="6" rx="1.25" fill="currentColor" stroke="none"/>`),
  closed: icon(svg`<path d="M8.2 3h7.6L21 8.2v7.6L15.8 21H8.2L3 15.8V8.2zM9 9l6 6M15 9l-6 6"/>`),
  unlinked: icon(svg`<path d="m9.5 14.5-2 2a3.4 3.4 0 0 1-4.8-4.8l2.6-2.6M14.5 9.5l2-2a3.4 3.4 0 0 1 4.8 4.8l-2.6 2.6M8.5 2.5v3M15.5 18.5v3M2.5 6.5h2M19.5 17.5h2"/>`),
  absent: icon(svg`<circle cx="12" cy="12" r="7" stroke-dasharray="2.6 3.7"/>`),
  present: icon(svg`<circle cx="12" cy="12" r="6" fill="currentColor" stroke="none"/>`),
  dots: icon(svg`<g class="moving" fill="currentColor" stroke="none"><circle cx="4.5" cy="12" r="2.6"/><circle cx="12" cy="12" r="2.6"/><circle cx="19.5" cy="12" r="2.6"/></g>`),
  bars: icon(svg`<g class="moving" stroke-width="3"><path d="M5 9v6"/><path d="M12 5v14"/><path d="M19 9v6"/></g>`),
  edit: icon(svg`<path d="M4.5 19.5l1-4L16 5a2 2 0 0 1 3 3L8.5 18.5z"/>`),
  thumbUp: icon(svg`<path d="M7.5 11 11 3.75a2.25 2.25 0 0 1 2.4 2.6L13 9.5h5a2 2 0 0 1 2 2.35l-1.1 6A2 2 0 0 1 17 19.5H7.5zM4 11h3.5v8.5H4z"/>`),
  thumbDown: icon(svg`<path d="M16.5 13 13 20.25a2.25 2.25 0 0 1-2.4-2.6l.4-3.15H6a2 2 0 0 1-2-2.35l1.1-6A2 2 0 0 1 7 4.5h9.5zM20 13h-3.5V4.5H20z"/>`),
  caret: icon(svg`<path d="m7 10 5 5 5-5"/>`),
  previous: icon(svg`<path d="m15 6-6 6 6 6"/>`),
  eye: icon(svg`<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="2.75"/>`),
  bell: icon(svg`<path d="M6 10a6 6 0 0 1 12 0c0 5 2 6.5 2 6.5H4S6 15 6 10zM10 20a2.25 2.25 0 0 0 4 0"/>`),
  chat: icon(svg`<path d="M20 11.5a7.5 7.5 0 0 1-11 6.6L4.5 19.5l1.4-4.2A7.5 7.5 0 1 1 20 11.5z"/>`),
  person: icon(svg`<circle cx="12" cy="8.5" r="4"/><path d="M4.5 20a7.5 7.5 0 0 1 15 0"/>`),
  clip: icon(svg`<path d="m20 11-8.2 8.2a5 5 0 0 1-7-7L13 4a3.4 3.4 0 0 1 4.8 4.8l-8.2 8.2a1.7 1.7 0 0 1-2.4-2.4L14.6 7"/>`),
  microphone: icon(svg`<rect x="9" y="3" width="6" height="11" rx="3"/><path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3"/>`),
  cross: icon(svg`<path d="M6.5 6.5l11 11M17.5 6.5l-11 11"/>`),
} as const;
