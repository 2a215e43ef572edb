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
    padding-block: 0.375em;
    padding-inline: 0.5em 0.75em;
    border-radius: inherit;
    cursor: pointer;
    list-style: none;
  }

  .fold > summary::-webkit-details-marker {
    display: none;
  }

  .fold > summary > svg {
    color: var(--_muted);
  }

  .fold .title {
    flex: 1;
    min-inline-size: 0;
    overflow: hidden;
    font-weight: 550;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .fold-body {
    display: grid;
    gap: 0.375em;
    padding: 0.25em 0.875em 0.75em;
  }

  .fold.reasoning > .fold-body {
    color: var(--_muted);
  }

  /* Thoughts are beside the answer, not in it. */
  .fold.reasoning {
    border: 0;
  }

  .fold.reasoning > summary {
    padding-inline: 0;
    color: var(--_muted);
  }

  .fold.reasoning > summary > .title {
    flex: 0 1 auto;
    font-weight: 500;
  }

  .fold.reasoning > .fold-body {
    margin-inline-start: 0.5em;
    padding-inline: 1.0625em 0;
    border-inline-start: 2px solid var(--_border);
  }

  .fold.reasoning.active > summary > svg {
    animation: pulse 1.6s ease-in-out infinite;
  }

  .step {
    inline-size: 2em;
    margin-block: 0.125em;
    border-block-start: 1px solid var(--_border);
  }

  .sources {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.25em;
  }

  .sources ol {
    display: flex;
    flex-wrap: wrap;
    align-items: flex-start;
    gap: 0.375em;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .sources li {
    display: flex;
    max-inline-size: 100%;
    border: 1px solid var(--_border);
    border-radius: 999px;
    font-size: 0.875em;
  }

  .number {
    display: grid;
    flex: none;
    align-self: center;
    place-items: center;
    min-inline-size: 1.5em;
    min-block-size: 1.5em;
    margin: 0.25em;
    margin-inline-end: 0;
    padding-inline: 0.25em;
    border-radius: 999px;
    background: var(--_raised);
    color: var(--_muted);
    font-size: 0.8571em;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }

  .source {
    display: flex;
    align-items: center;
    gap: 0.375em;
    min-inline-size: 0;
    padding-block: 0.125em;
    padding-inline: 0.5em 0.75em;
    border-radius: inherit;
    color: var(--_text);
    text-decoration: none;
  }

  .source-title,
  .file-name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .source-title {
    min-inline-size: 0;
    max-inline-size: 22em;
  }

  .source-host,
  .file-host,
  .file-kind {
    color: var(--_muted);
    font-size: 0.9286em;
  }

  /* Of a long name the end goes, of a host nothing: its end is what tells whose it is. */
  .chip .file-kind,
  .source-host,
  .file-host {
    flex: none;
  }

  .source-host,
  .file-host {
    max-inline-size: 14em;
    overflow-wrap: anywhere;
  }

  .file {
    display: flex;
    max-inline-size: 100%;
  }

  .picture {
    display: grid;
    justify-items: start;
    gap: 0.375em;
    margin: 0;
  }

  .picture > img {
    max-inline-size: min(100%, 28em);
    max-block-size: 22em;
    border-radius: calc(var(--_radius) * 0.83);
    background: var(--_raised);
    object-fit: contain;
  }

  .chip {
    display: inline-flex;
    align-items: center;
    align-self: flex-start;
    gap: 0.375em;
    max-inline-size: 100%;
    padding-block: 0.125em;
    padding-inline: 0.5em 0.625em;
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
    a.chip:hover,
    a.source:hover {
      background: var(--_raised);
    }
  }

  @media (pointer: coarse) {
    .fold > summary {
      min-block-size: 44px;
    }

    .chip,
    a.source {
      min-block-size: 44px;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .fold.reasoning.active > summary > svg {
      animation: none;
    }
  }
`;
