import {Listeners, type Unsubscribe} from '../internal/listeners.ts';

const listeners = new Listeners<undefined>();
let observer: MutationObserver | undefined;

/** Announces that some `lang` or `locale` attribute of the document changed. One observer serves the whole page. */
export function onLanguageChanged(listener: () => void): Unsubscribe {
  const remove = listeners.add(listener);
  if (!observer) {
    observer = new MutationObserver(() => listeners.notify(undefined));
    observer.observe(document.documentElement, {subtree: true, attributes: true, attributeFilter: ['lang', 'locale']});
  }
  return () => {
    remove();
    if (listeners.size > 0) return;
    observer?.disconnect();
    observer = undefined;
  };
}
