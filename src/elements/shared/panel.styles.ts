import {css} from 'lit';

/** What the small elements share that stand beside a conversation. */
export const panelStyles = css`
  :host {
    --_success: var(--agent-color-success, light-dark(#1a7a44, #7bd6a0));
    display: block;
    min-inline-size: 0;
    max-inline-size: 100%;
  }

  .frame {
    display: block;
    container-type: inline-size;
    /* What it is as wide as where its place is as wide as its content: a container has no width of its own. */
    contain-intrinsic-inline-size: 320px;
  }

  .frame ul {
    margin: 0;
    padding: 0;
    /* Unlike none, this leaves it a list for Safari's screen reader. */
    list-style: '';
  }

  .frame p {
    margin: 0;
  }

  .line-view {
    margin-block-end: calc(var(--_space) * 2);
  }

  .quiet {
    display: flex;
    align-items: center;
    gap: 0.5em;
    color: var(--_muted);
    font-size: 0.875em;
  }

  .frame p.line-view {
    margin-block-end: calc(var(--_space) * 2);
  }
`;
