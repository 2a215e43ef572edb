import type * as Ably from 'ably';
import type {Unsubscribe} from '../internal/listeners.ts';
import type {Approval} from '../session/approvals.ts';
import type {ToolHandler} from '../session/client-tools.ts';
import type {SessionError} from '../session/errors.ts';
import type {RespondIntent} from '../session/intent.ts';
import {withAnswers} from '../session/open-answers.ts';
import type {CodecName, Invocation} from '../session/settings.ts';
import type {RunSnapshot, SessionSnapshot} from '../session/snapshot.ts';
import {Approvals} from './approvals.ts';
import type {AskFacts} from './ask-facts.ts';
import {explainError} from './explain-error.ts';
import {openAnswers} from './open-answers.ts';
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
  /** The page, where there is one: sessions run in Node as well. */
  readonly #page = 'document' in globalThis ? globalThis.document : undefined;
  readonly #onVisibility = (): void => {
    if (this.#page?.visibilityState === 'visible') this.#wakes.nudge();
  };

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
    this.#page?.addEventListener('visibilitychange', this.#onVisibility);
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

  /** The runs: of those that wait, whether all is answered, and why their agent has not gone on. */
  withAnswers(conversation: Pick<SessionSnapshot, 'messages' | 'runs' | 'approvals'>): readonly RunSnapshot[] {
    const open = new Map(openAnswers(conversation, this.#host.transport().asks).map((answer) => [answer.runId, answer]));
    return withAnswers(conversation.runs, ({error}, runId) => {
      const answer = open.get(runId);
      return {isAnswered: answer?.isLast === true, error: (answer && this.#failureOf(answer.eventId)) ?? error};
    });
  }

  /** Tells the agent once more of an answer to a run that a message asked for. Returns whether it waits for that. */
  wakeAgain(messageId: string): boolean {
    const run = this.#host.snapshot().runs.find(({inputId, status, isAnswered, error}) => inputId === messageId && status === 'suspended' && (isAnswered || error !== undefined));
    return run?.runId !== undefined && this.#wakes.again(run.runId);
  }

  /** Takes up what is to be done. Call it when the snapshot has changed. */
  look(): void {
    if (!this.#host.ready()) return;
    this.#wakes.look(openAnswers(this.#host.snapshot(), this.#host.transport().asks));
    this.#tools.look();
  }

  /** The line is back. */
  onLineBack(): void {
    this.#wakes.nudge();
  }

  close(): void {
    this.#page?.removeEventListener('visibilitychange', this.#onVisibility);
    this.#wakes.close();
    this.#approvals.close();
    this.#tools.close();
  }

  #failureOf(eventId: string): SessionError | undefined {
    const failure = this.#wakes.failureOf(eventId);
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
