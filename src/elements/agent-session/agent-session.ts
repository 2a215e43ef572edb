import {html, LitElement, nothing, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {openSession} from '../../ably/open-session.ts';
import {ClientToolOffer, type ClientTools} from '../../controllers/client-tools.ts';
import {type ConnectionProperties, connectionProperties} from '../../controllers/connection-properties.ts';
import {intend} from '../../controllers/intend.ts';
import {type PartRenderers, RendererProvider} from '../../controllers/part-renderers.ts';
import {provideSessionOpener} from '../../controllers/session-opener.ts';
import {SessionEvents} from '../../controllers/session-events.ts';
import {SessionProvider} from '../../controllers/session-provider.ts';
import {SessionSource} from '../../controllers/session-source.ts';
import {Localize} from '../../i18n/index.ts';
import {define} from '../../internal/define.ts';
import type {AgentSnapshot, Approval, BargeInPolicy, ConnectionSnapshot, FilePart, LiveState, RespondIntent, RunSnapshot, SessionMessage} from '../../session/index.ts';
import type {Recording} from '../../replay/replay.ts';
import {baseStyles} from '../shared/base.styles.ts';
import {notice} from '../shared/notice.ts';
import {noticeStyles} from '../shared/notice.styles.ts';
import {agentSessionStyles} from './agent-session.styles.ts';
import {RecordingControl} from './recording-control.ts';

/**
 * Gives a session to the elements in it, however deep. It shows nothing of its own but what keeps it from connecting.
 *
 * @tag agent-session
 * @slot - The page's own content and the elements that share the session.
 * @csspart notice - Says why there is no session and what to do.
 * @fires {AgentIntentEvent} agent-intent - Something is asked of the session; preventing it keeps it from being done.
 * @fires {AgentErrorEvent} agent-error - Something failed.
 * @fires {AgentConnectionChangedEvent} agent-connection-changed - The state of the line changed.
 * @fires {AgentRunStartedEvent} agent-run-started - An agent began to work.
 * @fires {AgentRunEndedEvent} agent-run-ended - A run ended.
 * @fires {AgentMessageReceivedEvent} agent-message-received - Somebody else said something new.
 * @fires {AgentToolCallEvent} agent-tool-call - An agent leaves a call to the page; `respondWith()` takes it on.
 */
export class AgentSessionElement extends LitElement {
  static override styles = [baseStyles, noticeStyles, agentSessionStyles];
  static override properties = connectionProperties;

  /** Language of texts, numbers and dates in the elements inside, as a BCP 47 tag; else the nearest `lang` decides. */
  @property({reflect: true}) locale?: string;

  /** Address of a recorded session to play instead of opening one; what plays it is loaded then. */
  @property() src?: string;

  /** How many times faster than it went `src` is played, or `instant` for all at once; 1 when absent. */
  @property({attribute: 'replay-speed'}) replaySpeed?: number | 'instant';

  /** Records what happens from now on, with its times, for {@link exportRecording}. */
  @property({type: Boolean}) record = false;

  /** Tools that this page carries out for agents, by name: `async (input, {toolCallId, signal}) => result`. */
  @property({attribute: false}) tools?: ClientTools;

  /** Own views of tool calls and data in the conversations inside, by the tool's name or `data-…`: functions, tags, or what mounts a component. */
  @property({attribute: false}) renderers?: PartRenderers;

  readonly #source = SessionSource.of(this);
  readonly #localize = new Localize(this);
  readonly #recording: RecordingControl;

  constructor() {
    super();
    new SessionProvider(this);
    new SessionEvents(this);
    this.#recording = new RecordingControl(this);
    new ClientToolOffer(this);
    new RendererProvider(this);
  }

  /** The state of the line. */
  get connection(): ConnectionSnapshot {
    return this.#source.snapshot.connection;
  }

  /** The runs of the visible branch, oldest first. */
  get runs(): readonly RunSnapshot[] {
    return this.#source.snapshot.runs;
  }

  /** The messages of the visible branch, oldest first. */
  get messages(): readonly SessionMessage[] {
    return this.#source.snapshot.messages;
  }

  /** What agents have asked people to decide on the visible branch, oldest first, decided or not. */
  get approvals(): readonly Approval[] {
    return this.#source.snapshot.approvals;
  }

  /** The agents of the session, present or not, and what each does. */
  get agents(): readonly AgentSnapshot[] {
    return this.#source.snapshot.agents;
  }

  /** The state that people and agents share; undefined as long as there is no session. Its `open()` loads it. */
  get state(): LiveState | undefined {
    return this.#source.session?.state;
  }

  /**
   * Says something. Resolves when the message is safely kept, with `false` when the page prevented it.
   * @throws {SessionError} when it cannot be sent.
   */
  async send(text: string, options: {files?: readonly FilePart[]; policy?: BargeInPolicy} = {}): Promise<boolean> {
    await this.updateComplete;
    return intend(this, {type: 'send', text, ...options});
  }

  /** Says something into the answer that is being written; where none is, it is sent as usual. As `send` with `policy: 'steer'`. */
  steer(text: string, options: {files?: readonly FilePart[]} = {}): Promise<boolean> {
    return this.send(text, {...options, policy: 'steer'});
  }

  /** Stops one run, by its key, or all that are running. */
  async cancel(run?: string): Promise<boolean> {
    await this.updateComplete;
    return intend(this, {type: 'cancel', run});
  }

  /** Sends a failed message again, or asks again for the answer to one that got none. */
  async retry(messageId: string): Promise<boolean> {
    await this.updateComplete;
    return intend(this, {type: 'retry', messageId});
  }

  /** Gives up a message that was not sent. */
  async discard(messageId: string): Promise<boolean> {
    await this.updateComplete;
    return intend(this, {type: 'discard', messageId});
  }

  /** Says something else in place of an own message; both stay, as branches. An answer that is being written is stopped. */
  async edit(messageId: string, text: string, options: {files?: readonly FilePart[]} = {}): Promise<boolean> {
    await this.updateComplete;
    return intend(this, {type: 'edit', messageId, text, ...options});
  }

  /** Asks for another answer in place of an agent's message; both stay, as branches. */
  async regenerate(messageId: string): Promise<boolean> {
    await this.updateComplete;
    return intend(this, {type: 'regenerate', messageId});
  }

  /** Shows another of the messages in one place, from 0, to this person only. */
  async selectBranch(messageId: string, index: number): Promise<boolean> {
    await this.updateComplete;
    return intend(this, {type: 'select-branch', messageId, index});
  }

  /** Decides on what an agent asked for; the first decision on the channel counts. */
  async respond(toolCallId: string, decision: Omit<RespondIntent, 'type' | 'toolCallId'>): Promise<boolean> {
    await this.updateComplete;
    return intend(this, {type: 'respond', toolCallId, ...decision});
  }

  /** Reveals older messages, as many as `history` says unless a limit is given. */
  async loadOlder(limit?: number): Promise<boolean> {
    await this.updateComplete;
    return intend(this, {type: 'load-older', limit});
  }

  /**
   * The conversation as a recording for `src`, with ids and secrets scrubbed: with `record` as it went since then, else as it
   * stands, at a made-up pace.
   * @throws {SessionError} when there is no session.
   */
  async exportRecording(): Promise<Recording> {
    await this.updateComplete;
    return this.#recording.export();
  }

  /** Plays the recording of `src` from its beginning. */
  async replay(): Promise<void> {
    await this.updateComplete;
    return this.#recording.restart();
  }

  protected override render(): TemplateResult {
    const {state} = this.#source;
    const {error} = this.#recording;
    return html`
      ${error ? html`<div class="frame" role="alert">${notice(this.#localize.current, error)}</div>` : nothing}
      ${state.status === 'refused' && state.isOwn
        ? html`<div class="frame" role="alert">${notice(this.#localize.current, state.error)}</div>`
        : nothing}
      <slot></slot>
    `;
  }
}

export interface AgentSessionElement extends ConnectionProperties {}

declare global {
  interface HTMLElementTagNameMap {
    'agent-session': AgentSessionElement;
  }
}

// Here, and only here, the elements meet what is behind a session: every other element imports this one.
provideSessionOpener(openSession);

define('agent-session', AgentSessionElement);
