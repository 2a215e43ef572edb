import {type ClientRun, type ClientSession, OBJECT_MODES, type RunInfo} from '@ably/ai-transport';
import {createClientSession, type VercelInput, type VercelOutput, type VercelProjection} from '@ably/ai-transport/vercel';
import type * as Ably from 'ably';
import type {UIMessage} from 'ai';
import type {OutboxEntry} from '../session/outbox.ts';
import type {Invocation} from '../session/settings.ts';
import {AskFacts} from './ask-facts.ts';
import {releaseObjects} from './release-objects.ts';
import {SteerPublisher} from './steer-publisher.ts';
import {nameIn} from './client-name.ts';
import {idOf, WireFacts} from './wire-facts.ts';
import {WireSignals} from './wire-signals.ts';

type Client = ClientSession<VercelInput, VercelOutput, VercelProjection, UIMessage>;

/** What AI Transport announces, with what we make of it left to the session. */
export interface TransportEvents {
  /** The list of messages or the state of runs may have changed. */
  onChange(): void;
  /** A message's parts changed in place. */
  onContent(messageId: string): void;
  /** Messages may have been missed: what is held is no longer certain to be all. */
  onContinuityLost(): void;
}

/** How wrong the clock of the page that wrote a message may have been, in ms. */
const clockErrorMs = 24 * 3_600_000;
/** AI Transport's code for a channel that was joined again with a gap. */
const continuityLost = 104006;

/**
 * One AI Transport client session on a channel, and the facts of its raw messages. This file and `transcript.ts` are all
 * that knows AI Transport's API, which moves while it is 0.x.
 */
export class Transport {
  readonly facts = new WireFacts();
  readonly signals = new WireSignals();
  readonly asks = new AskFacts();
  readonly channel: Ably.RealtimeChannel;
  readonly #client: Client;
  readonly #realtime: Ably.Realtime;
  readonly #unsubscribe: readonly (() => void)[];
  readonly #steers: SteerPublisher;
  readonly #runs = new Map<string, ClientRun<VercelInput, UIMessage>>();

  /** @param hasObjects joins the channel with LiveObjects; the client must have been made with their plugin. */
  constructor(realtime: Ably.Realtime, channelName: string, events: TransportEvents, {hasObjects = false} = {}) {
    this.#realtime = realtime;
    this.#client = createClientSession({client: realtime, channelName, ...(hasObjects ? {channelModes: OBJECT_MODES} : {})});
    this.channel = realtime.channels.get(channelName);
    this.#steers = new SteerPublisher(this.channel, () => nameIn(realtime.auth.clientId));
    const {tree, view} = this.#client;
    let shape = '';
    this.#unsubscribe = [
      tree.on('ably-message', (message) => {
        const isNews = this.facts.observe(message);
        const isSignal = this.signals.observe(message);
        const isAsk = this.asks.observe(message);
        if (isNews || isSignal || isAsk) events.onChange();
      }),
      tree.on('update', () => events.onChange()),
      // The view announces every token as well; those change no list, and are told by id below.
      view.on('update', () => {
        const messages = view.getMessages();
        const next = `${messages.length} ${messages.at(-1)?.codecMessageId}`;
        if (next !== shape) events.onChange();
        shape = next;
      }),
      tree.on('run', () => events.onChange()),
      tree.on('output', ({codecMessageId, events: outputs, inputs}) => {
        if (codecMessageId === undefined || inputs.length > 0 || outputs.some(isAsking)) events.onChange();
        if (codecMessageId !== undefined) events.onContent(codecMessageId);
      }),
      this.#client.on('error', (error) => {
        if (error.code === continuityLost) events.onContinuityLost();
      }),
    ];
  }

  /** The rights that the channel granted, in lower case; undefined before it has. */
  get modes(): readonly string[] | undefined {
    return this.channel.state === 'attached' ? this.channel.modes.map((mode) => mode.toLowerCase()) : undefined;
  }

  /** This page's connection, by which others see it in presence. */
  get connectionId(): string | undefined {
    return this.#realtime.connection.id;
  }

  get view(): Client['view'] {
    return this.#client.view;
  }

  get tree(): Client['tree'] {
    return this.#client.tree;
  }

  /** The runs in view, oldest first, as they really stand: see {@link WireFacts.stateOf}. */
  runs(): readonly RunInfo[] {
    return this.view.runs().map((info) => this.#asItStands(info));
  }

  /** A run, in view or not. */
  run(runId: string): RunInfo | undefined {
    const info = this.view.run(runId);
    return info && this.#asItStands(info);
  }

  connect(): Promise<void> {
    return this.#client.connect();
  }

  /** Whether a message is seen on the channel. AI Transport's tree also has what is only on its way there. */
  has(messageId: string): boolean {
    return this.facts.message(messageId) !== undefined;
  }

  /**
   * Whether a message is on the channel, further back than what is loaded.
   * @param since when it was written, in ms since the epoch, by a clock that may be wrong by hours.
   * @throws {Ably.ErrorInfo} when the channel's history cannot be read.
   */
  async wasPublished(messageId: string, since: number): Promise<boolean> {
    let page: Ably.PaginatedResult<Ably.InboundMessage> | null = await this.channel.history({start: since - clockErrorMs, limit: 1000});
    while (page) {
      if (page.items.some((message) => idOf(message) === messageId)) return true;
      page = page.hasNext() ? await page.next() : null;
    }
    return false;
  }

  /**
   * Puts a message on the channel under the id that it has in the outbox, so that it is the same message in every
   * client, and can be recognised after a reload. Resolves when the channel has confirmed it.
   * @param runId the run that it joins, as a steer.
   */
  async publish({id, parts, edits}: OutboxEntry, runId?: string): Promise<void> {
    // The outbox has no other parts than text and files, whose shapes are those of the AI SDK.
    const message = {id, role: 'user', parts: parts.map((part) => ({...part}))} as UIMessage;
    if (runId !== undefined) return this.#steers.publish(id, message, runId);
    const options = edits && {forkOf: edits.messageId, ...(edits.parent === undefined ? {} : {parent: edits.parent})};
    this.#runs.set(id, await this.view.send({kind: 'user-message', codecMessageId: id, message}, options));
  }

  /**
   * Asks for another answer in place of one. Resolves when the channel has confirmed it; from then on the request stands
   * for the message that is answered, where its agent is woken or the new run cancelled.
   */
  async regenerate(messageId: string, inputId: string): Promise<void> {
    this.#runs.set(inputId, await this.view.regenerate(messageId));
  }

  /** What an agent needs to find a message; undefined while the channel has not shown it to us. */
  invocationOf(messageId: string): Invocation | undefined {
    const inputEventId = this.#runs.get(messageId)?.inputEventId ?? this.facts.message(this.#carrierOf(messageId))?.eventId;
    return inputEventId === undefined ? undefined : {inputEventId, sessionName: this.channel.name};
  }

  /** Asks the agent to stop a run, which may not have begun yet. Resolves when the request is on the channel. */
  async cancel({runId, inputId}: {runId: string | undefined; inputId: string | undefined}): Promise<void> {
    if (runId !== undefined) return this.#client.cancel(runId);
    const own = inputId === undefined ? undefined : this.#runs.get(inputId);
    if (own) return own.cancel();
    if (inputId === undefined) return;
    // A message sent before a reload, or elsewhere: AI Transport cancels by input only through the handle of the send.
    await this.channel.publish({
      name: 'ai-cancel',
      extras: {ai: {transport: {'event-id': crypto.randomUUID(), 'input-codec-message-id': inputId}}},
    });
  }

  #asItStands(info: RunInfo): RunInfo {
    const state = this.facts.stateOf(info.runId);
    return state === undefined || state.status === info.status ? info : {...info, error: undefined, ...state};
  }

  /** What last asked for an answer to a message: the message itself, or the request to answer it again. */
  #carrierOf(messageId: string): string {
    const last = this.runs().findLast(({runId}) => this.tree.getRunNode(runId)?.parentCodecMessageId === messageId);
    return (last && this.facts.carrierOf(last.runId)) ?? messageId;
  }

  async close(): Promise<void> {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    await this.#steers.close().catch(() => undefined);
    await this.#client.close();
  }

  /** Ends what outlives the channel's own end. Call it once nobody will join the channel on this client again. */
  release(): void {
    releaseObjects(this.channel);
  }
}

/** Whether what agents ask for may be different after it: a call is complete or asks, or data says something of one. */
function isAsking({type}: VercelOutput): boolean {
  return type.startsWith('data-') || (type.startsWith('tool-') && type !== 'tool-input-delta');
}
