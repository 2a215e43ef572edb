import {css} from 'lit';
import {baseStyles} from '../shared/base.styles.ts';
import {noticeStyles} from '../shared/notice.styles.ts';

/** The box itself. */
const boxStyles = css`
  :host {
    display: block;
    min-inline-size: 0;
    max-inline-size: 100%;
  }

  .frame {
    display: block;
    container-type: inline-size;
    /* What it is as wide as where its place is as wide as its content: a container has no width of its own. */
    contain-intrinsic-inline-size: 320px;
  }

  .box {
    position: relative;
    padding: 5px;
    border: 1px solid var(--barge-in-input-border-color, var(--_border));
    border-radius: var(--barge-in-input-radius, 22px);
    background: var(--barge-in-input-surface, var(--_surface));
    box-shadow: 0 1px 2px light-dark(rgb(16 24 40 / 5%), rgb(0 0 0 / 20%));
    cursor: text;
    transition: border-color 120ms;
  }

  .box:has(textarea:focus) {
    border-color: var(--_accent);
    box-shadow: 0 0 0 3px color-mix(in oklab, var(--_accent), transparent 82%);
  }

  @supports not selector(:has(a)) {
    .box:focus-within {
      border-color: var(--_accent);
      box-shadow: 0 0 0 3px color-mix(in oklab, var(--_accent), transparent 82%);
    }
  }

  .line {
    display: flex;
    align-items: flex-end;
    gap: 4px;
  }

  .tools {
    display: flex;
    flex: none;
    align-items: center;
    gap: 4px;
    margin-inline-start: auto;
  }

  .line textarea {
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
  .line textarea:focus-visible {
    outline: 0;
  }

  .line textarea::placeholder {
    color: var(--_muted);
    opacity: 1;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .action {
    display: inline-flex;
    flex: none;
    align-items: center;
    justify-content: center;
    gap: 0.375em;
    min-inline-size: var(--_target);
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

  .action.said {
    padding-inline: 0.625em 0.875em;
    font-size: 0.875em;
    font-weight: 550;
    white-space: nowrap;
  }

  .action.stop.said {
    background: var(--_raised);
    color: var(--_text);
  }

  .tool {
    flex: none;
    border-radius: 999px;
  }

  .tool:disabled {
    opacity: 0.5;
  }

  .dictation.listening {
    background: color-mix(in oklab, var(--_danger), transparent 86%);
    color: var(--_danger);
  }

  .dictation.listening > svg,
  .action.busy > svg {
    animation: breathe 1.6s ease-in-out infinite;
  }

  .error,
  .remark {
    margin-block: 0 8px;
  }

  .notice.remark .icon-button {
    --_target: 28px;
    margin-block: -0.25em;
    margin-inline-end: -0.375em;
  }

  /* With little room the text has a line of its own. */
  @container (inline-size < 420px) {
    .line.with-tools {
      flex-wrap: wrap;
    }

    .line.with-tools textarea {
      flex-basis: 100%;
      order: -1;
    }
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
    .line textarea {
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

    .dictation.listening > svg,
    .action.busy > svg {
      animation: none;
      opacity: 0.6;
    }
  }

  @media (forced-colors: active) {
    .box:has(textarea:focus) {
      outline: 2px solid Highlight;
    }

    .action {
      border: 1px solid ButtonText;
    }

    .dictation.listening {
      border: 2px solid Highlight;
      color: Highlight;
    }

    .action[aria-disabled='true'] {
      border-color: GrayText;
      color: GrayText;
    }
  }
`;

export const bargeInInputStyles = [baseStyles, noticeStyles, boxStyles];
