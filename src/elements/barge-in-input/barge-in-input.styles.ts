import {css} from 'lit';

export const bargeInInputStyles = css`
  :host {
    display: block;
    min-inline-size: 0;
  }

  .frame {
    display: block;
  }

  .box {
    display: flex;
    align-items: flex-end;
    gap: 4px;
    padding: 5px;
    border: 1px solid var(--barge-in-input-border-color, var(--_border));
    border-radius: var(--barge-in-input-radius, 22px);
    background: var(--barge-in-input-surface, var(--_surface));
    box-shadow: 0 1px 2px light-dark(rgb(16 24 40 / 5%), rgb(0 0 0 / 20%));
    cursor: text;
    transition: border-color 120ms;
  }

  .box:focus-within {
    border-color: var(--_accent);
    box-shadow: 0 0 0 3px color-mix(in oklab, var(--_accent), transparent 82%);
  }

  textarea {
    flex: 1;
    min-inline-size: 0;
    min-block-size: 32px;
    max-block-size: var(--barge-in-input-max-height, 200px);
    margin: 0;
    padding: 0.28em 0.75em;
    border: 0;
    background: none;
    field-sizing: content;
    line-height: 1.5;
    overflow-wrap: anywhere;
    overflow-y: auto;
    resize: none;
    scrollbar-width: thin;
    /* Each paragraph takes its own direction. */
    unicode-bidi: plaintext;
  }

  /* The box shows the focus. */
  textarea:focus-visible {
    outline: 0;
  }

  textarea::placeholder {
    color: var(--_muted);
    opacity: 1;
  }

  .action {
    display: inline-grid;
    flex: none;
    place-items: center;
    inline-size: var(--_target);
    block-size: var(--_target);
    padding: 0;
    border-radius: 999px;
    background: var(--_accent);
    color: var(--_on-accent);
    transition: background-color 120ms, color 120ms, opacity 120ms;
  }

  .action > svg {
    inline-size: 1.3em;
    block-size: 1.3em;
  }

  .action.stop {
    background: var(--_text);
    color: var(--_surface);
  }

  .action[aria-disabled='true'] {
    background: var(--_raised);
    color: var(--_muted);
  }

  .action.busy {
    animation: breathe 1.6s ease-in-out infinite;
  }

  .error {
    margin-block: 0 8px;
  }

  @keyframes breathe {
    50% {
      opacity: 0.5;
    }
  }

  @media (hover: hover) {
    .action:not([aria-disabled='true']):hover {
      background: color-mix(in oklab, var(--_accent), var(--_text) 15%);
    }

    .action.stop:not([aria-disabled='true']):hover {
      background: color-mix(in oklab, var(--_text), var(--_surface) 20%);
    }
  }

  @media (pointer: coarse) {
    textarea {
      min-block-size: 44px;
      padding-block: 0.6em;
      /* Safari zooms into fields whose text is smaller than this. */
      font-size: max(16px, 1em);
    }

    .box {
      border-radius: var(--barge-in-input-radius, 28px);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .box,
    .action {
      transition: none;
    }

    .action.busy {
      animation: none;
      opacity: 0.6;
    }
  }

  @media (forced-colors: active) {
    .box:focus-within {
      outline: 2px solid Highlight;
    }

    .action {
      border: 1px solid ButtonText;
    }

    .action[aria-disabled='true'] {
      border-color: GrayText;
      color: GrayText;
    }
  }
`;
