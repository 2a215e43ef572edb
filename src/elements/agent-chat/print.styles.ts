import {css} from 'lit';

/** On paper: all of the conversation that is shown, and nothing that would have to be pressed. */
export const printStyles = css`
  @media print {
    :host {
      block-size: auto !important;
      max-block-size: none !important;
      overflow: visible !important;
    }

    .frame,
    .chat,
    .view,
    .scroller {
      display: block;
      max-block-size: none;
      overflow: visible;
    }

    .input,
    .jump,
    .actions,
    .notify,
    .starters,
    .suggestions,
    .banner,
    .approval-actions {
      display: none;
    }

    .message,
    .tool {
      break-inside: avoid-page;
    }
  }
`;
