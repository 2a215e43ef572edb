import type {ReactiveController} from 'lit';
import {AgentToolCallEvent, type ToolResponse} from '../events.ts';
import type {Unsubscribe} from '../internal/listeners.ts';
import type {Session, ToolCall} from '../session/index.ts';
import {type SessionHost, SessionSource} from './session-source.ts';

/** What a tool of the page is told of its call beside the input. */
export interface ClientToolContext {
  readonly toolCallId: string;
  /** Aborted when the run ends, or when the page lets go of the session. */
  readonly signal: AbortSignal;
}

/**
 * Carries out a tool call in the page: gives the result, which must be JSON, or a promise of it. What it throws goes to the
 * agent as the call's failure.
 */
export type ClientTool = (input: never, context: ClientToolContext) => unknown;

/** Tools that the page carries out, by the names that the agent knows. */
export type ClientTools = Readonly<Record<string, ClientTool>>;

/** How long listeners are left alone with a call that none of them wanted, in ms. */
const againMs = 5000;

type ToolHost = SessionHost & {tools?: ClientTools};

/**
 * Offers to the session what the page carries out for agents: the element's `tools`, and, where the element brought the
 * session about, what listeners of `agent-tool-call` take on.
 */
export class ClientToolOffer implements ReactiveController {
  readonly #host: ToolHost;
  readonly #source: SessionSource;
  /** What listeners have answered, by the call's id. */
  readonly #answers = new Map<string, ToolResponse>();
  /** The calls that no listener wanted when they were asked last. */
  readonly #unanswered = new Set<string>();
  #againTimer: ReturnType<typeof setTimeout> | undefined;
  #offered: {readonly session: Session; readonly names: string; readonly stop: Unsubscribe} | undefined;

  constructor(host: ToolHost) {
    this.#host = host;
    this.#source = SessionSource.of(host);
    host.addController(this);
  }

  hostUpdated(): void {
    const {session} = this.#source;
    // Frameworks make new functions whenever they render; only other names are another offer.
    const names = Object.keys(this.#host.tools ?? {}).sort().join('\n');
    if (this.#host.isConnected && session === this.#offered?.session && names === this.#offered?.names) return;
    const previous = this.#offered;
    if (session !== previous?.session) {
      this.#answers.clear();
      this.#endWait();
    }
    this.#offer(session && this.#host.isConnected ? session : undefined, names);
  }

  hostDisconnected(): void {
    this.#endWait();
    this.#offer(undefined, '');
  }

  #offer(session: Session | undefined, names: string): void {
    const previous = this.#offered;
    this.#offered = session && {session, names, stop: session.offerTools((call) => this.#take(call))};
    // After the next offer, so that a call that is being carried out has somebody all the time.
    previous?.stop();
  }

  #take(call: ToolCall): (() => unknown) | undefined {
    const {toolName, toolCallId, signal, input} = call;
    const tools = this.#host.tools ?? {};
    // Not what every object has.
    if (Object.hasOwn(tools, toolName)) return () => this.#host.tools?.[toolName]?.(input as never, {toolCallId, signal});
    if (!this.#source.state.isOwn) return undefined;
    const response = this.#ask(call);
    if (response === undefined) return undefined;
    return typeof response === 'function' ? () => response({toolCallId, signal}) : () => response;
  }

  /** Asks the page's listeners until one answers, now and then: the session may ask here again and again. */
  #ask(call: ToolCall): ToolResponse | undefined {
    const {toolCallId} = call;
    const known = this.#answers.get(toolCallId);
    if (known !== undefined || this.#unanswered.has(toolCallId)) return known;
    const event = new AgentToolCallEvent(call);
    this.#host.dispatchEvent(event);
    event.close();
    if (event.response !== undefined) {
      this.#answers.set(toolCallId, event.response);
      return event.response;
    }
    this.#unanswered.add(toolCallId);
    // Nothing tells that a listener has come.
    this.#againTimer ??= setTimeout(() => this.#askAgain(), againMs);
    return undefined;
  }

  /** Has the session ask for the calls that wait still. */
  #askAgain(): void {
    this.#endWait();
    if (this.#offered) this.#offer(this.#offered.session, this.#offered.names);
  }

  #endWait(): void {
    clearTimeout(this.#againTimer);
    this.#againTimer = undefined;
    this.#unanswered.clear();
  }
}
