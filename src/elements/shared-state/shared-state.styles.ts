import {css} from 'lit';

export const sharedStateStyles = css`
  .message {
    margin-block-end: calc(var(--_space) * 3);
  }

  .written {
    flex: 1 1 100%;
  }

  .typed {
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }

  .answers {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
    margin-block-start: 0.375em;
  }

  .tree {
    --_indent: 1.125em;
    line-height: 1.4;
  }

  .level-2 { margin-inline-start: var(--_indent); }
  .level-3 { margin-inline-start: calc(2 * var(--_indent)); }
  .level-4 { margin-inline-start: calc(3 * var(--_indent)); }
  .level-5 { margin-inline-start: calc(4 * var(--_indent)); }
  .level-6 { margin-inline-start: calc(5 * var(--_indent)); }

  .row {
    position: relative;
    display: flex;
    align-items: center;
    gap: 0.375em;
    min-inline-size: 0;
    min-block-size: 32px;
    padding-inline: 0.125em 0.25em;
    border-radius: calc(var(--_radius) * 0.5);
    cursor: default;
  }

  .row:focus-visible {
    outline-offset: -2px;
  }

  .row[aria-expanded] {
    cursor: pointer;
  }

  .about {
    display: flex;
    flex: 1;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 0.5em;
    min-inline-size: 0;
    padding-block: 0.1875em;
  }

  .twist {
    display: grid;
    flex: none;
    align-self: flex-start;
    place-items: center;
    inline-size: 1em;
    block-size: 32px;
    color: var(--_muted);
  }

  .twist svg {
    inline-size: 0.875em;
    block-size: 0.875em;
    stroke-width: 2.25;
    transition: rotate 120ms;
  }

  .twist:dir(rtl) svg {
    rotate: 180deg;
  }

  .twist.open svg {
    rotate: 90deg;
  }

  .key {
    flex: none;
    max-inline-size: 100%;
    color: var(--_muted);
    overflow-wrap: anywhere;
  }

  [aria-expanded] > .about > .key {
    color: var(--_text);
    font-weight: 600;
  }

  .size {
    color: var(--_muted);
    font-size: 0.8125em;
  }

  .value {
    flex: 0 1 auto;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }

  .value:is(.number, .boolean, .counter, .object) {
    font-variant-numeric: tabular-nums;
    color: var(--_accent);
  }

  .value.counter {
    padding-inline: 0.5em;
    border-radius: 999px;
    background: color-mix(in oklab, var(--_accent), transparent 88%);
    font-weight: 600;
  }

  .buttons {
    display: inline-flex;
    flex: none;
    align-self: flex-start;
  }

  /* Over the row, so that what is there is not narrower for buttons that are seldom needed. */
  .row > .buttons {
    position: absolute;
    inset-block-start: 0;
    inset-inline-end: 0;
    border-radius: inherit;
    background: color-mix(in oklab, var(--_raised), var(--_surface) 35%);
    opacity: 0;
    transition: opacity 120ms;
  }

  .row:hover > .buttons,
  .row:focus-within > .buttons {
    opacity: 1;
  }

  .buttons svg {
    inline-size: 1em;
    block-size: 1em;
  }

  .edit {
    display: flex;
    flex: 1;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25em 0.375em;
    min-inline-size: min(12em, 100%);
    margin: 0;
  }

  .entry {
    flex: 1 1 6em;
    min-inline-size: 0;
    min-block-size: 30px;
    padding: 0.125em 0.5em;
    border: 1px solid color-mix(in oklab, var(--_border), var(--_text) 30%);
    border-radius: calc(var(--_radius) * 0.5);
    background: var(--_surface);
    color: inherit;
    font: inherit;
  }

  .entry::placeholder {
    color: var(--_muted);
    opacity: 1;
  }

  .entry[aria-invalid='true'] {
    border-color: var(--_danger);
  }

  .problem {
    flex: 1 1 100%;
    color: var(--_danger);
    font-size: 0.875em;
  }

  .add,
  .adding {
    margin-block-start: calc(var(--_space) * 2);
  }

  @media (hover: hover) {
    .row:hover {
      background: color-mix(in oklab, var(--_raised), transparent 35%);
    }
  }

  @media (pointer: coarse) {
    .row {
      min-block-size: 44px;
    }

    .row > .buttons {
      position: static;
      background: none;
      opacity: 1;
    }

    .twist {
      block-size: 44px;
    }

    .entry {
      min-block-size: 44px;
      /* Safari zooms into fields whose text is smaller than this. */
      font-size: max(16px, 1em);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .twist svg,
    .row > .buttons {
      transition: none;
    }
  }

  @media (forced-colors: active) {
    .value.counter {
      border: 1px solid CanvasText;
    }

    .row > .buttons {
      background: Canvas;
    }
  }
`;
