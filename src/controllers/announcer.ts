import type {ReactiveController} from 'lit';
import type {Approval, RunSnapshot, SessionChange, SessionMessage, SessionSnapshot} from '../session/index.ts';
import {textOf} from '../session/index.ts';
import {type SessionHost, SessionSource} from './session-source.ts';
import {finishedSentences, spokenText} from './spoken-text.ts';

/** The words of an announcer, in the person's language. */
export interface AnnouncerWords {
  readonly locale: string;
  readonly codeBlock: string;
  readonly offline: string;
  readonly online: string;
  started(run: RunSnapshot): string;
  /** How a run ended, or that it waits. */
  ended(run: RunSnapshot): string;
  said(message: SessionMessage, text: string): string;
  /** That a message of the person waits, or was refused. */
  undelivered(message: SessionMessage): string;
  /** That an agent asks a person to decide. */
  asks(approval: Approval): string;
  /** What was decided, and by whom. */
  decided(approval: Approval): string;
}

export interface AnnouncerOptions {
  /** The live region that it writes to, and nothing else does; null until it is drawn. */
  region: () => HTMLElement | null;
  words: () => AnnouncerWords;
}

/** How often the sentences that have arrived are said while an answer streams. */
const chunkMs = 3000;
/** What happens within this time is said in one breath. */
const breathMs = 150;
/** How long what was said stays to be found, before it would only be read twice by whoever reads on. */
const echoMs = 10_000;

interface Speech {
  /** How much of the message's text has been said. */
  said: number;
}

/**
 * Tells what happens to people who do not see it: that an answer begins, its text by finished sentences every few
 * seconds, how it ended, what others say, and when the line goes or returns. What history brings is not told, nor what
 * the person did.
 */
export class Announcer implements ReactiveController {
  readonly #source: SessionSource;
  readonly #options: AnnouncerOptions;
  /** What has been said of the messages of active runs, by message id. */
  readonly #speeches = new Map<string, Speech>();
  #lines: string[] = [];
  #echoTimer: ReturnType<typeof setTimeout> | undefined;
  #breathTimer: ReturnType<typeof setTimeout> | undefined;
  #chunkTimer: ReturnType<typeof setTimeout> | undefined;
  #stop: (() => void) | undefined;

  constructor(host: SessionHost, options: AnnouncerOptions) {
    this.#source = SessionSource.of(host);
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {
    this.#stop = this.#source.onChange((change) => this.#hear(change));
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
    clearTimeout(this.#breathTimer);
    clearTimeout(this.#chunkTimer);
    clearTimeout(this.#echoTimer);
    this.#breathTimer = this.#chunkTimer = undefined;
    this.#speeches.clear();
    this.#lines = [];
    this.#options.region()?.replaceChildren();
  }

  /** Says something that no change of the session says. */
  say(line: string): void {
    this.#say(line);
  }

  #hear({snapshot, previous, messageIds}: SessionChange): void {
    if (previous.history.state !== 'ready') return;
    this.#hearConnection(snapshot, previous);
    if (snapshot.messages !== previous.messages) this.#hearMessages(snapshot, previous);
    if (snapshot.approvals !== previous.approvals) this.#hearApprovals(snapshot, previous);
    if (snapshot.runs !== previous.runs) this.#hearRuns(snapshot, previous);
    if ([...messageIds].some((id) => this.#speeches.has(id))) this.#planChunk();
  }

  #hearConnection({connection}: SessionSnapshot, previous: SessionSnapshot): void {
    const before = previous.connection.state;
    const words = this.#options.words();
    if (connection.state === 'offline' && before === 'connected') this.#say(words.offline);
    if (connection.state === 'connected' && before === 'offline') this.#say(words.online);
  }

  #hearMessages({messages, runs}: SessionSnapshot, previous: SessionSnapshot): void {
    const known = new Map(previous.messages.map((message) => [message.id, message]));
    const newest = messages.findLastIndex(({id}) => known.has(id));
    const active = new Set(runs.filter(({status}) => status === 'active').map(({runId}) => runId));
    const words = this.#options.words();
    // Another branch is shown: what is in it was said before.
    const shown = new Set(messages.map(({id}) => id));
    const isOtherBranch = previous.messages.some(({id, delivery}) => delivery === 'sent' && !shown.has(id));
    for (const message of messages) {
      const isUndelivered = message.delivery === 'failed' || message.delivery === 'queued';
      if (isUndelivered && known.get(message.id)?.delivery !== message.delivery) this.#say(words.undelivered(message));
    }
    for (const message of messages.slice(newest + 1)) {
      if (message.mine) continue;
      if (message.role !== 'user' && message.runId !== undefined && active.has(message.runId)) {
        this.#speeches.set(message.id, {said: isOtherBranch ? textOf(message).length : 0});
        this.#planChunk();
      } else if (!isOtherBranch) {
        const text = spokenText(textOf(message), words.codeBlock);
        if (text !== '') this.#say(words.said(message, text));
      }
    }
  }

  #hearRuns({runs, messages}: SessionSnapshot, previous: SessionSnapshot): void {
    const before = new Map(previous.runs.map((run) => [run.key, run]));
    const words = this.#options.words();
    for (const run of runs) {
      const earlier = before.get(run.key);
      // An agent that waits may not go on after it was answered.
      const isStuck = run.status === 'suspended' && run.error !== undefined && earlier?.error === undefined;
      if (earlier?.status === run.status && !isStuck) continue;
      if (run.status === 'active') {
        this.#say(words.started(run));
      } else if (earlier && run.status !== 'starting') {
        for (const message of messages) if (run.runId !== undefined && message.runId === run.runId) this.#sayText(message, true);
        this.#say(words.ended(run));
      }
    }
  }

  #hearApprovals({approvals}: SessionSnapshot, previous: SessionSnapshot): void {
    const before = new Map(previous.approvals.map((approval) => [approval.toolCallId, approval.state]));
    const words = this.#options.words();
    for (const approval of approvals) {
      const earlier = before.get(approval.toolCallId);
      if (earlier === undefined && approval.state === 'pending' && this.#isNews(approval, previous)) this.#say(words.asks(approval));
      if (earlier !== undefined && earlier !== 'decided' && approval.state === 'decided') this.#say(words.decided(approval));
    }
  }

  /** What is asked in a message that was there before, or came with a run, and not with another branch or older messages. */
  #isNews({runId}: Approval, previous: SessionSnapshot): boolean {
    return previous.runs.some((run) => run.runId === runId && (run.status === 'active' || run.status === 'starting'));
  }

  #planChunk(): void {
    this.#chunkTimer ??= setTimeout(() => {
      this.#chunkTimer = undefined;
      for (const message of this.#source.snapshot.messages) this.#sayText(message, false);
    }, chunkMs);
  }

  #sayText(message: SessionMessage, isFinal: boolean): void {
    const speech = this.#speeches.get(message.id);
    if (!speech) return;
    const {codeBlock, locale} = this.#options.words();
    const text = textOf(message);
    const end = isFinal ? text.length : finishedSentences(text, speech.said, locale);
    const spoken = spokenText(text.slice(speech.said, end), codeBlock);
    speech.said = end;
    if (isFinal) this.#speeches.delete(message.id);
    if (spoken !== '') this.#say(spoken);
  }

  #say(line: string): void {
    this.#lines.push(line);
    this.#breathTimer ??= setTimeout(() => {
      this.#breathTimer = undefined;
      const paragraph = document.createElement('p');
      paragraph.textContent = this.#lines.join(' ');
      this.#lines = [];
      // A new node each time, since the same words may have to be said twice.
      this.#options.region()?.replaceChildren(paragraph);
      clearTimeout(this.#echoTimer);
      this.#echoTimer = setTimeout(() => paragraph.remove(), echoMs);
    }, breathMs);
  }
}
