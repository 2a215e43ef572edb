import {css} from 'lit';

/** The look of {@link approvalCard} and {@link decisionView}; it needs that of values and of notices. */
export const approvalStyles = css`
  .approval {
    display: grid;
    gap: 0.5em;
    padding: 0.75em 0.875em;
    border: 1px solid color-mix(in oklab, var(--_warning), transparent 62%);
    border-radius: var(--_radius);
    background: var(--_warning-surface);
    font-size: 0.9375em;
    overflow-wrap: anywhere;
  }

  .approval-expired,
  .approval-decided {
    border-color: var(--_border);
    background: transparent;
  }

  .approval p,
  .decision p,
  .refusals {
    margin: 0;
  }

  .approval-head {
    display: flex;
    align-items: center;
    gap: 0.5em;
    color: var(--_warning);
    font-size: 0.9286em;
    font-weight: 600;
  }

  .approval-expired > .approval-head,
  .approval-decided > .approval-head {
    color: var(--_muted);
  }

  .approval-who {
    flex: 1;
    min-inline-size: 0;
  }

  .approval-time {
    flex: none;
    color: var(--_muted);
    font-size: 0.9286em;
    font-weight: 400;
    font-variant-numeric: tabular-nums;
  }

  .approval-tool {
    font-size: 1.0667em;
    font-weight: 600;
  }

  .approval-note {
    white-space: pre-wrap;
  }

  .approval-input {
    padding: 0.5em 0.75em;
    border-radius: calc(var(--_radius) * 0.67);
    background: color-mix(in oklab, var(--_surface), transparent 30%);
  }

  .approval-form {
    display: grid;
    gap: 0.625em;
  }

  .approval-actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
  }

  .approval-line,
  .decision-who,
  .refusal {
    display: flex;
    align-items: center;
    gap: 0.5em;
  }

  .approval-line,
  .refusal {
    color: var(--_muted);
  }

  .decision {
    display: grid;
    gap: 0.25em;
  }

  .decision-who > span {
    font-weight: 550;
  }

  .decision.denied > .decision-who > svg {
    color: var(--_danger);
  }

  .decision-reason {
    padding-inline-start: 1.625em;
    white-space: pre-wrap;
  }

  .decision-changes {
    padding-inline-start: 1.625em;
  }

  .refusals {
    display: grid;
    gap: 0.25em;
    padding: 0;
    list-style: none;
  }

  .refusal {
    align-items: start;
  }

  .refusal > svg {
    margin-block-start: 0.2em;
    color: var(--_danger);
  }

  .spinner > svg {
    animation: turn 1.1s linear infinite;
  }

  @keyframes turn {
    to { rotate: 1turn; }
  }

  @media (prefers-reduced-motion: reduce) {
    .spinner > svg {
      animation: none;
    }
  }
`;
