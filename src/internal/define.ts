import {warnOnce} from './warn.ts';

/**
 * Registers a custom element unless the tag is taken: a second copy of the library on the page warns and stands back
 * instead of throwing. Does nothing where there is no registry, as on a server.
 */
export function define(tag: string, element: CustomElementConstructor): void {
  if (typeof customElements === 'undefined') return;
  const registered = customElements.get(tag);
  if (registered === element) return;
  if (registered) {
    warnOnce(`<${tag}> is already registered, so this copy is not used. Load agent-session-elements once per page.`);
    return;
  }
  customElements.define(tag, element);
}
