import {html, type LitElement, nothing, type ReactiveController, type TemplateResult} from 'lit';
import {ifDefined} from 'lit/directives/if-defined.js';
import type {Locale, Localize} from '../../i18n/index.ts';
import type {BargeInPolicy} from '../../session/index.ts';
import {icons} from '../shared/icons.ts';
import {lateIcons} from '../shared/late-icons.ts';
import {isPlainKey} from './keys.ts';
import type {PolicyChoice} from './policy-choice.ts';
import {keysOfWay, shortcutOfWay} from './way-keys.ts';

export interface PolicyMenuOptions {
  choice: PolicyChoice;
  localize: Localize;
  /** Called when the person has chosen. */
  chosen: () => void;
}

/** Room between the menu and what it opens from, and between it and the edge of the window, in px. */
const gap = 6;

/** The menu button beside Send: how this message is to be sent while an agent works. */
export class PolicyMenu implements ReactiveController {
  readonly #host: LitElement;
  readonly #options: PolicyMenuOptions;
  #isOpen = false;
  /** Which item takes the focus when the menu has been drawn. */
  #entering: 'current' | 'first' | 'last' | undefined;

  constructor(host: LitElement, options: PolicyMenuOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  button(): TemplateResult {
    const {choice} = this.#options;
    const locale = this.#options.localize.current;
    const name = locale.t(`policy.${choice.current}`);
    return html`<button
      part="policy-button"
      data-list="policy"
      type="button"
      class="policy"
      aria-haspopup="menu"
      aria-expanded=${this.#isOpen ? 'true' : 'false'}
      aria-label=${`${locale.t('policy.label')}: ${name}`}
      title=${locale.t('policy.label')}
      @click=${this.#onToggle}
      @keydown=${this.#onButtonKeydown}
    ><span class="policy-icon">${policyIcons[choice.current]}</span><span class="policy-name">${name}</span><span class="fold">${icons.chevron}</span></button>`;
  }

  /** To be drawn where the button is, only while there is one. */
  menu(): TemplateResult | typeof nothing {
    if (!this.#isOpen) return nothing;
    const locale = this.#options.localize.current;
    return html`<div
      part="policy-menu"
      class="menu"
      role="menu"
      data-list="policy"
      popover="manual"
      aria-label=${locale.t('policy.label')}
      @keydown=${this.#onMenuKeydown}
      @focusout=${this.#onFocusout}
    >${this.#options.choice.all.map((policy, index) => this.#item(policy, index, locale))}</div>`;
  }

  /** @param isReturning whether the focus goes back to the button. */
  close(isReturning = false): void {
    if (!this.#isOpen) return;
    this.#end();
    if (isReturning) this.#find('.policy')?.focus();
    this.#host.requestUpdate();
  }

  hostUpdated(): void {
    // The run may have ended meanwhile, and the menu with it.
    if (this.#isOpen && !this.#find('.menu')) this.#end();
    if (this.#isOpen) this.#place();
    if (!this.#entering) return;
    const menu = this.#find('.menu');
    // Above everything, whatever clips the elements around it.
    if (menu && 'showPopover' in menu) menu.showPopover();
    this.#place();
    const items = this.#items();
    const current = items.find((item) => item.getAttribute('aria-checked') === 'true');
    const item = this.#entering === 'current' ? current : this.#entering === 'first' ? items[0] : items.at(-1);
    this.#entering = undefined;
    (item ?? items[0])?.focus({preventScroll: true});
  }

  hostDisconnected(): void {
    this.close();
  }

  #end(): void {
    this.#isOpen = false;
    window.removeEventListener('resize', this.#place);
    window.removeEventListener('scroll', this.#place, true);
    document.removeEventListener('pointerdown', this.#onPointerdown, true);
  }

  #item(policy: BargeInPolicy, index: number, locale: Locale): TemplateResult {
    const {current} = this.#options.choice;
    const isCurrent = policy === current;
    const way = isCurrent ? 0 : index === 0 ? undefined : index;
    const keys = way === undefined ? undefined : keysOfWay(way);
    return html`<button
      type="button"
      role="menuitemradio"
      tabindex="-1"
      aria-checked=${isCurrent ? 'true' : 'false'}
      aria-labelledby=${`policy-${policy}`}
      aria-describedby=${`policy-${policy}-text`}
      aria-keyshortcuts=${ifDefined(way === undefined ? undefined : shortcutOfWay(way))}
      data-policy=${policy}
      @click=${() => this.#choose(policy)}
    >
      <span class="policy-icon">${policyIcons[policy]}</span>
      <span class="policy-words">
        <span id=${`policy-${policy}`}>${locale.t(`policy.${policy}`)}</span>
        <span id=${`policy-${policy}-text`} class="policy-text">${locale.t(`policy.${policy}Text`)}</span>
      </span>
      ${keys === undefined ? nothing : html`<kbd aria-hidden="true">${keys}</kbd>`}
    </button>`;
  }

  #open(entering: 'current' | 'first' | 'last'): void {
    if (!this.#isOpen) {
      window.addEventListener('resize', this.#place);
      window.addEventListener('scroll', this.#place, true);
      document.addEventListener('pointerdown', this.#onPointerdown, true);
    }
    this.#isOpen = true;
    this.#entering = entering;
    this.#host.requestUpdate();
  }

  #choose(policy: BargeInPolicy): void {
    this.#options.choice.choose(policy);
    this.close();
    this.#options.chosen();
  }

  readonly #onToggle = (): void => {
    if (this.#isOpen) this.close(true);
    else this.#open('current');
  };

  readonly #onButtonKeydown = (event: KeyboardEvent): void => {
    if (!isPlainKey(event) || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    this.#open(event.key === 'ArrowUp' ? 'last' : 'first');
  };

  readonly #onMenuKeydown = (event: KeyboardEvent): void => {
    if (event.key === 'Tab') {
      // From the button, the Tab that is under way goes on to what is beside it.
      this.close(true);
      return;
    }
    if (!isPlainKey(event)) return;
    const items = this.#items();
    const at = items.findIndex((item) => item.matches(':focus'));
    const moves: Record<string, number> = {ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1};
    const place = moves[event.key] ?? this.#startingWith(event.key, items, at);
    if (event.key === 'Escape') this.close(true);
    else if (place === undefined) return;
    else items.at(place % items.length)?.focus();
    event.preventDefault();
    // The keys are the menu's: Esc must not stop the agent besides.
    event.stopPropagation();
  };

  #startingWith(key: string, items: readonly HTMLElement[], at: number): number | undefined {
    if (key.length !== 1 || key === ' ') return undefined;
    const {tag} = this.#options.localize.current;
    const order = [...items.slice(at + 1), ...items.slice(0, at + 1)];
    const found = order.find((item) => item.querySelector('.policy-words')?.textContent.trim().toLocaleLowerCase(tag).startsWith(key.toLocaleLowerCase(tag)));
    return found && items.indexOf(found);
  }

  readonly #onFocusout = ({relatedTarget}: FocusEvent): void => {
    // Null while the window itself loses the focus: the menu is to be there still when the person returns.
    if (relatedTarget instanceof Node && !this.#find('.menu')?.contains(relatedTarget) && relatedTarget !== this.#find('.policy')) this.close();
  };

  readonly #onPointerdown = (event: PointerEvent): void => {
    const path = event.composedPath();
    const own = [this.#find('.menu'), this.#find('.policy')];
    if (!own.some((element) => element && path.includes(element))) this.close();
  };

  /** Above the box, or below it where there is more room; as wide as it needs, within the box. */
  readonly #place = (): void => {
    const [menu, box] = [this.#find('.menu'), this.#find('.box')];
    if (!menu || !box) return;
    const {top, bottom, left, right, width} = box.getBoundingClientRect();
    const isBelow = top < menu.scrollHeight + 2 * gap && window.innerHeight - bottom > top;
    const isRtl = getComputedStyle(box).direction === 'rtl';
    const room = (isBelow ? window.innerHeight - bottom : top) - 2 * gap;
    const set = (name: string, value: string): void => menu.style.setProperty(name, value);
    set('max-inline-size', `${width}px`);
    set('max-block-size', `${Math.max(room, 120)}px`);
    set('top', isBelow ? `${bottom + gap}px` : 'auto');
    set('bottom', isBelow ? 'auto' : `${window.innerHeight - top + gap}px`);
    set('left', isRtl ? `${left}px` : 'auto');
    set('right', isRtl ? 'auto' : `${document.documentElement.clientWidth - right}px`);
  };

  #items(): HTMLElement[] {
    return [...this.#host.renderRoot.querySelectorAll<HTMLElement>('.menu [role=menuitemradio]')];
  }

  #find(selector: string): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>(selector);
  }
}

const policyIcons = {interrupt: lateIcons.interrupt, steer: lateIcons.steer, queue: lateIcons.queue, alongside: lateIcons.alongside} as const;
