import {warnOnce} from './warn.ts';

/**
 * Registers a custom element unless the tag is taken: a second copy of the library on the page stands back instead of
 * throwing, and warns once for all of its elements. Does nothing where there is no registry, as on a server.
 */
export function define(tag: string, element: CustomElementConstructor): void {
  if (typeof customElements === 'undefined') return;
  const registered = customElements.get(tag);
  if (registered === element) return;
  if (registered) {
    warnOnce('The page has loaded agent-session-elements before: the elements of the first copy are used. Load it once per page.');
    return;
  }
  customElements.define(tag, element);
}
