import type {Unsubscribe} from '../internal/listeners.ts';
import {loadLanguage} from './bundled.ts';
import {onLanguageChanged} from './language-watch.ts';
import {Locale} from './locale.ts';
import {onLocaleRegistered} from './registry.ts';

/** What a host must have; Lit's elements do. */
interface LocalizedHost extends HTMLElement {
  locale?: string;
  addController(controller: {hostConnected(): void; hostDisconnected(): void; hostUpdate(): void}): void;
  requestUpdate(): void;
}

/**
 * Gives an element its language: its own `locale`, else that of the `<agent-session>` around it or the nearest `lang`,
 * whichever is nearer, else English. Follows when one of them changes or when the language is registered later.
 */
export class Localize {
  readonly #host: LocalizedHost;
  #current = new Locale('en');
  #wanted = 'en';
  #stops: Unsubscribe[] = [];

  constructor(host: LocalizedHost) {
    this.#host = host;
    host.addController(this);
  }

  /** The language now; another object whenever anything about it changed. */
  get current(): Locale {
    return this.#current;
  }

  /** The language that is asked for, as a BCP 47 tag, also where there are no texts in it. */
  get wanted(): string {
    return this.#wanted;
  }

  hostConnected(): void {
    this.#stops = [
      onLocaleRegistered(() => {
        this.#current = new Locale(this.#wanted);
        this.#host.requestUpdate();
      }),
      onLanguageChanged(this.#host, () => this.#host.requestUpdate()),
    ];
    this.#host.requestUpdate();
  }

  hostUpdate(): void {
    const wanted = this.#host.locale ?? languageAround(this.#host) ?? 'en';
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    this.#current = new Locale(wanted);
    void loadLanguage(wanted);
  }

  hostDisconnected(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
  }
}

function languageAround(element: Element): string | undefined {
  for (let root: Element | null = element; root; root = hostOf(root)) {
    const nearest = root.closest('agent-session[locale], [lang]');
    const tag = nearest?.getAttribute('locale') ?? nearest?.getAttribute('lang');
    if (tag) return tag;
  }
  return undefined;
}

function hostOf(element: Element): Element | null {
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}
