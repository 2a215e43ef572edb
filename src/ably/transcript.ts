import type {RunInfo} from '@ably/ai-transport';
import {keepIfEqual, keepListIfEqual} from '../session/keep-identity.ts';
import {SessionError} from '../session/errors.ts';
import type {Branch, Delivery, SessionMessage} from '../session/message.ts';
import type {Outbox, OutboxEntry} from '../session/outbox.ts';
import type {RunSnapshot} from '../session/snapshot.ts';
import type {Answers} from './answers.ts';
import {explainError} from './explain-error.ts';
import type {Versions} from './branches.ts';
import {cutAt} from './cut-branch.ts';
import type {Stops} from './stops.ts';
import type {Transport} from './transport.ts';

interface Sources {
  transport: Transport;
  outbox: Outbox;
  stops: Stops;
  answers: Answers;
  versions: Versions;
  clientId: string | undefined;
  isConnected: boolean;
}

export interface Transcript {
  readonly messages: readonly SessionMessage[];
  readonly runs: readonly RunSnapshot[];
}

const empty: Transcript = {messages: [], runs: []};

/** What stays true of a run that is heard of no more. */
function unheardOf(run: RunSnapshot): RunSnapshot {
  return run.status === 'active' ? {...run, status: 'lost', stop: undefined} : run;
}

/**
 * Reads the visible branch off AI Transport, the outbox and what is waited for. What is as it was keeps its identity.
 */
export class TranscriptReader {
  #last: Transcript = empty;
  /** What was shown before a transport that cannot read it. */
  #earlier: Transcript = empty;
  #messages = new Map<string, SessionMessage>();
  #runs = new Map<string, RunSnapshot>();
  /** Errors by the failure they explain, so that a run's error keeps its identity. */
  readonly #errors = new WeakMap<object, SessionError>();

  /** Keeps showing what is shown: the transport that comes next cannot read it. */
  keepEarlier(): void {
    const {messages, runs} = this.#last;
    this.#earlier = {messages: messages.filter(({delivery}) => delivery === 'sent'), runs: runs.filter(({runId}) => runId !== undefined).map(unheardOf)};
  }

  /** The transport can read all again. */
  dropEarlier(): void {
    this.#earlier = empty;
  }

  read(sources: Sources): Transcript {
    const heardOf = this.#readRuns(sources);
    const keys = new Set(heardOf.map(({key}) => key));
    const shownRuns = [...this.#earlier.runs.filter(({key}) => !keys.has(key)), ...heardOf];
    const now = this.#readMessages(sources, shownRuns);
    const ids = new Set(now.map(({id}) => id));
    const shownMessages = [...this.#earlier.messages.filter(({id}) => !ids.has(id)), ...now];
    const {messages, runs} = this.#withWaiting({messages: shownMessages, runs: shownRuns}, sources);
    this.#messages = new Map(messages.map((message) => [message.id, message]));
    this.#runs = new Map(runs.map((run) => [run.key, run]));
    this.#last = {messages: keepListIfEqual(this.#last.messages, messages), runs: keepListIfEqual(this.#last.runs, runs)};
    return this.#last;
  }

  #readMessages(sources: Sources, runs: readonly RunSnapshot[]): SessionMessage[] {
    const {transport, outbox, versions} = sources;
    return transport.view.getMessages().map(({codecMessageId: id, message}) => {
      const facts = transport.facts.message(id);
      const node = transport.tree.getNodeByCodecMessageId(id);
      const entry = outbox.get(id);
      const runId = node?.kind === 'run' ? node.runId : undefined;
      const clientId = facts?.clientId ?? (entry ? sources.clientId : undefined);
      return this.#keep({
        id,
        role: message.role,
        clientId,
        mine: message.role === 'user' && (entry !== undefined || clientId === sources.clientId),
        createdAt: facts?.createdAt,
        runId,
        ...this.#deliveryOf(entry, sources),
        // What a person said into a run, rather than asked for one with.
        steer: message.role === 'user' && runId !== undefined ? transport.signals.steerState(id, runs.find((run) => run.runId === runId)) : undefined,
        branch: versions.labels.get(id),
        parts: transport.partsOf(message),
      });
    });
  }

  /** Adds what is on its way: at the end, or in place of what it shall replace. */
  #withWaiting(shown: Transcript, sources: Sources): Transcript {
    const {transport, outbox} = sources;
    const ids = new Set(shown.messages.map(({id}) => id));
    const waiting = outbox.entries.filter((entry) => !ids.has(entry.id) && (!entry.isPublished || entry.steer));
    return waiting.reduce(({messages, runs}, entry) => {
      const kept = entry.edits ? cutAt({messages, runs}, entry.edits.messageId, transport) : {messages, runs, branch: undefined};
      return {messages: [...kept.messages, this.#waitingMessage(entry, kept.branch, sources)], runs: kept.runs};
    }, shown);
  }

  #waitingMessage(entry: OutboxEntry, branch: Branch | undefined, sources: Sources): SessionMessage {
    const known = this.#messages.get(entry.id)?.branch;
    return this.#keep({
      id: entry.id, role: 'user', clientId: entry.clientId ?? sources.clientId, mine: true, createdAt: undefined, runId: entry.steer?.runId,
      ...this.#deliveryOf(entry, sources), steer: entry.steer && (entry.steer.isMissed ? 'missed' : 'waiting'), parts: entry.parts,
      branch: branch && known ? keepIfEqual(known, branch) : branch,
    });
  }

  #deliveryOf(entry: OutboxEntry | undefined, {isConnected}: Sources): {delivery: Delivery; error: SessionError | undefined} {
    if (!entry || entry.isPublished) return {delivery: 'sent', error: undefined};
    if (entry.state !== 'failed') return {delivery: isConnected ? 'sending' : 'queued', error: undefined};
    return {delivery: 'failed', error: entry.error && this.#explained(entry.error, () => revive(entry))};
  }

  #readRuns({transport, stops, answers, clientId, versions}: Sources): RunSnapshot[] {
    const infos = [...transport.runs(), ...versions.failures];
    const noteStop = (names: Pick<RunSnapshot, 'runId' | 'inputId'>, since = 0): void => {
      const at = transport.signals.cancelledAt(names);
      if (at !== undefined && at >= since) stops.observe(names, at);
    };
    const lastOf = new Map(infos.map(({runId}) => [transport.tree.getRunNode(runId)?.parentCodecMessageId, runId]));
    const begun = infos.map((info): RunSnapshot => {
      const inputId = transport.tree.getRunNode(info.runId)?.parentCodecMessageId;
      const names = {runId: info.runId, inputId};
      if (inputId !== undefined) answers.settle(inputId, info.runId);
      const isLast = inputId !== undefined && lastOf.get(inputId) === info.runId && !answers.pending.has(inputId);
      const isOpen = info.status === 'active' || info.status === 'suspended';
      if (!isOpen) stops.settle(isLast ? names : {...names, inputId: undefined});
      // A stop that an agent refused before it began to wait is none of what waits now.
      else noteStop(names, info.status === 'suspended' ? transport.facts.changedAt(info.runId) : undefined);
      return this.#keepRun({
        key: info.runId,
        ...names,
        status: info.status,
        stop: isOpen ? stops.stateOf(names) : undefined,
        isAnswered: false,
        error: this.#errorOf(info, transport.channel.name),
        clientId: info.clientId === '' ? undefined : info.clientId,
        agentId: transport.facts.agentOf(info.runId),
      });
    });
    // Who looks at another version by now does not see the run that they asked for: it has begun all the same.
    for (const inputId of [...answers.pending.keys()]) for (const runId of transport.facts.runsFor(inputId)) answers.settle(inputId, runId);
    const starting = [...answers.pending].filter(([inputId]) => !isElsewhere(inputId, transport)).map(([inputId, {error}]) => {
      noteStop({runId: undefined, inputId});
      const stop = stops.stateOf({runId: undefined, inputId});
      // What was stopped before any agent began, and is not begun after all, is as good as cancelled.
      const status = stop === 'unconfirmed' ? 'cancelled' : error ? 'unanswered' : 'starting';
      return this.#keepRun({key: `input:${inputId}`, runId: undefined, inputId, status, stop, isAnswered: false, error, clientId, agentId: undefined});
    });
    return [...begun, ...starting];
  }

  #errorOf(info: RunInfo, channel: string): SessionError | undefined {
    const {error} = info;
    return error && this.#explained(error, () => explainError(error, 'run', channel));
  }

  #explained(failure: object, explain: () => SessionError): SessionError {
    let error = this.#errors.get(failure);
    if (!error) this.#errors.set(failure, (error = explain()));
    return error;
  }

  #keep(message: SessionMessage): SessionMessage {
    return keepIfEqual(this.#messages.get(message.id), message);
  }

  #keepRun(run: RunSnapshot): RunSnapshot {
    return keepIfEqual(this.#runs.get(run.key), run);
  }
}

/** Whether a message is on the channel, in a version other than the one in view. */
function isElsewhere(messageId: string, {tree, view}: Transport): boolean {
  return tree.getNodeByCodecMessageId(messageId) !== undefined && !view.getMessages().some(({codecMessageId}) => codecMessageId === messageId);
}

function revive({error}: OutboxEntry): SessionError {
  const {message = 'The message was not sent.', kind = 'connection', hint, code} = error ?? {};
  return new SessionError(message, {kind, ...(hint === undefined ? {} : {hint}), ...(code === undefined ? {} : {code})});
}
