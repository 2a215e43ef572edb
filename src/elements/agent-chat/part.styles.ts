import {css} from 'lit';

/** The parts of messages that are not text. */
export const partStyles = css`
  .fold {
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) * 0.83);
    font-size: 0.9375em;
  }

  .fold > summary {
    display: flex;
    align-items: center;
    gap: 0.5em;
    padding: 0.375em 0.75em 0.375em 0.5em;
    border-radius: inherit;
    cursor: pointer;
    list-style: none;
  }

  .fold > summary::-webkit-details-marker {
    display: none;
  }

  .fold > summary > svg {
    color: var(--_muted);
    transition: rotate 120ms;
  }

  .fold[open] > summary > svg {
    rotate: 90deg;
  }

  .fold > summary > svg:dir(rtl) {
    scale: -1 1;
  }

  .fold .title {
    flex: 1;
    min-inline-size: 0;
    overflow: hidden;
    font-weight: 550;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .fold .state {
    color: var(--_muted);
    font-size: 0.9286em;
  }

  .fold.output-error .state,
  .fold .failure {
    color: var(--_danger);
  }

  .fold-body {
    display: grid;
    gap: 0.375em;
    padding: 0.25em 0.875em 0.75em;
  }

  .fold.reasoning > .fold-body {
    color: var(--_muted);
  }

  .fold-body p {
    margin: 0;
  }

  .caption {
    color: var(--_muted);
    font-size: 0.8571em;
  }

  .json {
    max-block-size: 256px;
    margin: 0;
    padding: 0.5em 0.75em;
    overflow: auto;
    border-radius: calc(var(--_radius) * 0.5);
    background: var(--_code-bg);
    font: 0.8571em / 1.5 var(--_mono);
    tab-size: 2;
    white-space: pre;
  }

  .chip {
    display: inline-flex;
    align-items: center;
    align-self: flex-start;
    gap: 0.375em;
    max-inline-size: 100%;
    padding: 0.125em 0.625em 0.125em 0.5em;
    border: 1px solid var(--_border);
    border-radius: 999px;
    color: var(--_text);
    font-size: 0.875em;
    text-decoration: none;
  }

  .chip span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  @media (hover: hover) {
    a.chip:hover {
      background: var(--_raised);
    }
  }

  @media (pointer: coarse) {
    .fold > summary {
      min-block-size: 44px;
    }

    .chip {
      min-block-size: 44px;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .fold > summary > svg {
      transition: none;
    }
  }
`;
