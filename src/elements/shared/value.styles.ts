import {css} from 'lit';

/** The look of values, of what is cut short, and of fields to type in. */
export const valueStyles = css`
  .fields,
  .items {
    display: grid;
    gap: 0.25em;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .fields {
    grid-template-columns: fit-content(14em) minmax(0, 1fr);
    gap: 0.25em 1em;
  }

  .field {
    display: grid;
    grid-column: 1 / -1;
    grid-template-columns: subgrid;
  }

  .field.deep {
    grid-template-columns: minmax(0, 1fr);
  }

  .fields dt {
    color: var(--_muted);
    overflow-wrap: anywhere;
  }

  .fields dd {
    min-inline-size: 0;
    margin: 0;
    overflow-wrap: anywhere;
  }

  .items:has(> li > .fields) {
    gap: 0.5em;
  }

  .field.deep > dd,
  .items > li {
    padding-inline-start: 0.75em;
    border-inline-start: 2px solid var(--_border);
  }

  .long {
    max-block-size: 22em;
    overflow: auto;
    scrollbar-width: thin;
  }

  .long-text {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }

  .none {
    margin: 0;
    color: var(--_muted);
    font-style: italic;
  }

  .more {
    align-self: start;
    justify-self: start;
    min-block-size: 24px;
    padding: 0.125em 0;
    color: var(--_accent);
    font-size: 0.9286em;
    font-weight: 550;
    text-decoration: underline;
    text-decoration-color: transparent;
    text-underline-offset: 0.2em;
  }

  .more:hover {
    text-decoration-color: currentColor;
  }

  .caption {
    margin: 0;
    color: var(--_muted);
    font-size: 0.8571em;
    font-weight: 550;
  }

  .failure {
    margin: 0;
    color: var(--_danger);
  }

  /* Fields to type in, with their names above them. */
  .typed {
    display: grid;
    gap: 0.1875em;
  }

  .typed > span,
  .box > span {
    color: var(--_muted);
    font-size: 0.9286em;
    overflow-wrap: anywhere;
  }

  .typed > input,
  .typed > textarea {
    inline-size: 100%;
    min-inline-size: 0;
    min-block-size: 36px;
    padding: 0.3125em 0.625em;
    border: 1px solid color-mix(in oklab, var(--_border), var(--_text) 30%);
    border-radius: calc(var(--_radius) * 0.67);
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    resize: vertical;
  }

  .typed > .code {
    font: 0.8571em / 1.5 var(--_mono);
  }

  .typed > [aria-invalid='true'] {
    border-color: var(--_danger);
  }

  .box {
    display: flex;
    align-items: center;
    gap: 0.5em;
    min-block-size: 28px;
  }

  .box > input {
    inline-size: 1.125em;
    block-size: 1.125em;
    margin: 0;
    accent-color: var(--_accent);
  }

  .text-button.primary {
    border-color: var(--_accent);
    background: var(--_accent);
    color: var(--_on-accent);
  }

  .text-button.danger {
    border-color: var(--_danger);
    color: var(--_danger);
  }

  @media (hover: hover) {
    .text-button.primary:hover {
      border-color: var(--_accent);
      background: color-mix(in oklab, var(--_accent), var(--_text) 12%);
    }
  }

  @container (inline-size < 420px) {
    .fields {
      grid-template-columns: fit-content(9em) minmax(0, 1fr);
      column-gap: 0.75em;
    }
  }

  @media (pointer: coarse) {
    .typed > input,
    .box {
      min-block-size: 44px;
    }

    .more {
      min-block-size: 44px;
    }
  }

  @media (forced-colors: active) {
    .text-button.primary {
      border: 2px solid Highlight;
    }
  }
`;
