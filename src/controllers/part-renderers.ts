import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {Listeners, type Unsubscribe} from '../internal/listeners.ts';
import {warnOnce} from '../internal/warn.ts';
import type {DataPart, Session, SessionMessage, ToolPart} from '../session/index.ts';
import {ContextProviderEvent, ContextRequestEvent} from './session-context.ts';

/** What a renderer is told beside the part. */
export interface PartContext {
  /** The message that holds the part. */
  readonly message: SessionMessage;
  readonly session: Session;
  /** Whether an agent is writing the message now. */
  readonly streaming: boolean;
  /** The language of the conversation, as a BCP 47 tag. */
  readonly locale: string;
}

/**
 * Draws a part: a node, a template of Lit, or text, which is shown as it is and never read as HTML. `undefined` leaves the
 * part to the default card; `null` or an empty text shows nothing. It is called whenever the part has changed.
 */
export type PartRenderer<P extends ToolPart | DataPart = ToolPart & DataPart> = (part: P, context: PartContext) => unknown;

/** What has been mounted for a part. */
export interface MountedPart<P extends ToolPart | DataPart = ToolPart & DataPart> {
  /** Called whenever the part has changed; it is another object then. */
  update(part: P, context: PartContext): void;
  /** Called once, when the part is no longer shown, or the conversation has left the page. */
  unmount?(): void;
}

/** Shows a part by something that lives longer than one drawing, such as a framework's component. Make it once, and keep it. */
export interface PartMounter<P extends ToolPart | DataPart = ToolPart & DataPart> {
  /**
   * Begins to show a part in `place`, an empty element that is a child of the conversation's, where the styles of the page
   * reach it. Called anew where the part comes back after it was unmounted.
   */
  mount(place: HTMLElement, part: P, context: PartContext): MountedPart<P>;
}

/**
 * Renderers by the name of a tool, or by the type of data (`data-weather`). In place of a function stands what mounts a
 * component, or the tag name of a custom element: it gets the part as `messagePart`, and `message`, `session`, `streaming`
 * and `locale`, as properties.
 */
export type PartRenderers = Readonly<Record<string, PartRenderer | PartMounter | string>>;

const key = Symbol.for('agent-session-elements.renderers');

type Callback = (renderers: PartRenderers, unsubscribe: Unsubscribe) => void;

interface RendererHost extends ReactiveControllerHost, HTMLElement {
  renderers?: PartRenderers;
}

/** Gives the renderers of an element to the conversations in it. */
export class RendererProvider implements ReactiveController {
  readonly #host: RendererHost;
  readonly #consumers = new Listeners<PartRenderers>();
  #given: PartRenderers | undefined;

  constructor(host: RendererHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.addEventListener('context-request', this.#answer);
    this.#host.dispatchEvent(new ContextProviderEvent(this.#host, key));
  }

  hostUpdated(): void {
    const {renderers} = this.#host;
    if (renderers === this.#given) return;
    this.#given = renderers;
    this.#consumers.notify(renderers ?? {});
  }

  hostDisconnected(): void {
    this.#host.removeEventListener('context-request', this.#answer);
    this.#consumers.clear();
  }

  readonly #answer = (event: Event): void => {
    if (!(event instanceof ContextRequestEvent) || event.context !== key) return;
    event.stopImmediatePropagation();
    // Asked for by the class below only.
    const callback = event.callback as unknown as Callback;
    const unsubscribe = this.#consumers.add((renderers) => callback(renderers, unsubscribe));
    callback(this.#host.renderers ?? {}, unsubscribe);
  };
}

/** The renderers of a conversation: its own, and those of the `<agent-session>` around it. */
export class RendererSource implements ReactiveController {
  readonly #host: RendererHost;
  #around: PartRenderers = {};
  #own: PartRenderers | undefined;
  #joined: PartRenderers = {};
  #awaited = new Set<string>();
  #stop: Unsubscribe | undefined;

  constructor(host: RendererHost) {
    this.#host = host;
    host.addController(this);
  }

  /** The renderers now; another object whenever anything about them changed. */
  get current(): PartRenderers {
    if (this.#host.renderers !== this.#own) this.#join();
    return this.#joined;
  }

  hostConnected(): void {
    document.addEventListener('context-provider', this.#onProvider);
    this.#request();
  }

  hostDisconnected(): void {
    document.removeEventListener('context-provider', this.#onProvider);
    this.#stop?.();
    this.#stop = undefined;
  }

  /** Says that a tag is not defined, and draws anew once it is. */
  await(tag: string): void {
    warnOnce(`The renderer <${tag}> is not defined as a custom element, so the default card is shown until it is.`);
    if (this.#awaited.has(tag)) return;
    this.#awaited.add(tag);
    customElements.whenDefined(tag).then(
      () => {
        this.#join();
        this.#host.requestUpdate();
      },
      // Not a name that an element can have; the warning has said so.
      () => undefined,
    );
  }

  #request(): void {
    const callback: Callback = (renderers, unsubscribe) => {
      if (unsubscribe !== this.#stop) this.#stop?.();
      this.#stop = unsubscribe;
      if (renderers === this.#around) return;
      this.#around = renderers;
      this.#join();
      this.#host.requestUpdate();
    };
    // Answered by the class above only.
    this.#host.dispatchEvent(new ContextRequestEvent(this.#host, callback as unknown as ContextRequestEvent['callback'], key));
  }

  #join(): void {
    this.#own = this.#host.renderers;
    this.#joined = {...this.#around, ...this.#own};
  }

  readonly #onProvider = (event: Event): void => {
    if (event instanceof ContextProviderEvent && event.context === key) this.#request();
  };
}
