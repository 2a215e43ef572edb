import {css} from 'lit';

export const agentSessionStyles = css`
  :host {
    display: contents;
  }
`;
