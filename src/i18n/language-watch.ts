import {Listeners, type Unsubscribe} from '../internal/listeners.ts';

const listeners = new Listeners<undefined>();
let observer: MutationObserver | undefined;

/**
 * Announces that some `lang` or `locale` attribute changed, of the document or of a shadow tree around an element. One
 * observer serves the whole page.
 */
export function onLanguageChanged(element: Element, listener: () => void): Unsubscribe {
  const remove = listeners.add(listener);
  observer ??= new MutationObserver(() => listeners.notify(undefined));
  // What it observes already is not observed twice.
  for (let root = element.getRootNode(); ; root = root.host.getRootNode()) {
    observer.observe(root, {subtree: true, attributes: true, attributeFilter: ['lang', 'locale']});
    if (!(root instanceof ShadowRoot)) break;
  }
  return () => {
    remove();
    if (listeners.size > 0) return;
    observer?.disconnect();
    observer = undefined;
  };
}
