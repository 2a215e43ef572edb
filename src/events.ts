import type {AgentSnapshot, AgentState, ConnectionSnapshot, Intent, LiveChange, LiveValue, RunSnapshot, SessionError, SessionMessage, ToolCall} from './session/index.ts';

// Every event bubbles and crosses shadow roots, so that a page can listen once, at whatever is around its elements.
const everywhere = {bubbles: true, composed: true} as const;

/** Something is asked of the session. `preventDefault()` keeps it from being carried out. */
export class AgentIntentEvent extends Event {
  readonly intent: Intent;

  constructor(intent: Intent) {
    super('agent-intent', {...everywhere, cancelable: true});
    this.intent = intent;
  }
}

/** Something failed: an intent that could not be carried out, or the session itself. */
export class AgentErrorEvent extends Event {
  readonly error: SessionError;
  /** What was asked for; undefined for failures of nothing that was asked for, such as a lost permission. */
  readonly intent: Intent | undefined;

  constructor(error: SessionError, intent?: Intent) {
    super('agent-error', everywhere);
    this.error = error;
    this.intent = intent;
  }
}

/** The state of the line changed. */
export class AgentConnectionChangedEvent extends Event {
  readonly connection: ConnectionSnapshot;
  readonly previous: ConnectionSnapshot;

  constructor(connection: ConnectionSnapshot, previous: ConnectionSnapshot) {
    super('agent-connection-changed', everywhere);
    this.connection = connection;
    this.previous = previous;
  }
}

/** An agent began to work. */
export class AgentRunStartedEvent extends Event {
  readonly run: RunSnapshot;

  constructor(run: RunSnapshot) {
    super('agent-run-started', everywhere);
    this.run = run;
  }
}

/** A run ended; `run.status` says how. */
export class AgentRunEndedEvent extends Event {
  readonly run: RunSnapshot;

  constructor(run: RunSnapshot) {
    super('agent-run-ended', everywhere);
    this.run = run;
  }
}

/** Somebody else, a person or an agent, said something new. An agent's message is still growing at that moment. */
export class AgentMessageReceivedEvent extends Event {
  readonly message: SessionMessage;

  constructor(message: SessionMessage) {
    super('agent-message-received', everywhere);
    this.message = message;
  }
}

/** An agent does something else than before, has come, or has gone. */
export class AgentStatusChangedEvent extends Event {
  readonly agent: AgentSnapshot;
  /** What it did before; undefined for an agent that was not known. */
  readonly previous: AgentState | undefined;

  constructor(agent: AgentSnapshot, previous: AgentState | undefined) {
    super('agent-status-changed', everywhere);
    this.agent = agent;
    this.previous = previous;
  }
}

/** Something in the shared state is another one. */
export class AgentStateChangedEvent extends Event {
  /** Where: keys from the root of the state, joined by dots. */
  readonly path: string;
  /** What stood there; undefined where there was nothing. */
  readonly previous: LiveValue | undefined;
  /** What stands there now; undefined where it was removed. */
  readonly value: LiveValue | undefined;
  /** `local`: by an edit of this page, or the taking back of one that was refused. */
  readonly origin: LiveChange['origin'];

  constructor({path, previous, value, origin}: LiveChange) {
    super('agent-state-changed', everywhere);
    this.path = path;
    this.previous = previous;
    this.value = value;
    this.origin = origin;
  }
}

/** A person has said what they think of an answer. */
export class AgentFeedbackEvent extends Event {
  readonly messageId: string;
  readonly rating: 'up' | 'down';
  /** In their words; undefined when they have only pressed a button. Words follow in an event of their own. */
  readonly text: string | undefined;

  constructor(messageId: string, rating: 'up' | 'down', text?: string) {
    super('agent-feedback', everywhere);
    this.messageId = messageId;
    this.rating = rating;
    this.text = text;
  }
}

/** Carries out a call, or the outcome of one; what it throws, or rejects with, goes to the agent as the call's failure. */
export type ToolResponse = Promise<unknown> | ((call: {readonly toolCallId: string; readonly signal: AbortSignal}) => unknown);

/**
 * An agent leaves a tool call to the page. A listener that wants it calls {@link respondWith} before it returns, as with a
 * `FetchEvent`; where nobody does, the call is left alone, and asked for again every few seconds while it waits.
 *
 * Every page that is open on the session gets this event, and one of them carries the call out. Give `respondWith` a
 * function, and do the work in it: it is called only where this page is the one. A promise stands for work that has begun
 * already, which is right only for what may be done on every page.
 */
export class AgentToolCallEvent extends Event {
  readonly toolName: string;
  readonly input: unknown;
  readonly toolCallId: string;
  #response: ToolResponse | undefined;
  #isOver = false;

  constructor({toolName, input, toolCallId}: Pick<ToolCall, 'toolName' | 'input' | 'toolCallId'>) {
    super('agent-tool-call', {...everywhere, cancelable: true});
    this.toolName = toolName;
    this.input = input;
    this.toolCallId = toolCallId;
  }

  /** What a listener has answered with; undefined where none has. */
  get response(): ToolResponse | undefined {
    return this.#response;
  }

  /**
   * Takes the call on.
   * @throws {Error} when another listener has, or when the event is over.
   */
  respondWith(response: ToolResponse): void {
    if (this.#isOver) throw new Error('respondWith() came too late: call it before the listener returns, and do the work in the function you give it.');
    if (this.#response) throw new Error(`Another listener has taken the call of ${this.toolName} on.`);
    this.#response = response;
    // Where nobody waits for it, its failure is nobody's.
    if (typeof response !== 'function') response.catch(() => undefined);
    this.preventDefault();
    this.stopImmediatePropagation();
  }

  /** Ends the time for an answer. For whoever has dispatched the event. */
  close(): void {
    this.#isOver = true;
  }
}

/** The person wants to see a conversation. */
export class AgentConversationChosenEvent extends Event {
  /** The name of its channel. */
  readonly channel: string;

  constructor(channel: string) {
    super('agent-conversation-chosen', everywhere);
    this.channel = channel;
  }
}

/** A launcher was opened or closed. */
export class AgentLauncherToggledEvent extends Event {
  readonly open: boolean;

  constructor(open: boolean) {
    super('agent-launcher-toggled', everywhere);
    this.open = open;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'agent-intent': AgentIntentEvent;
    'agent-error': AgentErrorEvent;
    'agent-connection-changed': AgentConnectionChangedEvent;
    'agent-run-started': AgentRunStartedEvent;
    'agent-run-ended': AgentRunEndedEvent;
    'agent-message-received': AgentMessageReceivedEvent;
    'agent-status-changed': AgentStatusChangedEvent;
    'agent-conversation-chosen': AgentConversationChosenEvent;
    'agent-state-changed': AgentStateChangedEvent;
    'agent-feedback': AgentFeedbackEvent;
    'agent-tool-call': AgentToolCallEvent;
    'agent-launcher-toggled': AgentLauncherToggledEvent;
  }
}
