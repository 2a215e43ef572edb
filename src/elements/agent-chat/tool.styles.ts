import {css} from 'lit';

/** Tool calls. */
export const toolStyles = css`
  .tool {
    display: grid;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) * 0.83);
    font-size: 0.9375em;
    overflow-wrap: anywhere;
  }

  .tool-fold > summary,
  .tool-summary {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto auto;
    align-items: center;
    gap: 0.25em 0.5em;
    min-block-size: 2.25em;
    padding: 0.3125em 0.625em;
    border-radius: inherit;
    list-style: none;
  }

  .tool-fold {
    border-radius: inherit;
  }

  .tool-fold > summary {
    cursor: pointer;
  }

  .tool-fold > summary::-webkit-details-marker {
    display: none;
  }

  .tool-icon {
    color: var(--_muted);
  }

  .tool-done .tool-icon {
    color: var(--_success);
  }

  .tool-failed :is(.tool-icon, .tool-state),
  .tool-denied .tool-icon {
    color: var(--_danger);
  }

  .tool-asking :is(.tool-icon, .tool-state),
  .tool-page :is(.tool-icon, .tool-state) {
    color: var(--_warning);
  }

  .tool-line {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .tool-title {
    font-weight: 550;
  }

  .tool-brief {
    color: var(--_muted);
  }

  /* While it goes on, or waits, the line says all it can. */
  :is(.tool-preparing, .tool-running, .tool-page, .tool-asking) .tool-line {
    white-space: normal;
  }

  .tool-state {
    color: var(--_muted);
    font-size: 0.9286em;
    white-space: nowrap;
  }

  .fold-mark > svg {
    color: var(--_muted);
    transition: rotate 120ms;
  }

  details[open] > summary > .fold-mark > svg {
    rotate: 90deg;
  }

  .fold-mark > svg:dir(rtl) {
    scale: -1 1;
  }

  .tool-body {
    display: grid;
    gap: 0.25em;
    padding: 0.125em 0.875em 0.75em;
  }

  .tool-body > .value + .caption {
    margin-block-start: 0.5em;
  }

  .tool-note {
    margin: 0;
    padding-block-end: 0.5em;
    padding-inline: 2.25em 0.75em;
  }

  /* What is opened says it already. */
  .tool-fold[open] + .echo {
    display: none;
  }

  .tool > :is(.decision, .refusals) {
    padding: 0.4375em 0.75em;
    border-block-start: 1px solid var(--_border);
  }

  .tool > :is(.decision, .refusals) p {
    font-size: 0.9643em;
  }

  :is(.tool-preparing, .tool-running) .tool-icon > svg {
    animation: turn 1.1s linear infinite;
  }

  /* Beside what a run waits for. */
  .run > .text-button {
    flex: none;
    margin-inline-start: 0.25em;
    font-size: 1em;
  }

  @media print {
    .run > .text-button {
      display: none;
    }
  }

  @media (hover: hover) {
    .tool-fold > summary:hover {
      background: var(--_raised);
    }
  }

  @media (pointer: coarse) {
    .tool-fold > summary {
      min-block-size: 44px;
    }
  }

  @container agent-chat (inline-size < 420px) {
    .tool-done .tool-state {
      position: absolute;
      inline-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .tool-icon > svg,
    .fold-mark > svg {
      animation: none;
      transition: none;
    }
  }
`;
