import {css} from 'lit';

export const agentStatusStyles = css`
  :host([variant='badge']),
  :host([variant='avatars']) {
    display: inline-block;
    max-inline-size: 100%;
    vertical-align: middle;
  }

  /* As wide as what it holds: a container that is measured would have no width of its own. */
  :host([variant='badge']) .frame,
  :host([variant='avatars']) .frame {
    container-type: normal;
  }

  .mark {
    display: inline-grid;
    flex: none;
    place-items: center;
    color: var(--_state);
  }

  .mark > svg {
    inline-size: 1em;
    block-size: 1em;
    stroke-width: 2.25;
    overflow: visible;
  }

  .offline { --_state: var(--_muted); }
  .idle,
  .here { --_state: var(--_success); }
  .thinking,
  .streaming { --_state: var(--_accent); }
  .waiting { --_state: var(--_warning); }
  .failed,
  .lost { --_state: var(--_danger); }

  .thinking .moving > * {
    animation: pulse 1.4s ease-in-out infinite;
  }

  .streaming .moving > * {
    transform-origin: 12px 12px;
    animation: write 1.1s ease-in-out infinite;
  }

  .moving > :nth-child(2) { animation-delay: 0.18s !important; }
  .moving > :nth-child(3) { animation-delay: 0.36s !important; }

  .name {
    overflow: hidden;
    min-inline-size: 0;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .word {
    color: var(--_muted);
    overflow-wrap: anywhere;
  }

  [data-state='waiting'] .word { color: var(--_warning); }
  [data-state='failed'] .word,
  [data-state='lost'] .word { color: var(--_danger); }

  .since {
    color: var(--_muted);
    font-size: 0.9286em;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }

  /* line */
  .line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 1.125em;
    min-inline-size: 0;
  }

  .one.line {
    gap: 0 0.5em;
  }

  .count {
    display: inline-flex;
    align-items: center;
    gap: 0.4em;
    color: var(--_muted);
  }

  /* badge */
  .badges {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }

  .badge {
    display: inline-flex;
    align-items: center;
    gap: 0.4375em;
    max-inline-size: 100%;
    min-block-size: 26px;
    padding-block: 0;
    padding-inline: 0.5625em 0.6875em;
    border: 1px solid color-mix(in oklab, var(--_border), transparent 15%);
    border-radius: 999px;
    background: var(--agent-status-badge, var(--_surface));
    font-size: 0.875em;
    line-height: 1.3;
  }

  .badge .word {
    flex: none;
    max-inline-size: 100%;
  }

  .badge > .visually-hidden + .word {
    color: var(--_text);
    font-weight: 550;
  }

  /* list */
  .list {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(15em, 100%), 1fr));
    gap: calc(var(--_space) * 3) calc(var(--_space) * 5);
  }

  .row {
    display: flex;
    align-items: flex-start;
    gap: 0.75em;
    min-inline-size: 0;
  }

  .face {
    position: relative;
    display: block;
    flex: none;
    line-height: 1;
  }

  .face .avatar {
    inline-size: 2.25em;
    block-size: 2.25em;
  }

  .face .mark {
    position: absolute;
    inset-block-end: -0.25em;
    inset-inline-end: -0.375em;
    inline-size: 1.25em;
    block-size: 1.25em;
    border-radius: 50%;
    background: var(--agent-status-surface, var(--_surface));
  }

  .face .mark > svg {
    inline-size: 0.875em;
    block-size: 0.875em;
  }

  [data-state='offline'] .avatar {
    filter: grayscale(1);
    opacity: 0.7;
  }

  .about {
    flex: 1;
    min-inline-size: 0;
    line-height: 1.35;
  }

  .about .name {
    display: block;
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }

  .doing {
    display: flex;
    flex-wrap: wrap;
    gap: 0 0.5em;
    font-size: 0.875em;
  }

  .why {
    text-align: -webkit-match-parent;
    text-align: match-parent;
    color: var(--_muted);
    font-size: 0.875em;
    overflow-wrap: anywhere;
  }

  /* avatars */
  .avatars {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 0;
  }

  .avatars > li {
    margin-inline-end: 0.625em;
  }

  .avatars > :last-child {
    margin-inline-end: 0.375em;
  }

  .rest {
    display: grid;
    place-items: center;
    min-inline-size: 2.25em;
    block-size: 2.25em;
    border-radius: 999px;
    background: var(--_raised);
    color: var(--_muted);
    font-size: 0.875em;
    font-weight: 600;
  }

  .stale {
    opacity: 0.6;
  }

  @keyframes pulse {
    0%, 60%, 100% { opacity: 0.3; }
    30% { opacity: 1; }
  }

  @keyframes write {
    0%, 100% { transform: scaleY(0.6); }
    50% { transform: scaleY(1.25); }
  }

  @media (prefers-reduced-motion: reduce) {
    .moving > * {
      animation: none !important;
    }
  }

  @media (forced-colors: active) {
    .mark,
    .face .mark {
      color: CanvasText;
    }

    .face .mark {
      background: Canvas;
    }

    .stale {
      opacity: 1;
    }
  }
`;
