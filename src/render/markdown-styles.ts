import {css} from 'lit';

/**
 * Styles for what a `MarkdownView` shows, for a shadow root; the view's container has the class `markdown`. All colours,
 * the font of code and the radius come from the shared custom properties, with fallbacks for light and dark.
 */
export const markdownStyles = css`
  .markdown {
    --_text: var(--agent-color-text, light-dark(#1d2027, #e7e9ee));
    --_muted: var(--agent-color-muted, light-dark(#5d6470, #9ba2af));
    --_surface: var(--agent-color-surface, light-dark(#fff, #15171c));
    --_border: var(--agent-color-border, light-dark(#dfe3e9, #30343d));
    --_accent: var(--agent-color-accent, light-dark(#2f56d9, #93aaff));
    --_code: var(--agent-color-code-bg, light-dark(#f5f6f8, #1c1f25));
    --_mono: var(--agent-font-mono, ui-monospace, 'SF Mono', 'Cascadia Mono', 'Segoe UI Mono', 'Liberation Mono', Menlo, monospace);
    --_radius: calc(var(--agent-radius, 12px) * 0.67);
    color: var(--_text);
    line-height: 1.55;
    overflow-wrap: break-word;
  }

  /* Margins never collapse across a group's edge, so that nothing moves when a group becomes contained. */
  .markdown .group {
    display: flow-root;
    /* A frame then paints the group that grows, and takes the others as they were: a quarter less paint in a stream. */
    contain: paint;
    overflow-clip-margin: 4px;
    contain-intrinsic-block-size: auto 40rem;
  }
  .markdown .group.contained {
    content-visibility: auto;
  }
  /* The space after the last block belongs to whoever shows the message. */
  .markdown .group:last-child {
    margin-block-end: -0.75em;
  }
  /* By name and not by place: rules that count siblings are matched again for all of them as blocks arrive. */
  .markdown p,
  .markdown ul,
  .markdown ol,
  .markdown h3,
  .markdown h4,
  .markdown h5,
  .markdown h6,
  .markdown blockquote,
  .markdown hr,
  .markdown .code,
  .markdown .table {
    margin-block: 0 0.75em;
  }
  .markdown li > p,
  .markdown li > .code,
  .markdown li > .table,
  .markdown blockquote > p,
  .markdown blockquote > .code,
  .markdown blockquote > .table { margin-block: 0.4em; }
  .markdown li > ul, .markdown li > ol { margin-block: 0.2em; }

  .markdown h3, .markdown h4, .markdown h5, .markdown h6 {
    font-weight: 650;
    line-height: 1.3;
  }
  .markdown h3 { font-size: 1.3em; }
  .markdown h4 { font-size: 1.15em; }
  .markdown h5 { font-size: 1.05em; }
  .markdown h6 { font-size: 1em; }
  .markdown h3, .markdown h4, .markdown h5, .markdown h6 { margin-block: 0.4em 0.5em; }

  .markdown ul, .markdown ol { padding-inline-start: 1.7em; }
  .markdown li { margin-block-end: 0.2em; }
  .markdown .task { list-style: none; }
  .markdown .task input { margin-inline: -1.5em 0.45em; }

  .markdown blockquote {
    margin-inline: 0;
    padding-inline-start: 1em;
    border-inline-start: 3px solid var(--_border);
    color: var(--_muted);
  }

  .markdown hr {
    inline-size: 100%;
    border: 0;
    border-block-start: 1px solid var(--_border);
  }

  .markdown a { color: var(--_accent); unicode-bidi: isolate; }
  .markdown a.pending { text-decoration: underline; text-decoration-style: dotted; }
  .markdown a:focus-visible,
  .markdown pre:focus-visible,
  .markdown .table:focus-visible,
  .markdown button:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .markdown .target { color: var(--_muted); font-size: 0.875em; unicode-bidi: isolate; overflow-wrap: anywhere; }
  .markdown .raw { white-space: pre-wrap; overflow-wrap: anywhere; }
  .markdown img { max-inline-size: 100%; block-size: auto; border-radius: var(--_radius); }

  .markdown code {
    padding: 0.1em 0.3em;
    border-radius: 0.3em;
    background: var(--_code);
    font-family: var(--_mono);
    font-size: 0.9em;
    overflow-wrap: anywhere;
  }
  .markdown pre code {
    padding: 0;
    background: none;
    overflow-wrap: normal;
  }

  .markdown .code,
  .markdown .table { contain: paint; }

  .markdown .code {
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_code);
  }
  .markdown .code-header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 1em;
    min-block-size: 2em;
    padding-inline: 0.75em 0.35em;
    border-block-end: 1px solid var(--_border);
    color: var(--_muted);
    font-size: 0.8125em;
  }
  .markdown .code-header button {
    padding: 0.2em 0.6em;
    border: 1px solid transparent;
    border-radius: 0.4em;
    background: none;
    color: inherit;
    font: inherit;
    cursor: pointer;
  }
  .markdown .code-header button:hover { background: var(--_surface); color: var(--_text); }
  .markdown pre {
    margin: 0;
    padding: 0.75em;
    overflow-x: auto;
    line-height: 1.45;
    tab-size: 4;
    text-align: start;
    white-space: pre;
  }
  .markdown pre:focus-visible { outline-offset: -2px; }
  .markdown .chunk { display: block; }

  .markdown .tok-keyword { color: var(--agent-code-keyword, light-dark(#8b1fa3, #d2a0f0)); }
  .markdown .tok-type { color: var(--agent-code-type, light-dark(#0b6e6e, #6fd3cf)); }
  .markdown .tok-literal { color: var(--agent-code-literal, light-dark(#0a54b8, #8ab8ff)); }
  .markdown .tok-string { color: var(--agent-code-string, light-dark(#1c6b2a, #9ad59a)); }
  .markdown .tok-comment { color: var(--agent-code-comment, light-dark(#636b78, #9aa1ae)); font-style: italic; }
  .markdown .tok-meta { color: var(--agent-code-meta, light-dark(#7a4b00, #e0b870)); }
  .markdown .tok-title { color: var(--agent-code-title, light-dark(#0a4f9e, #9cc7ff)); }
  .markdown .tok-tag { color: var(--agent-code-tag, light-dark(#4d5563, #b3bac7)); }
  .markdown .tok-attribute { color: var(--agent-code-attribute, light-dark(#8a3b00, #ecb68a)); }
  .markdown .tok-variable { color: var(--agent-code-variable, light-dark(#8f2440, #f29bb0)); }
  .markdown .tok-added { color: var(--agent-code-added, light-dark(#1c6b2a, #9ad59a)); }
  .markdown .tok-removed { color: var(--agent-code-removed, light-dark(#a11f2c, #ff9aa2)); }

  .markdown .formula.displayed { margin-block: 0.75em; overflow-x: auto; overflow-y: hidden; text-align: center; }
  .markdown .formula:focus-visible { outline-offset: -2px; }
  .markdown .formula math { font-size: 1.1em; }

  .markdown .table { overflow-x: auto; }
  .markdown .table table { border-collapse: collapse; font-size: 0.95em; }
  .markdown th, .markdown td {
    padding: 0.4em 0.75em;
    border: 1px solid var(--_border);
    text-align: start;
    vertical-align: top;
  }
  .markdown th { background: var(--_code); font-weight: 650; }
  .markdown [data-align='left'] { text-align: left; }
  .markdown [data-align='center'] { text-align: center; }
  .markdown [data-align='right'] { text-align: right; }

  @media (forced-colors: active) {
    .markdown .code-header button { border-color: ButtonBorder; }
  }
  @media print {
    .markdown .group.contained { content-visibility: visible; }
    .markdown pre { white-space: pre-wrap; overflow-wrap: anywhere; }
    .markdown .code-header button { display: none; }
  }
`;
