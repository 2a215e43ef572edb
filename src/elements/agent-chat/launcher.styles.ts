import {css} from 'lit';

/** The button that floats over the page, and its panel. */
export const launcherStyles = css`
  :host([mode='launcher']) {
    display: contents;
  }

  /* A container would hold what is fixed in it. */
  .frame.launcher {
    display: contents;
    container: none;
  }

  .launcher {
    --_edge: max(var(--agent-launcher-offset-inline, 20px), env(safe-area-inset-left), env(safe-area-inset-right));
    --_base: max(var(--agent-launcher-offset-block, 20px), env(safe-area-inset-bottom));
    --_button: var(--agent-launcher-size, 56px);
  }

  .launcher-button {
    position: fixed;
    z-index: var(--agent-launcher-z-index, 1000);
    inset-block-end: var(--_base);
    inset-inline-end: var(--_edge);
    display: grid;
    place-items: center;
    inline-size: var(--_button);
    block-size: var(--_button);
    padding: 0;
    border-radius: var(--agent-launcher-radius, 50%);
    background: var(--agent-launcher-background, var(--_accent));
    color: var(--agent-launcher-color, var(--_on-accent));
    box-shadow: 0 1px 3px light-dark(rgb(16 24 40 / 18%), rgb(0 0 0 / 50%)), 0 6px 20px light-dark(rgb(16 24 40 / 18%), rgb(0 0 0 / 45%));
    transition: transform 140ms ease-out;
  }

  .launcher-icon > svg,
  .launcher-icon > slot > svg {
    inline-size: calc(var(--_button) * 0.5);
    block-size: calc(var(--_button) * 0.5);
  }

  .launcher-button:focus-visible {
    outline-offset: 3px;
  }

  .launcher-button:active {
    transform: scale(0.95);
  }

  .launcher-badge {
    position: absolute;
    inset-block-start: -3px;
    inset-inline-end: -3px;
    min-inline-size: 22px;
    padding-inline: 5px;
    border: 2px solid var(--_surface);
    border-radius: 999px;
    background: var(--agent-launcher-badge, var(--_danger));
    color: var(--_surface);
    font-size: 12px;
    font-weight: 650;
    font-variant-numeric: tabular-nums;
    line-height: 18px;
    text-align: center;
  }

  .panel {
    position: fixed;
    z-index: var(--agent-launcher-z-index, 1000);
    inset-block: auto calc(var(--_base) + var(--_button) + 12px);
    inset-inline: auto var(--_edge);
    flex-direction: column;
    box-sizing: border-box;
    inline-size: min(var(--agent-launcher-width, 400px), 100vw - 2 * var(--_edge));
    block-size: min(var(--agent-launcher-height, 640px), 100dvh - var(--_base) - var(--_button) - 12px - 16px);
    max-inline-size: none;
    max-block-size: none;
    margin: 0;
    padding: 0;
    overflow: clip;
    container: agent-chat / inline-size;
    border: 1px solid var(--_border);
    border-radius: var(--agent-launcher-panel-radius, calc(var(--_radius) * 1.33));
    background: var(--agent-chat-surface, var(--_surface));
    color: var(--_text);
    box-shadow: 0 2px 6px light-dark(rgb(16 24 40 / 8%), rgb(0 0 0 / 40%)), 0 16px 48px light-dark(rgb(16 24 40 / 18%), rgb(0 0 0 / 55%));
    transform-origin: 100% 100%;
    animation: open-panel 160ms ease-out;
  }

  .panel[open] {
    display: flex;
  }

  .panel:focus {
    outline: none;
  }

  .panel:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }

  :host([side='start']) :is(.launcher-button, .panel:not(:modal)) {
    inset-inline: var(--_edge) auto;
  }

  :host([side='start']) .panel,
  .panel:dir(rtl) {
    transform-origin: 0 100%;
  }

  :host([side='start']) .panel:dir(rtl) {
    transform-origin: 100% 100%;
  }

  .panel-head {
    display: flex;
    flex: none;
    align-items: center;
    gap: calc(var(--_space) * 2);
    padding-block: calc(var(--_space) * 2);
    padding-inline: calc(var(--_space) * 4) calc(var(--_space) * 2);
    border-block-end: 1px solid var(--_border);
  }

  .panel-title {
    flex: 1;
    min-inline-size: 0;
    font-weight: 600;
    overflow-wrap: anywhere;
  }

  .panel-title > slot[name='header'] {
    max-inline-size: none;
  }

  /* Over all of a phone, as much of it as the keyboard leaves. */
  .panel:modal {
    inset-block: var(--_visible-top, 0) auto;
    inset-inline: 0;
    inline-size: auto;
    block-size: var(--_visible-height, 100dvh);
    padding: env(safe-area-inset-top) env(safe-area-inset-right) 0 env(safe-area-inset-left);
    border: 0;
    border-radius: 0;
    box-shadow: none;
    animation-name: fill-window;
  }

  .panel::backdrop {
    background: light-dark(#fff, #15171c);
  }

  @keyframes open-panel {
    from {
      opacity: 0;
      transform: translateY(8px) scale(0.97);
    }
  }

  @keyframes fill-window {
    from {
      opacity: 0;
      transform: translateY(24px);
    }
  }

  @media (hover: hover) {
    .launcher-button:hover {
      transform: scale(1.04);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .launcher-button,
    .panel {
      transition: none;
      transform: none;
      animation: none;
    }
  }

  @media (forced-colors: active) {
    .launcher-button,
    .launcher-badge {
      border: 1px solid ButtonText;
    }
  }

  @media print {
    .frame.launcher {
      display: none;
    }
  }
`;
