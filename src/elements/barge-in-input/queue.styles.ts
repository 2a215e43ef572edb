import {css} from 'lit';

/** The messages that wait, above the box. */
export const queueStyles = css`
  .queue {
    margin-block-end: 6px;
    padding: 4px;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) + 4px);
    background: var(--_raised);
  }

  .queue .notice {
    margin-block-end: 4px;
  }

  .queue-head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5em;
    padding: 0.125em 0.5em;
    color: var(--_muted);
    font-size: 0.8125em;
    font-weight: 550;
  }

  .queue-count {
    flex: 1;
  }

  .queue-hold {
    display: block;
    font-weight: 400;
  }

  .queue ol {
    max-block-size: min(12.5em, 30dvh);
    margin: 0;
    padding: 0;
    /* Unlike none, this leaves it a list for Safari's screen reader. */
    list-style: '';
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
  }

  .queued {
    position: relative;
    display: flex;
    align-items: center;
    gap: 2px;
    border-radius: var(--_radius);
  }

  .queued + .queued {
    margin-block-start: 2px;
  }

  .queued .icon-button {
    --_target: 28px;
    flex: none;
  }

  .queued .icon-button > svg {
    inline-size: 1em;
    block-size: 1em;
  }

  .queued .icon-button[aria-disabled='true'] {
    background: none;
    color: var(--_muted);
    opacity: 0.4;
  }

  .queued-text {
    flex: 1;
    min-inline-size: 0;
    min-block-size: 30px;
    padding: 0.25em 0.5em;
    border-radius: calc(var(--_radius) * 0.67);
    overflow: hidden;
    line-height: 1.4;
    text-align: start;
    text-overflow: ellipsis;
    white-space: nowrap;
    cursor: text;
  }

  .queued :focus-visible {
    outline-offset: -2px;
  }

  .queued-files {
    display: inline-flex;
    flex: none;
    align-items: center;
    gap: 0.2em;
    padding-inline: 0.25em;
    color: var(--_muted);
    font-size: 0.8125em;
  }

  .grip {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 20px;
    block-size: 28px;
    color: var(--_muted);
    cursor: grab;
    opacity: 0.6;
    touch-action: none;
  }

  .grip > svg {
    inline-size: 1em;
    block-size: 1em;
  }

  .queued.dragged {
    opacity: 0.5;
  }

  .queued.before::before,
  .queued.after::after {
    position: absolute;
    inset-inline: 0;
    block-size: 2px;
    border-radius: 1px;
    background: var(--_accent);
    content: '';
  }

  .queued.before::before {
    inset-block-start: -2px;
  }

  .queued.after::after {
    inset-block-end: -2px;
  }

  .editor {
    display: flex;
    flex: 1;
    flex-wrap: wrap;
    align-items: flex-end;
    justify-content: flex-end;
    gap: 4px;
    min-inline-size: 0;
    padding: 2px;
  }

  .editor textarea {
    flex: 1 1 12em;
    min-inline-size: 0;
    min-block-size: 32px;
    max-block-size: 8em;
    margin: 0;
    padding: 0.25em 0.5em;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) * 0.67);
    background: var(--_surface);
    field-sizing: content;
    line-height: 1.4;
    overflow-wrap: anywhere;
    resize: none;
    unicode-bidi: plaintext;
  }

  @container (inline-size < 420px) {
    .editor textarea {
      flex-basis: 100%;
    }
  }

  /* Only those who use the keys here have use for them. */
  .queue-keys {
    margin: 0;
    padding: 0.125em 0.625em;
    color: var(--_muted);
    font-size: 0.75em;
  }

  .queue:not(:has(.queued-text:focus-visible, .icon-button:focus-visible)) .queue-keys {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    padding: 0;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  @media (hover: hover) {
    .queued:hover {
      background: color-mix(in oklab, var(--_raised), var(--_text) 4%);
    }

    .queued .icon-button:not([aria-disabled='true']):hover {
      background: color-mix(in oklab, var(--_raised), var(--_text) 10%);
    }
  }

  @media (pointer: coarse) {
    .queued .icon-button {
      --_target: 40px;
      inline-size: 34px;
    }

    .queued-text {
      min-block-size: 44px;
    }

    .grip {
      block-size: 44px;
    }

    .editor textarea {
      font-size: max(16px, 1em);
    }
  }

  @media (forced-colors: active) {
    .queued.before::before,
    .queued.after::after {
      background: Highlight;
    }

    .queued .icon-button[aria-disabled='true'] {
      border-color: GrayText;
      color: GrayText;
      opacity: 1;
    }
  }
`;
