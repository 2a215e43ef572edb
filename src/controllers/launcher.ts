import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {AgentLauncherToggledEvent} from '../events.ts';
import {lockScroll} from './scroll-lock.ts';
import {followVisibleArea} from './visible-area.ts';

/** Windows that the panel fills: those of phones, also when they are held across. */
const small = '(max-width: 480px), (max-height: 480px) and (pointer: coarse)';
const prefix = 'agent-session-elements:open:';

export type LauncherHost = ReactiveControllerHost & HTMLElement & {
  readonly isLauncher: boolean;
  open: boolean;
  readonly rememberOpen: boolean;
  /** What tells its conversation from others in this tab. */
  readonly channel?: string;
};

export interface LauncherOptions {
  dialog: () => HTMLDialogElement | null;
  button: () => HTMLElement | null;
  /** Where one writes; null where one cannot. */
  input: () => HTMLElement | null;
}

/**
 * The panel of a launcher: beside the page where there is room, over all of it on a phone, with the focus where the
 * person is. What is open is the host's `open`; this brings it about.
 */
export class Launcher implements ReactiveController {
  readonly #host: LauncherHost;
  readonly #options: LauncherOptions;
  #state: 'closed' | 'beside' | 'over' = 'closed';
  /** Whether it was open when it was drawn last; undefined before it was. */
  #wasOpen: boolean | undefined;
  #isRecalled = false;
  #hasOpened = false;
  #media: MediaQueryList | undefined;
  #releases: (() => void)[] = [];

  constructor(host: LauncherHost, options: LauncherOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** Whether it has ever been open. */
  get hasOpened(): boolean {
    return this.#hasOpened || this.#host.open;
  }

  hostConnected(): void {
    this.#media = matchMedia(small);
    this.#media.addEventListener('change', this.#onSize);
  }

  hostDisconnected(): void {
    this.#media?.removeEventListener('change', this.#onSize);
    this.#close();
  }

  hostUpdate(): void {
    if (!this.#host.isLauncher) return;
    if (!this.#isRecalled) this.#recall();
    this.#hasOpened ||= this.#host.open;
  }

  hostUpdated(): void {
    if (!this.#host.isConnected) return;
    const {isLauncher, open} = this.#host;
    if (!isLauncher) {
      this.#close();
      this.#wasOpen = undefined;
      return;
    }
    const hadFocus = this.#hasFocus();
    this.#show(open ? (this.#media?.matches ? 'over' : 'beside') : 'closed');
    if (this.#wasOpen === open) return;
    const isNew = this.#wasOpen === undefined;
    this.#wasOpen = open;
    // A page that begins with an open panel keeps the focus where it is.
    if (isNew) return;
    if (open) this.#focusIn();
    else if (hadFocus) this.#options.button()?.focus();
    this.#remember(open);
    this.#host.dispatchEvent(new AgentLauncherToggledEvent(open));
  }

  readonly #onSize = (): void => this.#host.requestUpdate();

  #show(state: 'closed' | 'beside' | 'over'): void {
    const dialog = this.#options.dialog();
    if (!dialog || state === this.#state) return;
    const focused = this.#hasFocus() ? activeIn(this.#host) : undefined;
    const wasShown = this.#state !== 'closed';
    this.#close();
    this.#state = state;
    // Without show(), which would take the focus.
    if (state === 'beside') dialog.setAttribute('open', '');
    if (state === 'over') {
      dialog.showModal();
      this.#releases = [lockScroll(), followVisibleArea(dialog)];
    }
    // The window has another size, and the person is where they were.
    if (wasShown && state !== 'closed') focused?.focus();
  }

  #close(): void {
    for (const release of this.#releases.splice(0)) release();
    const dialog = this.#options.dialog();
    // One that has left the page is over nothing any more, and close() would tell as if the person had closed it.
    if (this.#state === 'over' && this.#host.isConnected) dialog?.close();
    else dialog?.removeAttribute('open');
    this.#state = 'closed';
  }

  /** On a phone the keyboard would cover what there is to read, so the person calls it themselves. */
  #focusIn(): void {
    const isTouched = matchMedia('(pointer: coarse)').matches;
    const target = isTouched ? this.#options.dialog() : (this.#options.input() ?? this.#options.dialog());
    target?.focus();
  }

  #hasFocus(): boolean {
    const root = this.#host.getRootNode();
    const active = root instanceof Document || root instanceof ShadowRoot ? root.activeElement : null;
    return this.#host.contains(active) && this.#host.shadowRoot?.activeElement !== this.#options.button();
  }

  #recall(): void {
    this.#isRecalled = true;
    if (!this.#host.rememberOpen) return;
    const kept = withStorage((storage) => storage.getItem(this.#key));
    if (kept !== undefined && kept !== null) this.#host.open = kept === 'true';
  }

  #remember(isOpen: boolean): void {
    if (this.#host.rememberOpen) withStorage((storage) => storage.setItem(this.#key, String(isOpen)));
  }

  get #key(): string {
    return prefix + (this.#host.id || (this.#host.channel ?? ''));
  }
}

/** What has the focus, in the shadow tree or in what is slotted into it. */
function activeIn(host: HTMLElement): HTMLElement | undefined {
  const active = host.shadowRoot?.activeElement ?? document.activeElement;
  return active instanceof HTMLElement ? active : undefined;
}

/** Storage of this tab. */
function withStorage<T>(use: (storage: Storage) => T): T | undefined {
  try {
    return use(sessionStorage);
  } catch {
    // Blocked or full: the panel begins as the page has it.
    return undefined;
  }
}
