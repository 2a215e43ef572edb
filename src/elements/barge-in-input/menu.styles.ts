import {css} from 'lit';

/** The menu of ways to send, and its button. */
export const menuStyles = css`
  .policy {
    display: inline-flex;
    flex: none;
    align-items: center;
    gap: 0.3em;
    min-block-size: var(--_target);
    padding-inline: 0.625em 0.5em;
    border-radius: 999px;
    color: var(--_muted);
    font-size: 0.875em;
    font-weight: 550;
    white-space: nowrap;
  }

  .policy .fold > svg {
    inline-size: 0.9em;
    block-size: 0.9em;
    rotate: -90deg;
    transition: rotate 120ms;
  }

  .policy-icon:dir(rtl) {
    scale: -1 1;
  }

  .policy[aria-expanded='true'] {
    background: var(--_raised);
    color: var(--_text);
  }

  .policy[aria-expanded='true'] .fold > svg {
    rotate: 90deg;
  }

  .menu {
    position: fixed;
    inset: auto;
    inline-size: max-content;
    margin: 0;
    padding: 5px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    box-shadow: 0 4px 16px light-dark(rgb(16 24 40 / 14%), rgb(0 0 0 / 50%));
    color: var(--_text);
    overflow-y: auto;
    overscroll-behavior: contain;
    animation: appear 100ms ease-out;
  }

  .menu > button {
    display: grid;
    grid-template-columns: auto 1fr auto;
    column-gap: 0.625em;
    inline-size: 100%;
    padding: 0.4375em 0.625em;
    border-radius: calc(var(--_radius) * 0.67);
    line-height: 1.4;
    text-align: start;
  }

  .menu > button:focus-visible {
    outline-offset: -2px;
  }

  .menu > button:focus {
    background: var(--_raised);
  }

  .menu .policy-icon {
    padding-block-start: 0.15em;
    color: var(--_muted);
  }

  .menu [aria-checked='true'] .policy-icon,
  .menu [aria-checked='true'] .policy-words > :first-child {
    color: var(--_accent);
  }

  .policy-words {
    display: contents;
    font-weight: 550;
  }

  .policy-text {
    grid-column: 2 / -1;
    grid-row: 2;
    color: var(--_muted);
    font-size: 0.875em;
    font-weight: 400;
  }

  .menu kbd {
    align-self: center;
    padding: 0.1em 0.45em;
    border: 1px solid var(--_border);
    border-radius: 5px;
    color: var(--_muted);
    font: inherit;
    font-size: 0.75em;
    white-space: nowrap;
  }

  /* Where there is no keyboard, keys are no help. */
  @media (hover: none) and (pointer: coarse) {
    .menu kbd {
      display: none;
    }
  }

  @keyframes appear {
    from {
      translate: 0 4px;
    }
  }

  @container (inline-size < 420px) {
    .line:not(.with-tools) .policy {
      padding-inline: 0.375em;
    }

    .line:not(.with-tools) .policy-name {
      display: none;
    }
  }

  @media (hover: hover) {
    .policy:hover {
      background: var(--_raised);
      color: var(--_text);
    }

    .menu > button:hover {
      background: var(--_raised);
    }
  }

  @media (pointer: coarse) {
    .menu > button {
      min-block-size: 44px;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .menu {
      animation: none;
    }

    .policy .fold > svg {
      transition: none;
    }
  }

  @media (forced-colors: active) {
    .policy {
      border: 1px solid ButtonText;
    }

    .menu [aria-checked='true'] {
      border: 1px solid Highlight;
    }
  }
`;
