import {css} from 'lit';

/** The conversation around its rows. */
export const agentChatStyles = css`
  :host {
    --_success: var(--agent-color-success, light-dark(#1a7a44, #7bd6a0));
    --_measure: var(--agent-chat-measure, 49em);
    --_gap: var(--agent-chat-gap, calc(var(--_space) * 5));
    --_gutter: var(--agent-chat-gutter, clamp(14px, 3cqi, 24px));
    display: flex;
    flex-direction: column;
    min-inline-size: 0;
    max-inline-size: 100%;
    min-block-size: var(--agent-chat-min-height, 256px);
    max-block-size: var(--agent-chat-max-height, 100dvh);
    block-size: var(--agent-chat-height, 100%);
    overflow: clip;
  }

  .frame {
    display: flex;
    flex: 1;
    flex-direction: column;
    /* Also where the page's reset has made the element itself inline. */
    block-size: inherit;
    min-block-size: 0;
    max-block-size: var(--agent-chat-max-height, 100dvh);
    container: agent-chat / inline-size;
    /* What it is as wide as where its place is as wide as its content: a container has no width of its own. */
    contain-intrinsic-inline-size: 320px;
    background: var(--agent-chat-surface, var(--_surface));
  }

  .chat {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-block-size: 0;
  }

  .view {
    position: relative;
    display: flex;
    flex: 1;
    flex-direction: column;
    min-block-size: 0;
  }

  .scroller {
    flex: 1;
    min-block-size: 0;
    padding: calc(var(--_space) * 4) var(--_gutter) calc(var(--_space) * 5);
    overflow-y: auto;
    overflow-anchor: none;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--_border) transparent;
  }

  .scroller:focus-visible {
    outline-offset: -2px;
  }

  .rows,
  .older,
  .skeleton,
  .empty,
  .banner,
  .input,
  slot[name='header'],
  slot[name='footer'],
  slot[name='starters'] {
    inline-size: 100%;
    max-inline-size: var(--_measure);
    margin-inline: auto;
  }

  slot[name='header'],
  slot[name='footer'],
  slot[name='starters'] {
    display: block;
    flex: none;
  }

  slot[name='starters'] {
    padding-inline: var(--_gutter);
  }

  .rows {
    display: flow-root;
  }

  /* In the place of rows that are not drawn; behind the rows, room for an answer. Neither is anything to see. */
  .gap,
  .room {
    contain: strict;
  }

  .banner {
    flex: none;
    max-inline-size: calc(var(--_measure) + 2 * var(--_gutter));
    padding: calc(var(--_space) * 3) var(--_gutter) 0;
  }

  .older {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0.625em;
    padding-block-end: 16px;
    color: var(--_muted);
  }

  .older .notice {
    flex: 1;
    color: var(--_text);
  }

  .empty {
    display: grid;
    align-content: center;
    min-block-size: min(192px, 100%);
    block-size: 100%;
    text-align: center;
    text-wrap: balance;
  }

  .empty:not(:only-child) + .rows:empty {
    display: none;
  }

  .empty p {
    margin: 0;
  }

  .empty-title {
    font-size: 1.125em;
    font-weight: 600;
    letter-spacing: -0.01em;
  }

  .empty-text {
    color: var(--_muted);
  }

  .input {
    flex: none;
    max-inline-size: calc(var(--_measure) + 2 * var(--_gutter));
    padding: var(--_space) var(--_gutter) max(var(--_space) * 3.5, env(safe-area-inset-bottom));
  }

  .jump {
    position: absolute;
    inset-block-end: 12px;
    inset-inline-start: 50%;
    display: flex;
    align-items: center;
    gap: 0.375em;
    min-inline-size: var(--_target);
    min-block-size: var(--_target);
    justify-content: center;
    padding: 0 8px;
    border: 1px solid var(--_border);
    border-radius: 999px;
    background: var(--_surface);
    box-shadow: 0 2px 8px light-dark(rgb(16 24 40 / 12%), rgb(0 0 0 / 45%));
    font-size: 0.875em;
    font-weight: 550;
    white-space: nowrap;
    translate: -50% 0;
    animation: rise 160ms ease-out;
  }

  .jump:dir(rtl) {
    translate: 50% 0;
  }

  .jump span {
    padding-inline-end: 0.375em;
  }

  .skeleton {
    display: grid;
    gap: 12px;
    padding-block: 8px;
  }

  .skeleton i {
    block-size: 14px;
    border-radius: 7px;
    background: var(--_raised);
    animation: breathe 1.6s ease-in-out infinite;
  }

  .skeleton i:nth-of-type(1) {
    inline-size: 42%;
    block-size: 36px;
    margin-inline-start: auto;
    border-radius: 18px;
  }

  .skeleton i:nth-of-type(3) {
    inline-size: 92%;
  }

  .skeleton i:nth-of-type(4) {
    inline-size: 64%;
  }

  @keyframes breathe {
    50% {
      opacity: 0.45;
    }
  }

  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(6px);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .jump,
    .skeleton i {
      animation: none;
    }
  }

  /* On paper the conversation is as long as it is, and there is nothing to press. */
  @media print {
    :host {
      block-size: auto;
      max-block-size: none;
      overflow: visible;
    }

    .frame,
    .chat,
    .view,
    .scroller {
      display: block;
      overflow: visible;
    }

    .frame {
      container-type: normal;
    }

    .input,
    .jump,
    .room,
    .older,
    .tools,
    slot[name='starters'] {
      display: none;
    }

    .row {
      break-inside: avoid-page;
    }
  }
`;
