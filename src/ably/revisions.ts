import {SessionError} from '../session/errors.ts';
import type {EditIntent, RegenerateIntent, SelectBranchIntent} from '../session/intent.ts';
import type {SessionMessage} from '../session/message.ts';
import type {Revision} from '../session/outbox.ts';
import type {RunSnapshot, SessionSnapshot} from '../session/snapshot.ts';
import {runsToLeave} from '../session/stops.ts';
import type {Answers} from './answers.ts';
import type {Branches} from './branches.ts';
import {explainError} from './explain-error.ts';
import type {Transport} from './transport.ts';
import {firstAnswerIn} from './version-groups.ts';

interface RevisionHost {
  snapshot(): SessionSnapshot;
  /** The transport to publish through; undefined while the channel is not joined, or its history not known yet. */
  ready(): Transport | undefined;
  /** The transport to read from. */
  transport(): Transport;
  /** @throws {SessionError} where it is known already that nothing can be published. */
  checkMayPublish(): void;
  cancel(runs: readonly RunSnapshot[]): Promise<void>;
  /** Lets a queue that a stop holds go on after what is expected now. */
  resumeQueue(): void;
  /** Keeps a message, and lets it find its way. */
  keep(intent: Pick<EditIntent, 'text' | 'files'>, edits: Revision): void;
  wakeFor(messageId: string, transport: Transport): Promise<void>;
  invalidate(): void;
}

/** Says things anew: own messages, and, by asking for it, answers. What was there stays, as another branch. */
export class Revisions {
  readonly #host: RevisionHost;
  readonly #branches: Branches;
  readonly #answers: Answers;

  constructor(host: RevisionHost, branches: Branches, answers: Answers) {
    this.#host = host;
    this.#branches = branches;
    this.#answers = answers;
  }

  /** @throws {SessionError} where it cannot be edited; else the new message is kept until the channel has it. */
  edit({messageId, text, files}: EditIntent): void {
    const message = this.#find(messageId);
    if (message?.role !== 'user' || !message.mine) throw refusal('Only what you have said can be said differently.');
    if (message.delivery !== 'sent') throw refusal('The message is still on its way.', 'Discard it, or wait until it is sent.');
    const transport = this.#host.transport();
    const node = transport.tree.getNodeByCodecMessageId(messageId);
    if (node?.kind !== 'input') throw refusal('The message joined an answer that was running, so it cannot be said differently.', 'Say it in a new message.');
    const edits = {messageId, parent: node.parentCodecMessageId};
    this.#host.keep({text, ...(files ? {files} : {})}, edits);
    this.#branches.follow(transport, messageId);
  }

  /** Resolves when the request is on the channel; whether an agent takes it up shows in the runs. */
  async regenerate({messageId}: RegenerateIntent): Promise<void> {
    const {runs} = this.#host.snapshot();
    const answer = this.#find(messageId)?.role === 'assistant' ? this.#answerOf(messageId) : undefined;
    if (!answer) throw refusal('There is no answer here that could be given again.');
    const {headId, askedId} = answer;
    this.#host.checkMayPublish();
    const transport = this.#host.ready();
    if (!transport) throw new SessionError('The answer was not asked for: the line is down.', {kind: 'connection', hint: 'Ask again once it is back.'});
    // A stop that cannot be asked for is no reason not to ask; what runs on shows in its own state.
    const stops = this.#host.cancel(runsToLeave(headId, this.#host.snapshot())).catch(() => undefined);
    this.#branches.follow(transport, headId);
    const earlier = runs.filter(({inputId}) => inputId === askedId).flatMap(({runId}) => runId ?? []);
    await stops;
    try {
      await transport.regenerate(headId, askedId);
    } catch (failure) {
      throw explainError(failure, 'publish', transport.channel.name);
    }
    this.#answers.expect(askedId, earlier);
    this.#host.resumeQueue();
    this.#host.wakeFor(askedId, transport).catch((failure: unknown) => {
      this.#answers.fail(askedId, explainError(failure, 'run', transport.channel.name));
    });
  }

  /** @throws {SessionError} where there is nothing to choose. */
  select({messageId, index}: SelectBranchIntent): void {
    this.#branches.select(this.#host.transport(), messageId, index);
    this.#host.invalidate();
  }

  /**
   * The whole answer that a message is of, by the first that an agent said in it, and what it answers. What people said into it is said no
   * more in another one; so no single message in the middle is given again.
   */
  #answerOf(messageId: string): {readonly headId: string; readonly askedId: string} | undefined {
    const node = this.#host.transport().tree.getNodeByCodecMessageId(messageId);
    if (node?.kind !== 'run') return undefined;
    const headId = firstAnswerIn(this.#host.transport(), node.runId);
    const askedId = node.parentCodecMessageId;
    return headId === undefined || askedId === undefined ? undefined : {headId, askedId};
  }

  #find(messageId: string): SessionMessage | undefined {
    return this.#host.snapshot().messages.find(({id}) => id === messageId);
  }
}

function refusal(message: string, hint?: string): SessionError {
  return new SessionError(message, {kind: 'input', ...(hint === undefined ? {} : {hint})});
}
