import type {ClientRun, ClientSession, RunInfo} from '@ably/ai-transport';
import type {VercelInput, VercelOutput, VercelProjection} from '@ably/ai-transport/vercel';
import type * as Ably from 'ably';
import type {UIMessage} from 'ai';
import {SessionError} from '../session/errors.ts';
import type {MessagePart} from '../session/message.ts';
import type {OutboxEntry} from '../session/outbox.ts';
import type {CodecName, Invocation} from '../session/settings.ts';
import type * as code from './ai-transport.ts';
import {AskFacts} from './ask-facts.ts';
import type {FileNames} from './file-names.ts';
import {mendRunOrder} from './mend-run-order.ts';
import {releaseObjects} from './release-objects.ts';
import type {SessionCodec} from './session-codec.ts';
import type {SteerPublisher} from './steer-publisher.ts';
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

/** What is read of a client session that is not there yet. */
const nothing = {
  // Nothing else is asked of them before the channel is joined.
  view: {
    getMessages: () => [],
    runs: () => [],
    run: () => undefined,
    hasOlder: () => false,
    branchSelection: () => ({hasSiblings: false, siblings: [], index: 0, selected: undefined, select: () => undefined}),
  } as Partial<Client['view']> as Client['view'],
  tree: {getNodeByCodecMessageId: () => undefined, getRunNode: () => undefined} as Partial<Client['tree']> as Client['tree'],
};

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
  readonly #options: {realtime: Ably.Realtime; hasObjects: boolean; codec: CodecName};
  readonly #events: TransportEvents;
  readonly #loading: Promise<void>;
  #made: Client | undefined;
  #steers: SteerPublisher | undefined;
  #names: FileNames | undefined;
  #unsubscribe: readonly (() => void)[] = [];
  #isClosed = false;
  readonly #runs = new Map<string, ClientRun<VercelInput, UIMessage>>();

  /** @param hasObjects joins the channel with LiveObjects; the client must have been made with their plugin. */
  constructor(realtime: Ably.Realtime, channelName: string, events: TransportEvents, {hasObjects = false, codec = 'vercel'}: {hasObjects?: boolean; codec?: CodecName} = {}) {
    this.#options = {realtime, hasObjects, codec};
    this.#events = events;
    this.channel = realtime.channels.get(channelName);
    // Loading goes on while the connection is made, so that nobody waits for it.
    this.#loading = this.#load();
    this.#loading.catch(() => undefined); // It is told by connect().
  }

  async #load(): Promise<void> {
    const {library, codec} = await loadCode(this.#options.codec).catch((cause: unknown) => {
      throw new SessionError('The part of the library that talks to agents could not be loaded.', {kind: 'connection', hint: 'See that its file lies beside the script, and reload the page.', cause});
    });
    if (this.#isClosed) return;
    const {realtime, hasObjects} = this.#options;
    const client = library.createClientSession({client: realtime, channelName: this.channel.name, codec, ...(hasObjects ? {channelModes: library.OBJECT_MODES} : {})});
    this.#made = client;
    this.#steers = new library.SteerPublisher(codec, this.channel, () => nameIn(realtime.auth.clientId));
    this.#names = new library.FileNames();
    this.#unsubscribe = this.#listen(client, this.#events);
  }

  #listen(client: Client, events: TransportEvents): readonly (() => void)[] {
    const {tree, view} = client;
    let shape = '';
    return [
      tree.on('ably-message', (message) => {
        mendRunOrder(tree, message);
        const isNews = this.facts.observe(message);
        const isSignal = this.signals.observe(message, this.connectionId);
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
        for (const id of outputs.some(isResult) ? this.#messagesBeside(codecMessageId) : [codecMessageId]) if (id !== undefined) events.onContent(id);
      }),
      client.on('error', (error) => {
        if (error.code === continuityLost) events.onContinuityLost();
      }),
    ];
  }

  /** The client session: there once it is loaded, unless this was closed before. */
  get #client(): Client {
    if (!this.#made) throw new SessionError('The channel has not been joined.', {kind: this.#isClosed ? 'closed' : 'connection'});
    return this.#made;
  }

  /** The rights that the channel granted, in lower case; undefined before it has. */
  get modes(): readonly string[] | undefined {
    return this.channel.state === 'attached' ? this.channel.modes.map((mode) => mode.toLowerCase()) : undefined;
  }

  /** This page's connection, by which others see it in presence. */
  get connectionId(): string | undefined {
    return this.#options.realtime.connection.id;
  }

  get view(): Client['view'] {
    return this.#made?.view ?? nothing.view;
  }

  get tree(): Client['tree'] {
    return this.#made?.tree ?? nothing.tree;
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

  async connect(): Promise<void> {
    await this.#loading;
    // A channel that has refused to be joined fails whatever is asked of it, until it is attached expressly.
    if (this.channel.state === 'failed') await this.channel.attach();
    await this.#client.connect();
  }

  /** The parts of a message of AI Transport's; the same ones as long as there are no others. */
  partsOf({parts}: UIMessage): readonly MessagePart[] {
    // The AI SDK's parts have the shapes of MessagePart; its type is open to tools and data that are not declared here.
    const read = parts as MessagePart[];
    return this.#names?.read(read) ?? read;
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
    const client = this.#client;
    const message = {id, role: 'user', parts: (this.#names?.add(parts) ?? parts).map((part) => ({...part}))} as UIMessage;
    if (runId !== undefined) return this.#steers?.publish(id, message, runId);
    const options = edits && {forkOf: edits.messageId, ...(edits.parent === undefined ? {} : {parent: edits.parent})};
    this.#runs.set(id, await client.view.send({kind: 'user-message', codecMessageId: id, message}, options));
  }

  /**
   * Asks for another answer in place of one, to the same message. Resolves when the channel has confirmed it; from then on
   * the request stands for the message that is answered, where its agent is woken or the new run cancelled.
   */
  async regenerate(messageId: string, inputId: string): Promise<void> {
    // The view's own way takes the message shown before the answer for what it answers, which may be one that was said alongside.
    this.#runs.set(inputId, await this.#client.view.send({kind: 'regenerate', target: messageId, parent: inputId}));
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

  /** The messages of the run that one belongs to. */
  #messagesBeside(messageId: string | undefined): readonly string[] {
    const node = messageId === undefined ? undefined : this.tree.getNodeByCodecMessageId(messageId);
    return node?.projection.messages.map(({codecMessageId}) => codecMessageId) ?? [];
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
    this.#isClosed = true;
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    await this.#steers?.close().catch(() => undefined);
    await this.#made?.close();
  }

  /** Ends what outlives the channel's own end. Call it once nobody will join the channel on this client again. */
  release(): void {
    releaseObjects(this.channel);
  }
}

async function loadCode(name: CodecName): Promise<{library: typeof code; codec: SessionCodec}> {
  const [library, codec] = await Promise.all([
    import('./ai-transport.ts'),
    name === 'openai' ? import('./openai/responses-codec.ts').then(({createResponsesCodec}) => createResponsesCodec()) : undefined,
  ]);
  return {library, codec: codec ?? library.createUIMessageCodec()};
}

/**
 * Whether what agents ask for may be different after it: a call is complete or asks, or data says something of one.
 * The types are those of the AI SDK's chunks and of the events of OpenAI's Responses.
 */
function isAsking({type}: {readonly type: string}): boolean {
  return type.startsWith('data-') || (type.startsWith('tool-') && type !== 'tool-input-delta') || type === 'response.output_item.done' || isResult({type});
}

/** Whether it is the result of a call that another message of the run may hold: so with OpenAI's Responses. */
function isResult({type}: {readonly type: string}): boolean {
  return type === 'function_call_output';
}
