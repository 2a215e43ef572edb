import {css} from 'lit';

export const agentHandoverStyles = css`
  .message {
    margin-block-end: calc(var(--_space) * 2);
  }

  .handover {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_space) * 1.5) calc(var(--_space) * 3);
  }

  .handover.taken {
    margin-block: var(--agent-handover-gap, 0);
    padding: calc(var(--_space) * 2) calc(var(--_space) * 3);
    border: 1px solid color-mix(in srgb, var(--agent-handover-color, var(--_accent)) 35%, transparent);
    border-radius: var(--_radius);
    background: color-mix(in srgb, var(--agent-handover-color, var(--_accent)) 9%, var(--_surface));
  }

  .who {
    display: flex;
    flex: 1 1 12em;
    align-items: center;
    gap: calc(var(--_space) * 2.5);
    min-inline-size: 0;
  }

  .who b {
    display: block;
    font-weight: 600;
    overflow-wrap: anywhere;
  }

  .who .detail {
    color: var(--_muted);
    font-size: 0.875em;
  }

  .text-button[aria-disabled='true'] {
    opacity: 0.5;
  }

  /* The buttons stay together, below who has taken over. */
  @container (inline-size < 480px) {
    .who {
      flex-basis: 100%;
    }
  }

  @media (forced-colors: active) {
    .handover.taken {
      border-color: CanvasText;
    }
  }
`;
