import {EVENT_CANCEL, EVENT_RUN_END, EVENT_RUN_START, getCodecHeaders, getTransportHeaders, HEADER_CODEC_MESSAGE_ID, HEADER_RUN_ID, HEADER_RUN_REASON} from '@ably/ai-transport';
import type {createAgentSession} from '@ably/ai-transport/vercel';
import {type Decisions, watchDecisions} from 'agent-session-elements/agent';
import type * as Ably from 'ably';

export type AgentSession = ReturnType<typeof createAgentSession>;
type Tree = AgentSession['tree'];
export type RunNode = NonNullable<ReturnType<Tree['getRunNode']>>;
type RunState = RunNode['state']['status'];

/** Names, on a run's start and on a cancel, the message that asked for the run. The SDK does not export these headers. */
const inputHeader = 'input-codec-message-id';
const eventIdHeader = 'event-id';
const suspendEvent = 'ai-run-suspend';
const resumeEvent = 'ai-run-resume';
const inputEvent = 'ai-input';
const outputEvent = 'ai-output';
const statusAfter: Readonly<Partial<Record<string, RunState>>> = {[EVENT_RUN_START]: 'active', [resumeEvent]: 'active', [suspendEvent]: 'suspended'};
const approvalKind = 'data-approval';
const resultKinds: ReadonlySet<string> = new Set(['tool-output-available', 'tool-output-error']);

/** Something that a client has put on the channel for agents: a message, a decision, a tool's result. */
export interface Input {
  readonly eventId: string;
  /** The message it is, or the one that it is about. */
  readonly messageId: string;
  /** The run that it goes on with; undefined where it asks for one. */
  readonly runId: string | undefined;
  readonly kind: string | undefined;
  /** Who published it, as the channel vouches. */
  readonly clientId: string | undefined;
  readonly serial: string;
  readonly message: Ably.InboundMessage;
}

/** What the agent has said of a call that people have to approve. */
export interface Matter {
  /** Client ids of those who may decide; anybody when absent. */
  readonly approvers?: readonly string[];
}

/** A stop that somebody asked for. */
export interface Cancel {
  /** The run's id, or that of the message that asked for it. */
  readonly targets: readonly string[];
  readonly clientId: string | undefined;
}

/**
 * What the channel has said about runs, inputs and cancels, from history and live. The SDK routes cancels that arrive
 * while a run is registered; all others are found here.
 */
export class ChannelLog {
  readonly tree: Tree;
  /** What people have decided. */
  readonly decisions: Decisions;
  readonly #runsOfInput = new Map<string, Set<string>>();
  readonly #inputs = new Map<string, Input>();
  readonly #said = new Map<string, number>();
  readonly #cancels: Cancel[] = [];
  readonly #states = new Map<string, {readonly serial: string; readonly status: RunState}>();
  readonly #suspensions = new Map<string, number>();
  readonly #answeredCalls = new Set<string>();
  readonly #matters = new Map<string, Matter>();
  readonly #watchers = new Set<() => void>();
  readonly #agentId: () => string;
  readonly #stop: () => void;

  /** @param agentId the agent's own client id; what others publish in an agent's words is not taken for its own. */
  constructor(tree: Tree, agentId: () => string) {
    this.tree = tree;
    this.#agentId = agentId;
    this.decisions = watchDecisions({tree});
    this.#stop = tree.on('ably-message', (message) => this.#read(message));
  }

  /** The input with this event id; undefined while it has not been read. */
  inputOf(eventId: string): Input | undefined {
    return this.#inputs.get(eventId);
  }

  /** All that clients have put on the channel, in its order. */
  inputs(): readonly Input[] {
    return [...this.#inputs.values()].sort((one, other) => (one.serial < other.serial ? -1 : 1));
  }

  /** The runs that answered a message, and how each stands. */
  runsOf(inputId: string): readonly {runId: string; status: RunState}[] {
    return [...(this.#runsOfInput.get(inputId) ?? [])].map((runId) => ({runId, status: this.statusOf(runId)}));
  }

  /** The message that asked for a run. */
  inputIdOfRun(runId: string): string | undefined {
    return [...this.#runsOfInput].find(([, runs]) => runs.has(runId))?.[0];
  }

  /** The runs that stand like this. */
  runsThatAre(status: RunState): readonly string[] {
    return [...this.#runsOfInput.values()].flatMap((runs) => [...runs]).filter((runId) => this.statusOf(runId) === status);
  }

  /** When a run was suspended last, in ms since the epoch, by the channel's clock. */
  suspendedSince(runId: string): number | undefined {
    return this.#suspensions.get(runId);
  }

  /** The stops that were asked for of this run, or of the run for this message. */
  cancelsOf(...ids: readonly (string | undefined)[]): readonly Cancel[] {
    return this.#cancels.filter(({targets}) => targets.some((target) => ids.includes(target)));
  }

  /**
   * Whether the agent has given a tool call its result. The message says so too, but there a client's word looks the same.
   */
  hasResult(toolCallId: string): boolean {
    return this.#answeredCalls.has(toolCallId);
  }

  /**
   * What the agent has asked people to approve, by the call's id. A part of the message says so too, but a client's part
   * with the same id takes its place there.
   */
  matterOf(toolCallId: string): Matter | undefined {
    return this.#matters.get(toolCallId);
  }

  /** How many messages people have put into a run. */
  saidInto(runId: string): number {
    return this.#said.get(runId) ?? 0;
  }

  /** Calls after every message of the channel. Returns what ends that. */
  watch(listener: () => void): () => void {
    this.#watchers.add(listener);
    return () => this.#watchers.delete(listener);
  }

  close(): void {
    this.#stop();
    this.decisions.close();
    this.#watchers.clear();
  }

  #read(message: Ably.InboundMessage): void {
    const headers = getTransportHeaders(message);
    const {[inputHeader]: inputId, [HEADER_RUN_ID]: runId} = headers;
    if (message.name === EVENT_CANCEL) {
      this.#cancels.push({targets: [inputId, runId].filter((id) => id !== undefined), clientId: message.clientId});
    } else if (message.name === inputEvent) {
      this.#readInput(message, headers);
    } else if (message.clientId === this.#agentId()) {
      // Whoever may publish can give a message any name and headers; who it is from the channel vouches for.
      this.#readOwn(message, headers);
    }
    for (const listener of [...this.#watchers]) listener();
  }

  #readOwn(message: Ably.InboundMessage, headers: Readonly<Record<string, string>>): void {
    const {[inputHeader]: inputId, [HEADER_RUN_ID]: runId} = headers;
    this.#readState(message, headers);
    if (message.name === EVENT_RUN_START && inputId !== undefined && runId !== undefined) {
      this.#runsOfInput.set(inputId, new Set([...(this.#runsOfInput.get(inputId) ?? []), runId]));
    } else if (message.name === suspendEvent && runId !== undefined) {
      this.#suspensions.set(runId, Math.max(message.timestamp, this.#suspensions.get(runId) ?? 0));
    } else if (message.name === outputEvent) {
      const {kind = '', toolCallId} = getCodecHeaders(message);
      if (resultKinds.has(kind) && toolCallId !== undefined) this.#answeredCalls.add(toolCallId);
      if (kind === approvalKind) this.#readMatter(message);
    }
  }

  #readMatter({data}: Ably.InboundMessage): void {
    const {toolCallId, ...matter} = (data ?? {}) as Matter & {readonly toolCallId?: string}; // the agent's own words
    if (toolCallId !== undefined) this.#matters.set(toolCallId, matter);
  }

  #readInput(message: Ably.InboundMessage, headers: Readonly<Record<string, string>>): void {
    const {[eventIdHeader]: eventId, [HEADER_CODEC_MESSAGE_ID]: messageId, [HEADER_RUN_ID]: runId} = headers;
    if (eventId === undefined || messageId === undefined || this.#inputs.has(eventId)) return;
    const {kind} = getCodecHeaders(message);
    if (kind === 'user-message' && runId !== undefined) this.#said.set(runId, this.saidInto(runId) + 1);
    this.#inputs.set(eventId, {eventId, messageId, runId, kind, clientId: message.clientId, serial: message.serial ?? '', message});
  }

  /** By the channel's own words: the tree overlooks the end of a run of which it has read nothing yet, as history is paged in. */
  statusOf(runId: string): RunState {
    return this.#states.get(runId)?.status ?? 'active';
  }

  #readState({name = '', serial = ''}: Ably.InboundMessage, {[HEADER_RUN_ID]: runId, [HEADER_RUN_REASON]: reason = 'complete'}: Readonly<Record<string, string>>): void {
    const status = name === EVENT_RUN_END ? (reason as RunState) : statusAfter[name]; // the agent's own word
    if (status === undefined || runId === undefined || serial < (this.#states.get(runId)?.serial ?? '')) return;
    this.#states.set(runId, {serial, status});
  }
}
