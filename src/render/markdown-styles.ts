import {css} from 'lit';

/** Styles for what a `MarkdownView` shows; for a shadow root whose view's container has the class `markdown`. */
export const markdownStyles = css`
  .markdown {
    overflow-wrap: anywhere;
    color: var(--agent-color-text, light-dark(#1b1d22, #e8e9ec));
  }
  .markdown :where(p, h3, h4, h5, h6, ul, ol, blockquote, hr, .table, .code) {
    margin-block: 0 0.75em;
    margin-inline: 0;
  }
  .markdown > :last-child { margin-block-end: 0; }
  .markdown :where(ul, ol) { padding-inline-start: 1.6em; }
  .markdown .table { overflow-x: auto; }
  .markdown .code pre { overflow-x: auto; margin: 0; }
`;
