import {css} from 'lit';

/** The files that go with the message, and what is shown while some are dragged over the box. */
export const fileStyles = css`
  .files {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    max-block-size: min(11.5em, 34dvh);
    margin: 0;
    padding: 3px 3px 6px;
    /* Unlike none, this leaves it a list for Safari's screen reader. */
    list-style: '';
    overflow-y: auto;
    scrollbar-width: thin;
  }

  .file {
    display: flex;
    align-items: center;
    gap: 0.5em;
    inline-size: 15em;
    max-inline-size: 100%;
    padding: 4px;
    border: 1px solid var(--_border);
    border-radius: calc(var(--barge-in-input-radius, 22px) - 8px);
    background: var(--_raised);
    line-height: 1.3;
    cursor: default;
  }

  .file-view {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 40px;
    block-size: 40px;
    border-radius: 9px;
    background: color-mix(in oklab, var(--_raised), var(--_text) 7%);
    color: var(--_muted);
    overflow: hidden;
  }

  .file-view > canvas {
    inline-size: 100%;
    block-size: 100%;
  }

  .file-words {
    display: grid;
    flex: 1;
    gap: 1px;
    min-inline-size: 0;
  }

  .file-name,
  .file-state {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .file-name {
    font-size: 0.875em;
    font-weight: 550;
  }

  .file-state {
    color: var(--_muted);
    font-size: 0.75em;
  }

  .file.failed {
    border-color: color-mix(in oklab, var(--_danger), transparent 60%);
    background: var(--_danger-surface);
  }

  .file.failed .file-state {
    /* The reason is worth the room. */
    white-space: normal;
    color: var(--_danger);
  }

  .file .icon-button {
    --_target: 28px;
    flex: none;
    border-radius: 999px;
  }

  .file progress {
    appearance: none;
    inline-size: 100%;
    block-size: 4px;
    border: 0;
    border-radius: 999px;
    background: color-mix(in oklab, var(--_raised), var(--_text) 12%);
    color: var(--_accent);
    overflow: hidden;
  }

  .file progress::-webkit-progress-bar {
    background: transparent;
  }

  .file progress::-webkit-progress-value {
    border-radius: 999px;
    background: currentColor;
    transition: inline-size 150ms ease-out;
  }

  .file progress::-moz-progress-bar {
    border-radius: 999px;
    background: currentColor;
  }

  .file progress:indeterminate {
    background: linear-gradient(90deg, transparent 0 30%, currentColor 50%, transparent 70%);
    background-size: 220% 100%;
    animation: pass 1.8s ease-in-out infinite;
  }

  .file progress:indeterminate::-moz-progress-bar {
    background: transparent;
  }

  .box.over {
    border-color: var(--_accent);
    border-style: dashed;
  }

  .drop-hint {
    position: absolute;
    inset: 0;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0.5em;
    border-radius: inherit;
    background: color-mix(in oklab, var(--_surface), var(--_accent) 10%);
    color: var(--_accent);
    font-weight: 550;
    /* What is under it gets the files. */
    pointer-events: none;
  }

  @keyframes pass {
    from {
      background-position-x: 200%;
    }
  }

  @container (inline-size < 420px) {
    .file {
      inline-size: 100%;
    }
  }

  @media (pointer: coarse) {
    .file .icon-button {
      --_target: 40px;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .file progress:indeterminate {
      animation: none;
    }

    .file progress::-webkit-progress-value {
      transition: none;
    }
  }

  @media (forced-colors: active) {
    .file progress {
      border: 1px solid CanvasText;
      color: Highlight;
      forced-color-adjust: none;
    }
  }
`;
