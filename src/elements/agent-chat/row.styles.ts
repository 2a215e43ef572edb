import {css} from 'lit';

/** The rows of a conversation. */
export const rowStyles = css`
  /* As high as the line of a card. */
  .waiting-card {
    min-block-size: 2.25em;
    padding: 0.3125em 0.625em;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) * 0.83);
    color: var(--_muted);
    font-size: 0.9375em;
  }

  .row + .row {
    margin-block-start: var(--_gap);
  }

  .message {
    position: relative;
    border-radius: calc(var(--_radius) * 0.67);
    overflow-wrap: anywhere;
    scroll-margin-block: 16px;
  }

  .message:focus-visible {
    outline-offset: 6px;
  }

  .content {
    display: flex;
    flex-direction: column;
    align-items: stretch;
    gap: 0.625em;
    min-inline-size: 0;
  }

  .plain {
    white-space: pre-wrap;
    unicode-bidi: plaintext;
  }

  /* Who said it. */
  .author {
    display: flex;
    align-items: center;
    gap: 0.5em;
    margin-block-end: 0.25em;
    font-size: 0.875em;
    line-height: 1.4;
  }

  .name {
    overflow: hidden;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .time {
    flex: none;
    color: var(--_muted);
    font-size: 0.8571em;
    font-variant-numeric: tabular-nums;
  }

  .avatar {
    inline-size: 1.75em;
    block-size: 1.75em;
    font-size: 0.8571em;
  }

  /* What people say. */
  .mine {
    display: flex;
    flex-direction: column;
    align-items: flex-end;
  }

  .mine > .content,
  .other > .content {
    max-inline-size: min(85%, 40em);
    padding: 0.4375em 0.875em;
    border-radius: var(--agent-chat-bubble-radius, 18px);
    background: var(--agent-chat-bubble, var(--_raised));
  }

  .mine > .content {
    color: var(--agent-chat-on-bubble, var(--_text));
  }

  .mine > .content {
    border-end-end-radius: min(5px, var(--agent-chat-bubble-radius, 18px));
  }

  .other > .content {
    inline-size: fit-content;
    margin-inline-start: 2em;
    border-start-start-radius: min(5px, var(--agent-chat-bubble-radius, 18px));
    background: var(--agent-chat-other-bubble, transparent);
    box-shadow: inset 0 0 0 1px var(--_border);
  }

  .mine.queued > .content,
  .mine.failed > .content {
    background: transparent;
    color: var(--_text);
    box-shadow: inset 0 0 0 1px var(--_border);
  }

  .row + .grouped {
    margin-block-start: 6px;
  }

  .row:is(.failed, .queued) + .grouped {
    margin-block-start: 14px;
  }

  .system > .content {
    color: var(--_muted);
    font-size: 0.9375em;
  }

  .delivery {
    display: flex;
    align-items: center;
    gap: 0.375em;
    margin-block-start: 0.25em;
    padding-inline: 0.25em;
    color: var(--_muted);
    font-size: 0.8125em;
  }

  .delivery.quiet {
    position: absolute;
    inset-block-start: 100%;
    margin-block-start: 0.125em;
    font-size: 0.875em;
    opacity: 0;
    pointer-events: none;
    transition: opacity 120ms;
  }

  .message:hover > .delivery.quiet,
  .message:focus-visible > .delivery.quiet {
    opacity: 1;
  }

  /* Says so only when it takes long enough to be noticed. */
  .delivery.late {
    animation: appear 200ms 700ms both;
  }

  .mine > .failed {
    align-self: stretch;
    margin-block-start: 0.5em;
  }

  .tools {
    display: flex;
    align-items: center;
    gap: 0.25em;
    margin-block-start: 2px;
    margin-inline-start: -7px;
    color: var(--_muted);
    font-size: 0.875em;
    opacity: 0.75;
    transition: opacity 120ms;
  }

  .tools .icon-button {
    inline-size: calc(var(--_target) - 4px);
    block-size: calc(var(--_target) - 4px);
  }

  .message:has(> .tools) + .row:not(.day) {
    margin-block-start: calc(var(--_gap) * 0.5);
  }

  .message:hover > .tools,
  .message:focus-within > .tools {
    opacity: 1;
  }

  /* What runs do. */
  .run {
    display: flex;
    align-items: center;
    gap: 0.5em;
    min-block-size: 1.5em;
    color: var(--_muted);
    font-size: 0.875em;
  }

  .message + .run {
    margin-block-start: 10px;
  }

  .run > .notice {
    flex: 1;
    color: var(--_text);
    font-size: 1.0714em;
  }

  .run:is(.suspended, .unconfirmed) {
    color: var(--_warning);
  }

  .run.unconfirmed > svg {
    align-self: start;
    margin-block-start: 0.25em;
  }

  .dots {
    display: inline-flex;
    align-items: center;
    gap: 0.25em;
    padding-inline: 0.125em;
  }

  .dots > * {
    inline-size: 0.375em;
    block-size: 0.375em;
    border-radius: 50%;
    background: currentColor;
    animation: pulse 1.2s ease-in-out infinite;
  }

  .dots.still > * {
    animation: none;
    opacity: 0.6;
  }

  .dots > :nth-child(2) { animation-delay: 0.16s; }
  .dots > :nth-child(3) { animation-delay: 0.32s; }

  .day {
    display: flex;
    align-items: center;
    gap: 12px;
    color: var(--_muted);
    font-size: 0.8125em;
    font-weight: 500;
  }

  .day::before,
  .day::after {
    flex: 1;
    border-block-start: 1px solid var(--_border);
    content: '';
  }

  @keyframes pulse {
    0%, 60%, 100% { opacity: 0.25; }
    30% { opacity: 0.9; }
  }

  @keyframes appear {
    from { opacity: 0; }
  }

  @media (pointer: coarse) {
    /* The target may be larger than the room that its icon needs. */
    .tools {
      margin-block: -6px -10px;
      margin-inline-start: -13px;
      opacity: 1;
    }

    .tools .icon-button {
      inline-size: var(--_target);
      block-size: var(--_target);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .dots > * {
      animation: none;
      opacity: 0.6;
    }

    .tools,
    .delivery {
      animation: none;
      transition: none;
    }
  }

  @media (forced-colors: active) {
    .mine > .content,
    .other > .content {
      border: 1px solid CanvasText;
    }

    .dots > * {
      background: CanvasText;
      forced-color-adjust: none;
    }
  }
`;
