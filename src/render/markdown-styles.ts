import {css} from 'lit';

/**
 * Styles for what a `MarkdownView` shows, for a shadow root; the view's container has the class `markdown`. All colours,
 * the font of code and the radius come from the shared custom properties, with fallbacks for light and dark.
 */
export const markdownStyles = css`
  .markdown {
    --_text: var(--agent-color-text, light-dark(#1b1d22, #e8e9ec));
    --_muted: var(--agent-color-muted, light-dark(#5a6070, #a4a9b6));
    --_surface: var(--agent-color-surface, light-dark(#ffffff, #1b1d22));
    --_border: var(--agent-color-border, light-dark(#d6d9e0, #3c404a));
    --_accent: var(--agent-color-accent, light-dark(#1f5fbf, #8ab4f8));
    --_code: var(--agent-color-code-bg, light-dark(#f3f4f7, #24272e));
    --_mono: var(--agent-font-mono, ui-monospace, 'SF Mono', Menlo, Consolas, 'Liberation Mono', monospace);
    --_radius: var(--agent-radius, 8px);
    color: var(--_text);
    line-height: 1.55;
    overflow-wrap: break-word;
  }

  /* Margins never collapse across a group's edge, so that nothing moves when a group becomes contained. */
  .group {
    display: flow-root;
    contain-intrinsic-block-size: auto 40rem;
  }
  .group.contained {
    content-visibility: auto;
  }
  /* The space after the last block belongs to whoever shows the message. */
  .group:last-child {
    margin-block-end: -0.75em;
  }
  /* By name and not by place: rules that count siblings are matched again for all of them as blocks arrive. */
  p, ul, ol, h3, h4, h5, h6, blockquote, hr, .code, .table {
    margin-block: 0 0.75em;
  }
  li > p, li > .code, li > .table, blockquote > p, blockquote > .code, blockquote > .table { margin-block: 0.4em; }
  li > ul, li > ol { margin-block: 0.2em; }

  h3, h4, h5, h6 {
    font-weight: 650;
    line-height: 1.3;
  }
  h3 { font-size: 1.3em; }
  h4 { font-size: 1.15em; }
  h5 { font-size: 1.05em; }
  h6 { font-size: 1em; }
  h3, h4, h5, h6 { margin-block: 0.4em 0.5em; }

  ul, ol { padding-inline-start: 1.7em; }
  li { margin-block-end: 0.2em; }
  .task { list-style: none; }
  .task input { margin-inline: -1.5em 0.45em; }

  blockquote {
    margin-inline: 0;
    padding-inline-start: 1em;
    border-inline-start: 3px solid var(--_border);
    color: var(--_muted);
  }

  hr {
    inline-size: 100%;
    border: 0;
    border-block-start: 1px solid var(--_border);
  }

  a { color: var(--_accent); unicode-bidi: isolate; }
  a.pending { text-decoration: underline; text-decoration-style: dotted; }
  a:focus-visible, pre:focus-visible, .table:focus-visible, button:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .target { color: var(--_muted); font-size: 0.875em; unicode-bidi: isolate; overflow-wrap: anywhere; }
  .raw { white-space: pre-wrap; overflow-wrap: anywhere; }
  img { max-inline-size: 100%; block-size: auto; border-radius: var(--_radius); }

  code {
    padding: 0.1em 0.3em;
    border-radius: 0.3em;
    background: var(--_code);
    font-family: var(--_mono);
    font-size: 0.9em;
    overflow-wrap: anywhere;
  }
  pre code {
    padding: 0;
    background: none;
    overflow-wrap: normal;
  }

  .code {
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_code);
  }
  .code-header {
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
  .code-header button {
    padding: 0.2em 0.6em;
    border: 1px solid transparent;
    border-radius: 0.4em;
    background: none;
    color: inherit;
    font: inherit;
    cursor: pointer;
  }
  .code-header button:hover { background: var(--_surface); color: var(--_text); }
  pre {
    margin: 0;
    padding: 0.75em;
    overflow-x: auto;
    line-height: 1.45;
    tab-size: 4;
    text-align: start;
    white-space: pre;
  }
  pre:focus-visible { outline-offset: -2px; }
  .chunk { display: block; }

  .tok-keyword { color: var(--agent-code-keyword, light-dark(#8b1fa3, #d2a0f0)); }
  .tok-type { color: var(--agent-code-type, light-dark(#0b6e6e, #6fd3cf)); }
  .tok-literal { color: var(--agent-code-literal, light-dark(#0a54b8, #8ab8ff)); }
  .tok-string { color: var(--agent-code-string, light-dark(#1c6b2a, #9ad59a)); }
  .tok-comment { color: var(--agent-code-comment, light-dark(#636b78, #9aa1ae)); font-style: italic; }
  .tok-meta { color: var(--agent-code-meta, light-dark(#7a4b00, #e0b870)); }
  .tok-title { color: var(--agent-code-title, light-dark(#0a4f9e, #9cc7ff)); }
  .tok-tag { color: var(--agent-code-tag, light-dark(#4d5563, #b3bac7)); }
  .tok-attribute { color: var(--agent-code-attribute, light-dark(#8a3b00, #ecb68a)); }
  .tok-variable { color: var(--agent-code-variable, light-dark(#8f2440, #f29bb0)); }
  .tok-added { color: var(--agent-code-added, light-dark(#1c6b2a, #9ad59a)); }
  .tok-removed { color: var(--agent-code-removed, light-dark(#a11f2c, #ff9aa2)); }

  .table { overflow-x: auto; }
  .table table { border-collapse: collapse; font-size: 0.95em; }
  th, td {
    padding: 0.4em 0.75em;
    border: 1px solid var(--_border);
    text-align: start;
    vertical-align: top;
  }
  th { background: var(--_code); font-weight: 650; }
  [data-align='left'] { text-align: left; }
  [data-align='center'] { text-align: center; }
  [data-align='right'] { text-align: right; }

  @media (forced-colors: active) {
    .code-header button { border-color: ButtonBorder; }
  }
  @media print {
    .group.contained { content-visibility: visible; }
    pre { white-space: pre-wrap; overflow-wrap: anywhere; }
    .code-header button { display: none; }
  }
`;
