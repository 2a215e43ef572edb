import {html, LitElement, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {Launcher} from '../../controllers/launcher.ts';
import type {Locale} from '../../i18n/index.ts';
import {launcherView} from './launcher-view.ts';

/**
 * What can stand in the page, or be opened by a button that floats over it.
 *
 * @slot launcher-icon - The icon of the button of a launcher, while it is closed.
 * @csspart launcher-button - The button of a launcher.
 * @csspart launcher-badge - How much is new, on that button.
 * @csspart launcher-panel - What it opens.
 * @csspart launcher-head - The line above the conversation in it.
 * @csspart launcher-close - The button in that line.
 * @cssprop [--agent-launcher-offset-inline=20px] - Room between the launcher and the side of the window.
 * @cssprop [--agent-launcher-offset-block=20px] - Room between it and the window's lower end.
 * @cssprop [--agent-launcher-size=56px] - Size of the button.
 * @cssprop [--agent-launcher-radius=50%] - Its corners.
 * @cssprop [--agent-launcher-background] - Its background; the accent when absent.
 * @cssprop [--agent-launcher-color] - Its icon; the colour that stands on the accent when absent.
 * @cssprop [--agent-launcher-badge] - Background of the badge; the colour of danger when absent.
 * @cssprop [--agent-launcher-width=400px] - Width of the panel where there is room.
 * @cssprop [--agent-launcher-height=640px] - Height of the panel where there is room.
 * @cssprop [--agent-launcher-panel-radius] - Corners of the panel; 1.33 times `--agent-radius` when absent.
 * @cssprop [--agent-launcher-z-index=1000] - Its place above what else is in the page.
 * @fires {AgentLauncherToggledEvent} agent-launcher-toggled - The launcher was opened or closed; `open` says which.
 */
export abstract class LaunchableElement extends LitElement {
  /** `inline` where it stands; `launcher` as a button that floats over the page and opens it. */
  @property({reflect: true, useDefault: true}) mode: 'inline' | 'launcher' = 'inline';

  /** Whether a launcher is open. */
  @property({type: Boolean, reflect: true}) open = false;

  /** At which side of the window a launcher is, in the direction of its text. */
  @property({reflect: true, useDefault: true}) side: 'start' | 'end' = 'end';

  /** When a launcher connects: `at-once`, so that its badge can count, or `on-open`, the first time it is opened. */
  @property() connect: 'at-once' | 'on-open' = 'at-once';

  /** Keeps in this tab, across reloads, whether a launcher is open. Attribute `remember-open`. */
  @property({type: Boolean, attribute: 'remember-open'}) rememberOpen = false;

  /** Accessible name of the conversation, of its panel and of the button that opens it. */
  @property() label?: string;

  /** Language of texts, numbers and dates, as a BCP 47 tag. */
  @property() locale?: string;

  readonly #launcher: Launcher = new Launcher(this, {
    dialog: () => this.renderRoot.querySelector('dialog'),
    button: () => this.renderRoot.querySelector('.launcher-button'),
    input: () => this.querySelector<HTMLElement>(':scope > [slot="input"]') ?? this.renderRoot.querySelector('barge-in-input'),
  });

  /** Whether it is a launcher. */
  get isLauncher(): boolean {
    return this.mode === 'launcher';
  }

  /** Whether the conversation can be seen. */
  get isShown(): boolean {
    return !this.isLauncher || this.open;
  }

  /** Whether it does without a session as yet. */
  get isDormant(): boolean {
    return this.isLauncher && this.connect === 'on-open' && !this.#launcher.hasOpened;
  }

  /** Opens a launcher, with the focus in it. */
  show(): void {
    if (this.isLauncher) this.open = true;
  }

  /** Closes a launcher; the focus returns to its button if it was in it. */
  hide(): void {
    this.open = false;
  }

  /** Opens a launcher that is closed, and closes one that is open. */
  toggle(): void {
    if (this.open) this.hide();
    else this.show();
  }

  /** Puts the conversation where it belongs. */
  protected placed(content: TemplateResult, locale: Locale, unread: number): TemplateResult {
    if (!this.isLauncher) return html`<div class="frame">${content}</div>`;
    return launcherView(content, {
      locale,
      unread: this.open ? 0 : unread,
      name: this.label ?? locale.t('chat.label'),
      isOpen: this.open,
      onToggle: () => this.toggle(),
      onClose: () => this.hide(),
    });
  }
}
