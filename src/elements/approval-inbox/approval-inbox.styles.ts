import {css} from 'lit';

export const approvalInboxStyles = css`
  .inbox,
  .inbox section {
    display: grid;
    gap: calc(var(--_space) * 3);
  }

  .inbox ul.entries {
    display: grid;
    gap: calc(var(--_space) * 4);
  }

  .entry {
    display: grid;
    gap: calc(var(--_space) * 1.5);
    min-inline-size: 0;
  }

  /* They only say where the focus is. */
  .where {
    display: contents;
  }

  .conversation {
    display: inline-flex;
    align-items: center;
    gap: 0.4em;
    justify-self: start;
    max-inline-size: 100%;
    min-block-size: 24px;
    padding: 0;
    border: 0;
    background: none;
    color: var(--_muted);
    font: inherit;
    font-size: 0.8125em;
    text-align: start;
    text-decoration: none;
    cursor: pointer;
  }

  .conversation > bdi {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .conversation:hover {
    color: var(--_text);
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }

  .conversation:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
    border-radius: 4px;
  }

  .frame .heading {
    margin: calc(var(--_space) * 2) 0 0;
    color: var(--_muted);
    font-size: 0.8125em;
    font-weight: 600;
  }
`;
