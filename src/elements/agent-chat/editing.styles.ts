import {css} from 'lit';

/** What a person can do with messages: go between their versions, judge them, choose what to say. */
export const editingStyles = css`
  .thanks {
    margin: 0.25em 0 0;
    color: var(--_muted);
    font-size: 0.875em;
  }

  .tools [aria-pressed='true'] {
    color: var(--_accent);
  }

  .tools [aria-pressed='true'] > svg {
    fill: color-mix(in oklab, currentColor, transparent 75%);
  }

  /* What it says is to be read. */
  .tools:has(.branch) {
    opacity: 1;
  }

  .own-tools {
    margin-inline: 0 -5px;
  }

  /* Under what the person points at, in the room between two rows. */
  @media (hover: hover) {
    .own-tools:not(:has(.branch)) {
      position: absolute;
      inset-block-start: 100%;
      inset-inline-end: 0;
      z-index: 1;
      opacity: 0;
    }

    .message:has(> .own-tools:not(:has(.branch))) > .delivery.quiet {
      inset-inline-end: 32px;
      margin-block-start: 0.4375em;
    }

    .message:is(:hover, :focus-within) > .own-tools {
      opacity: 1;
    }

    .message:focus-within > .delivery.quiet {
      opacity: 1;
    }
  }

  .message.mine:has(> .own-tools:not(:has(.branch))) + .row:not(.day) {
    margin-block-start: var(--_gap);
  }

  .message.mine:has(> .own-tools:not(:has(.branch))) + .grouped {
    margin-block-start: 6px;
  }

  .branch {
    display: flex;
    align-items: center;
  }

  .branch-place {
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }

  .flips > svg:dir(rtl) {
    scale: -1 1;
  }

  .icon-button[aria-disabled='true'] {
    opacity: 0.4;
  }

  .copy {
    position: relative;
    display: flex;
  }

  .tools .icon-button.narrow {
    inline-size: 20px;
    margin-inline-start: -4px;
  }

  .narrow > svg {
    inline-size: 0.875em;
    block-size: 0.875em;
  }

  .menu {
    position: absolute;
    inset-block-end: calc(100% + 4px);
    inset-inline-start: 0;
    z-index: 1;
    display: grid;
    padding: 4px;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) * 0.83);
    background: var(--_surface);
    box-shadow: 0 4px 16px light-dark(rgb(16 24 40 / 14%), rgb(0 0 0 / 50%));
    color: var(--_text);
    white-space: nowrap;
  }

  .menu > button {
    min-block-size: var(--_target);
    padding: 0.25em 0.75em;
    border-radius: calc(var(--_radius) * 0.5);
    text-align: start;
  }

  .menu > button:is(:hover, :focus) {
    background: var(--_raised);
  }

  .missed {
    flex-wrap: wrap;
    color: var(--_warning);
  }

  .missed > .text-button {
    font-size: 1em;
  }

  .row-failure {
    margin-block-start: 0.5em;
  }

  .prompts {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
  }

  .suggestions {
    margin-block-start: 0.75em;
  }

  .starters.prompts,
  .prompts[role='alert'],
  .notify {
    flex: none;
    inline-size: 100%;
    max-inline-size: calc(var(--_measure) + 2 * var(--_gutter));
    margin-inline: auto;
    padding: 0 var(--_gutter) calc(var(--_space) * 2);
  }

  .notify {
    display: flex;
    justify-content: center;
  }

  .prompt {
    min-block-size: 34px;
    padding: 0.3125em 0.875em;
    border: 1px solid var(--_border);
    border-radius: 17px;
    background: var(--_surface);
    font-size: 0.9375em;
    line-height: 1.4;
    text-align: start;
    overflow-wrap: anywhere;
  }

  @media (hover: hover) {
    .prompt:hover {
      border-color: color-mix(in oklab, var(--_border), var(--_text) 25%);
      background: var(--_raised);
    }
  }

  @media (pointer: coarse) {
    .prompt {
      min-block-size: 44px;
      border-radius: 22px;
    }

    .tools .icon-button.narrow {
      inline-size: 32px;
    }
  }

  @media (forced-colors: active) {
    .editor:focus-within {
      outline: 2px solid Highlight;
    }

    .tools [aria-pressed='true'] {
      border: 2px solid Highlight;
      color: Highlight;
    }

    .icon-button[aria-disabled='true'] {
      border-color: GrayText;
      color: GrayText;
    }

    .prompt {
      border-color: ButtonText;
    }
  }
`;
