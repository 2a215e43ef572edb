import type {ReactiveController, ReactiveControllerHost} from 'lit';
import type {Unsubscribe} from '../../internal/listeners.ts';

export interface Page {
  readonly path: string;
  readonly title: string;
}

export interface PagePublisherOptions {
  isOn: () => boolean;
  /** What the page is written to; undefined as long as it cannot be. Where it is another one, the page is written again. */
  target: () => object | undefined;
  publish: (page: Page) => void;
}

/** Writes which page the person looks at, whenever that is another one. */
export class PagePublisher implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #options: PagePublisherOptions;
  #written: {readonly to: object; readonly page: Page} | undefined;
  #stop: Unsubscribe | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, options: PagePublisherOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostUpdated(): void {
    // An element that has left the page updates once more, when it lets its session go.
    if (!this.#host.isConnected || !this.#options.isOn()) return this.hostDisconnected();
    this.#stop ??= onPageChanged(this.#check);
    this.#check();
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
    this.#written = undefined;
  }

  // Compared with what was written from here: another person's page in its place must not be fought.
  readonly #check = (): void => {
    const to = this.#options.target();
    const page = currentPage();
    if (!to || (this.#written?.to === to && this.#written.page.path === page.path && this.#written.page.title === page.title)) return;
    this.#written = {to, page};
    this.#options.publish(page);
  };
}

/** Without the query, which may hold what is nobody's business; with the fragment where that is the route. */
function currentPage(): Page {
  const {pathname, hash} = location;
  return {path: hash.startsWith('#/') ? pathname + hash : pathname, title: document.title};
}

function onPageChanged(listener: () => void): Unsubscribe {
  const events = ['popstate', 'hashchange', 'pageshow'] as const;
  for (const type of events) window.addEventListener(type, listener);
  // The one way to hear of pushState; where a browser lacks it, the title that changes with the page tells.
  const navigation = 'navigation' in window && window.navigation instanceof EventTarget ? window.navigation : undefined;
  navigation?.addEventListener('currententrychange', listener);
  const observer = new MutationObserver(listener);
  observer.observe(document.head, {subtree: true, childList: true, characterData: true});
  return () => {
    for (const type of events) window.removeEventListener(type, listener);
    navigation?.removeEventListener('currententrychange', listener);
    observer.disconnect();
  };
}
