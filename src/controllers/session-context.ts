import type {Unsubscribe} from '../internal/listeners.ts';
import type {SourceState} from './session-source.ts';

/** Key of the session in the Web Components community's context protocol, so that elements of others can ask for it too. */
export const sessionContext = Symbol.for('agent-session-elements.session');

export type ContextCallback = (state: SourceState, unsubscribe?: Unsubscribe) => void;

/** Asks the nearest provider around an element. See https://github.com/webcomponents-cg/community-protocols (Context). */
export class ContextRequestEvent extends Event {
  readonly context: unknown;
  readonly contextTarget: Element;
  readonly callback: ContextCallback;
  /** Requests of others may ask for the value once. */
  readonly subscribe: boolean = true;

  constructor(contextTarget: Element, callback: ContextCallback, context: unknown = sessionContext) {
    super('context-request', {bubbles: true, composed: true});
    this.context = context;
    this.contextTarget = contextTarget;
    this.callback = callback;
  }
}

/** Says that a provider has come, so that elements which are there already may ask again. */
export class ContextProviderEvent extends Event {
  readonly context: unknown;
  readonly contextTarget: Element;

  constructor(contextTarget: Element, context: unknown = sessionContext) {
    super('context-provider', {bubbles: true, composed: true});
    this.context = context;
    this.contextTarget = contextTarget;
  }
}

export function isSessionRequest(event: Event): event is ContextRequestEvent {
  return 'context' in event && event.context === sessionContext && 'callback' in event && typeof event.callback === 'function';
}

export function isSessionProvider(event: Event): event is ContextProviderEvent {
  return 'context' in event && event.context === sessionContext;
}
