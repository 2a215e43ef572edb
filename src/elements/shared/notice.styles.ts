import {css} from 'lit';

/** The look of {@link notice}. */
export const noticeStyles = css`
  .notice {
    display: flex;
    gap: 0.625em;
    padding: 0.625em 0.875em;
    border: 1px solid color-mix(in oklab, var(--_tone), transparent 72%);
    border-radius: var(--_radius);
    background: var(--_tone-surface);
    font-size: 0.9375em;
    line-height: 1.45;
    overflow-wrap: anywhere;
  }

  .notice.danger {
    --_tone: var(--_danger);
    --_tone-surface: var(--_danger-surface);
  }

  .notice.warning {
    --_tone: var(--_warning);
    --_tone-surface: var(--_warning-surface);
  }

  .notice > svg {
    margin-block-start: 0.16em;
    color: var(--_tone);
  }

  .notice > div {
    flex: 1;
    min-inline-size: 0;
  }

  .notice p {
    margin: 0;
  }

  .notice .title {
    color: var(--_tone);
    font-weight: 600;
  }

  .notice .hint {
    color: var(--_muted);
  }

  .notice .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
    margin-block-start: 0.5em;
  }
`;
