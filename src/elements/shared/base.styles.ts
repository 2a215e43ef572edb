import {css} from 'lit';

/**
 * What all elements share: the tokens, and a frame that nothing inherited from the page can disturb. The tokens are
 * read into private names once, so that their defaults stand in one place.
 */
export const baseStyles = css`
  :host {
    --_text: var(--agent-color-text, light-dark(#1d2027, #e7e9ee));
    --_muted: var(--agent-color-muted, light-dark(#5d6470, #9ba2af));
    --_surface: var(--agent-color-surface, light-dark(#fff, #15171c));
    --_raised: var(--agent-color-raised, light-dark(#f2f4f7, #22252c));
    --_border: var(--agent-color-border, light-dark(#dfe3e9, #30343d));
    --_accent: var(--agent-color-accent, light-dark(#2f56d9, #93aaff));
    --_on-accent: var(--agent-color-on-accent, light-dark(#fff, #10131c));
    --_danger: var(--agent-color-danger, light-dark(#b3261e, #ff9d93));
    --_danger-surface: var(--agent-color-danger-surface, light-dark(#fdf2f1, #2b1b1b));
    --_warning: var(--agent-color-warning, light-dark(#7c5200, #efc46d));
    --_warning-surface: var(--agent-color-warning-surface, light-dark(#fdf6e5, #282214));
    --_code-bg: var(--agent-color-code-bg, light-dark(#f5f6f8, #1c1f25));
    --_font: var(--agent-font-family, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif);
    --_mono: var(--agent-font-mono, ui-monospace, 'SF Mono', 'Cascadia Mono', 'Segoe UI Mono', 'Liberation Mono', Menlo, monospace);
    --_size: var(--agent-font-size, 0.9375em);
    --_radius: var(--agent-radius, 12px);
    --_space: var(--agent-space, 4px);
    --_target: 32px;
    box-sizing: border-box;
  }

  :host([hidden]) {
    display: none !important;
  }

  /* Inherited properties of the page end here; what makes an element appear and react at all does not. */
  .frame {
    all: initial;
    box-sizing: border-box;
    color-scheme: inherit;
    pointer-events: inherit;
    visibility: inherit;
    color: var(--_text);
    /* The size that the person has set in the browser, whatever the page makes of rem. */
    font: 400 medium / 1.55 var(--_font);
    font-synthesis-weight: none;
    text-rendering: optimizeLegibility;
    -webkit-text-size-adjust: 100%;
    text-size-adjust: 100%;
    -webkit-tap-highlight-color: transparent;
  }

  .frame > * {
    font-size: var(--_size);
  }

  .frame *,
  .frame *::before,
  .frame *::after {
    box-sizing: border-box;
  }

  button,
  textarea {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }

  button {
    appearance: none;
    margin: 0;
    border: 0;
    background: none;
    cursor: pointer;
  }

  button[aria-disabled='true'],
  button:disabled {
    cursor: default;
  }

  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }

  svg {
    display: block;
    flex: none;
    inline-size: 1.125em;
    block-size: 1.125em;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .icon-button {
    display: inline-grid;
    place-items: center;
    inline-size: var(--_target);
    block-size: var(--_target);
    padding: 0;
    border-radius: calc(var(--_radius) * 0.67);
    color: var(--_muted);
  }

  .text-button {
    display: inline-flex;
    align-items: center;
    gap: 0.375em;
    min-block-size: 30px;
    padding: 0.125em 0.75em;
    border: 1px solid var(--_border);
    border-radius: 999px;
    background: var(--_surface);
    color: var(--_text);
    font-size: 0.875em;
    font-weight: 550;
    line-height: 1.3;
  }

  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  @media (hover: hover) {
    .icon-button:hover {
      background: var(--_raised);
      color: var(--_text);
    }

    .text-button:hover {
      border-color: color-mix(in oklab, var(--_border), var(--_text) 25%);
      background: var(--_raised);
    }
  }

  @media (pointer: coarse) {
    :host {
      --_target: 44px;
    }

    .text-button {
      min-block-size: 44px;
      padding-inline: 1em;
    }
  }

  @media (forced-colors: active) {
    :focus-visible {
      outline-color: Highlight;
    }

    .text-button,
    .icon-button {
      border: 1px solid ButtonText;
    }
  }
`;
