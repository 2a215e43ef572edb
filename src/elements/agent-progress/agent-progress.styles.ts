import {css} from 'lit';

export const agentProgressStyles = css`
  .group + .group,
  .list + .heading,
  .list + .list {
    margin-block-start: calc(var(--_space) * 5);
  }

  .heading {
    display: flex;
    align-items: center;
    gap: 0.5em;
    margin-block-end: calc(var(--_space) * 2) !important;
    color: var(--_muted);
    font-size: 0.8125em;
    font-weight: 600;
    letter-spacing: 0.01em;
  }

  .heading .avatar {
    inline-size: 1.75em;
    block-size: 1.75em;
    font-size: 0.9286em;
  }

  .heading .name {
    overflow: hidden;
    color: var(--_text);
    font-size: 1.0769em;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .list {
    display: grid;
    gap: calc(var(--_space) * 4);
  }

  .list.over {
    gap: calc(var(--_space) * 2);
  }

  .task {
    min-inline-size: 0;
  }

  .row {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    gap: 0 0.625em;
    line-height: 1.4;
  }

  .mark {
    display: grid;
    place-items: center;
    block-size: 1.4em;
    color: var(--_state);
  }

  .task { --_state: var(--_muted); }
  .running { --_state: var(--_accent); }
  .done { --_state: var(--_success); }
  .failed,
  .lost { --_state: var(--_danger); }

  /* Parts have a state of their own. */
  .parts > .queued,
  .parts > .cancelled { --_state: var(--_muted); }

  .running > .row .moving {
    transform-origin: 12px 12px;
    animation: turn 1.1s linear infinite;
  }

  .label {
    font-weight: 550;
    text-align: -webkit-match-parent;
    text-align: match-parent;
    overflow-wrap: anywhere;
  }

  .done > .row .label,
  .cancelled > .row .label,
  .queued > .row .label {
    font-weight: 400;
  }

  .cancelled > .row .label {
    color: var(--_muted);
  }

  .detail {
    color: var(--_muted);
    font-size: 0.875em;
    text-align: -webkit-match-parent;
    text-align: match-parent;
    overflow-wrap: anywhere;
  }

  .failed > .row .word,
  .lost > .row .word {
    color: var(--_danger);
    font-weight: 600;
  }

  .time,
  .amount {
    color: var(--_muted);
    font-size: 0.8125em;
    font-variant-numeric: tabular-nums;
    line-height: 1.7231;
    unicode-bidi: plaintext;
    white-space: nowrap;
  }

  .time {
    grid-column: 3;
    grid-row: 1;
  }

  .measure {
    grid-column: 2 / -1;
    grid-row: 2;
    display: flex;
    align-items: center;
    gap: 0.75em;
    margin-block-start: 0.25em;
  }

  progress {
    appearance: none;
    flex: 1;
    min-inline-size: 0;
    block-size: var(--agent-progress-bar-height, 6px);
    border: 0;
    border-radius: 999px;
    background: var(--agent-progress-track, var(--_raised));
    color: var(--agent-progress-bar, var(--_state));
    overflow: hidden;
  }

  progress::-webkit-progress-bar {
    background: transparent;
  }

  progress::-webkit-progress-value {
    border-radius: 999px;
    background: currentColor;
    transition: inline-size 200ms ease-out;
  }

  progress::-moz-progress-bar {
    border-radius: 999px;
    background: currentColor;
  }

  progress:indeterminate {
    background: linear-gradient(90deg, transparent 0 30%, currentColor 50%, transparent 70%) var(--agent-progress-track, var(--_raised));
    background-size: 220% 100%;
    animation: slide 1.8s ease-in-out infinite;
  }

  progress:indeterminate::-moz-progress-bar {
    background: transparent;
  }

  .parts {
    display: grid;
    gap: calc(var(--_space) * 2);
    margin-block-start: calc(var(--_space) * 2) !important;
    margin-inline-start: 0.5em !important;
    padding-inline-start: 1em !important;
    border-inline-start: 1px solid var(--_border);
  }

  .more {
    margin-block-start: calc(var(--_space) * 2);
  }

  .stale {
    opacity: 0.6;
  }

  @keyframes turn {
    to { rotate: 1turn; }
  }

  @keyframes slide {
    from { background-position: 130% 0; }
    to { background-position: -30% 0; }
  }

  /* Where there is room, what is over takes columns. */
  @container (inline-size > 48em) {
    .group > .list {
      grid-template-columns: repeat(auto-fill, minmax(22em, 1fr));
      column-gap: calc(var(--_space) * 8);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .running > .row .moving,
    progress:indeterminate {
      animation: none;
    }

    progress:indeterminate {
      background: repeating-linear-gradient(115deg, currentColor 0 6px, transparent 6px 12px) var(--agent-progress-track, var(--_raised));
    }

    progress::-webkit-progress-value {
      transition: none;
    }
  }

  @media (forced-colors: active) {
    .mark {
      color: CanvasText;
    }

    progress,
    progress:indeterminate {
      border: 1px solid CanvasText;
      background: Canvas;
      color: Highlight;
    }

    progress:indeterminate {
      background: repeating-linear-gradient(115deg, Highlight 0 6px, Canvas 6px 12px);
      forced-color-adjust: none;
    }

    progress::-webkit-progress-value {
      background: Highlight;
      forced-color-adjust: none;
    }

    .stale {
      opacity: 1;
    }
  }
`;
