import type * as Ably from 'ably';
import type {Unsubscribe} from '../internal/listeners.ts';
import type {Approval} from '../session/approvals.ts';
import type {ToolHandler} from '../session/client-tools.ts';
import type {SessionError} from '../session/errors.ts';
import type {RespondIntent} from '../session/intent.ts';
import type {CodecName, Invocation} from '../session/settings.ts';
import type {RunSnapshot, SessionSnapshot} from '../session/snapshot.ts';
import {Approvals} from './approvals.ts';
import type {AskFacts} from './ask-facts.ts';
import {explainError} from './explain-error.ts';
import type {PresenceWatch} from './presence-watch.ts';
import {ToolRunner} from './tool-runner.ts';
import type {Transport} from './transport.ts';
import {Wakes} from './wakes.ts';

/** What of the session is needed here. */
export interface AskHost {
  readonly codec: CodecName;
  readonly presence: PresenceWatch;
  snapshot(): SessionSnapshot;
  /** The transport to publish through; undefined while the channel is not joined, or its history not known yet. */
  ready(): Transport | undefined;
  /** The transport to read from. */
  transport(): Transport;
  /** @throws {SessionError} where it is known already that nothing can be published. */
  checkMayPublish(): void;
  maxMessageBytes(): number;
  wake(invocation: Invocation, messageId: string): Promise<void>;
  invalidate(): void;
}

/** What approvals and tools share. */
export interface AskRoom {
  readonly codec: CodecName;
  readonly wakes: Wakes;
  snapshot(): SessionSnapshot;
  transport(): Transport | undefined;
  facts(): AskFacts;
  maxMessageBytes(): number;
  /** @throws {SessionError} saying why the channel has not taken the message. */
  publish(message: Ably.Message): Promise<void>;
  invalidate(): void;
}

/** What agents ask of people and of their pages, and how they are answered. */
export class Asks {
  readonly #host: AskHost;
  readonly #wakes: Wakes;
  readonly #approvals: Approvals;
  readonly #tools: ToolRunner;
  readonly #errors = new WeakMap<object, SessionError>();

  constructor(host: AskHost) {
    this.#host = host;
    this.#wakes = new Wakes(({eventId, messageId}) => host.wake({inputEventId: eventId, sessionName: host.transport().channel.name}, messageId), host.invalidate);
    const room: AskRoom = {
      codec: host.codec,
      wakes: this.#wakes,
      snapshot: () => host.snapshot(),
      transport: () => host.ready(),
      facts: () => host.transport().asks,
      maxMessageBytes: () => host.maxMessageBytes(),
      publish: (message) => this.#publish(message),
      invalidate: () => host.invalidate(),
    };
    this.#approvals = new Approvals(room);
    this.#tools = new ToolRunner(room, host.presence);
  }

  respond(intent: RespondIntent): Promise<void> {
    return this.#approvals.respond(intent);
  }

  offer(handler: ToolHandler): Unsubscribe {
    return this.#tools.offer(handler);
  }

  read(transcript: Pick<SessionSnapshot, 'messages' | 'runs'>): readonly Approval[] {
    return this.#approvals.read(transcript, this.#host.transport().asks);
  }

  /** The runs, those that wait for an agent which could not be told with the reason. */
  withFailures(runs: readonly RunSnapshot[]): readonly RunSnapshot[] {
    if (!runs.some((run) => this.#failureOf(run))) return runs;
    return runs.map((run) => ({...run, error: this.#failureOf(run) ?? run.error}));
  }

  /** Takes up what is to be done. Call it when the snapshot has changed. */
  look(): void {
    if (!this.#host.ready()) return;
    this.#wakes.look(this.#host.snapshot(), this.#host.transport().asks);
    this.#tools.look();
  }

  close(): void {
    this.#wakes.close();
    this.#approvals.close();
    this.#tools.close();
  }

  #failureOf({runId, status}: RunSnapshot): SessionError | undefined {
    const failure = status === 'suspended' && runId !== undefined ? this.#wakes.failureOf(runId) : undefined;
    if (typeof failure !== 'object' || failure === null) return undefined;
    const known = this.#errors.get(failure) ?? explainError(failure, 'run', this.#host.transport().channel.name);
    this.#errors.set(failure, known);
    return known;
  }

  async #publish(message: Ably.Message): Promise<void> {
    this.#host.checkMayPublish();
    const {channel} = this.#host.transport();
    try {
      await channel.publish(message);
    } catch (failure) {
      throw explainError(failure, 'publish', channel.name);
    }
  }
}
