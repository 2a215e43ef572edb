import {SessionError} from '../session/errors.ts';
import type {EditIntent, RegenerateIntent, SelectBranchIntent} from '../session/intent.ts';
import type {MessagePart, SessionMessage} from '../session/message.ts';
import {isRunning, type RunSnapshot} from '../session/snapshot.ts';
import {runsToLeave} from '../session/stops.ts';
import type {LoadedMessage} from './memory-options.ts';
import type {MemoryRoom} from './memory-room.ts';

/** What was said in one place and after it. */
interface Version {
  messages: readonly SessionMessage[];
  runs: readonly RunSnapshot[];
}

/** A place where something was said more than once. The version that is shown is in the snapshot. */
interface Place {
  /** The message before it, or that is answered there; undefined at the beginning. */
  readonly after: string | undefined;
  /** Whether answers stand there. */
  readonly isOfAnswers: boolean;
  /** Ids of the messages that were said there in place of each other; of answers none. */
  readonly heads: Set<string>;
  /** Oldest first; the one that is shown is kept empty here. */
  readonly versions: Version[];
  shown: number;
  /** Whether this person chose what is shown, or watched an answer there as another version came. */
  staysPut: boolean;
}

/** The branches of a {@link MemorySession}. */
export class MemoryBranches {
  readonly #room: MemoryRoom;
  #places: Place[] = [];
  /** The answers that shall be given again, by the messages that they answer. */
  readonly #asked = new Map<string, string>();

  constructor(room: MemoryRoom) {
    this.#room = room;
  }

  /**
   * Somebody else says something in place of a message, with what follows it. This person is shown it unless they have
   * chosen what to see there, or an answer is running in what they see: then they stay until they choose.
   */
  add(messageId: string, messages: readonly LoadedMessage[]): void {
    const place = this.#placeOf(messageId);
    const said = messages.map((message) => this.#room.message(message));
    place.versions.push({messages: said, runs: []});
    if (!place.isOfAnswers && said[0]) place.heads.add(said[0].id);
    const {runs} = this.#tailOf(place);
    place.staysPut ||= runs.some(isRunning);
    if (place.staysPut) this.#label();
    else this.#show(place, place.versions.length - 1);
  }

  /** @internal */
  edit({messageId, text, files = []}: EditIntent): void {
    const message = this.#room.snapshot().messages.find(({id}) => id === messageId);
    if (message?.mine !== true || message.delivery !== 'sent') throw new SessionError('Only what you have said can be said differently.', {kind: 'input'});
    if (text.trim() === '' && files.length === 0) throw new SessionError('The message is empty, so it was not sent.', {kind: 'input'});
    this.#room.cancel(runsToLeave(messageId, this.#room.snapshot()));
    const place = this.#begin(messageId);
    const parts: MessagePart[] = [...(text === '' ? [] : [{type: 'text' as const, text}]), ...files];
    this.#room.say(parts);
    const said = this.#room.snapshot().messages.at(-1);
    if (said) place.heads.add(said.id);
    this.#label();
  }

  /** @internal */
  regenerate({messageId}: RegenerateIntent): void {
    const {messages, runs} = this.#room.snapshot();
    const index = messages.findIndex(({id}) => id === messageId);
    const askedId = this.#askedBy(messages[index]) ?? messages[index - 1]?.id;
    if (messages[index]?.role !== 'assistant' || askedId === undefined) throw new SessionError('There is no answer here that could be given again.', {kind: 'input'});
    this.#room.cancel(runsToLeave(messageId, {messages, runs}));
    this.#asked.set(askedId, messageId);
    this.#room.askAgain(askedId);
  }

  /** @internal */
  select({messageId, index}: SelectBranchIntent): void {
    const place = this.#places.find((candidate) => this.#headOf(candidate)?.id === messageId);
    if (!place) throw new SessionError('Nothing else was ever said in this place.', {kind: 'input'});
    this.#show(place, Math.max(0, Math.min(index, place.versions.length - 1)));
  }

  /** An answer begins: where one was to be given again, it takes that one's place. @internal */
  answer(inputId: string | undefined): void {
    const messageId = inputId === undefined ? undefined : this.#asked.get(inputId);
    if (inputId === undefined || messageId === undefined) return;
    this.#asked.delete(inputId);
    if (this.#room.snapshot().messages.some(({id}) => id === messageId)) this.#begin(messageId, inputId);
  }

  /** Adds a message of a run where the run is: shown, or in another branch. @internal */
  addMessage(runId: string, message: SessionMessage): void {
    const hidden = this.#hiddenVersionOf(runId);
    if (hidden) hidden.messages = [...hidden.messages, message];
    else this.#room.update({messages: [...this.#room.snapshot().messages, message]});
    this.#label();
  }

  /** A run, shown or in another branch. @internal */
  run(key: string): RunSnapshot | undefined {
    return [...this.#room.snapshot().runs, ...(this.#hiddenVersionOf(key)?.runs ?? [])].find((run) => run.key === key);
  }

  /** @internal */
  changeRun(key: string, change: Partial<RunSnapshot>): void {
    const changed = (runs: readonly RunSnapshot[]): readonly RunSnapshot[] => runs.map((run) => (run.key === key ? {...run, ...change} : run));
    const hidden = this.#hiddenVersionOf(key);
    if (hidden) hidden.runs = changed(hidden.runs);
    else this.#room.update({runs: changed(this.#room.snapshot().runs)});
  }

  /** @internal */
  clear(): void {
    this.#places = [];
    this.#asked.clear();
  }

  /** Makes room for another version, which is shown from now on. */
  #begin(messageId: string, inputId?: string): Place {
    const place = this.#placeOf(messageId);
    const {runs} = this.#room.snapshot();
    // The run that begins is of the version that begins.
    const beginning = runs.filter((run) => run.runId === undefined && inputId !== undefined && run.inputId === inputId);
    this.#room.update({runs: runs.filter((run) => !beginning.includes(run))});
    place.versions.push({messages: [], runs: beginning});
    this.#show(place, place.versions.length - 1);
    return place;
  }

  #placeOf(messageId: string): Place {
    const {messages} = this.#room.snapshot();
    const index = messages.findIndex(({id}) => id === messageId);
    const message = messages[index];
    if (!message) throw new SessionError(`There is no message ${messageId}.`, {kind: 'input'});
    const after = this.#askedBy(message) ?? messages[index - 1]?.id ?? this.#room.olderId();
    const isOfAnswers = message.role === 'assistant';
    const known = this.#places.find((place) => place.isOfAnswers === isOfAnswers && (isOfAnswers ? place.after === after : place.heads.has(messageId)));
    if (known) return known;
    const place: Place = {after, isOfAnswers, heads: new Set(isOfAnswers ? [] : [messageId]), versions: [{messages: [], runs: []}], shown: 0, staysPut: false};
    this.#places.push(place);
    return place;
  }

  /** What an answer, or something that was said into it, is of; undefined for all else. */
  #askedBy(message: SessionMessage | undefined): string | undefined {
    return this.#room.snapshot().runs.find(({runId}) => runId !== undefined && runId === message?.runId)?.inputId;
  }

  #show(place: Place, index: number): void {
    const {messages, runs} = this.#room.snapshot();
    const tail = this.#tailOf(place);
    place.versions[place.shown] = tail;
    const next = place.versions[index] ?? tail;
    place.versions[index] = {messages: [], runs: []};
    place.shown = index;
    // Who goes to the newest one follows what comes.
    place.staysPut = index < place.versions.length - 1;
    this.#room.update({
      messages: [...messages.filter((message) => !tail.messages.includes(message)), ...next.messages],
      runs: [...runs.filter((run) => !tail.runs.includes(run)), ...next.runs],
    });
    this.#label();
  }

  /** What is shown from a place on. Answers to something else that was said before it are not behind it. */
  #tailOf(place: Place): Version {
    const {messages, runs} = this.#room.snapshot();
    const {after} = place;
    const start = this.#startOf(place);
    const earlier = new Set(messages.slice(0, start).map(({id}) => id));
    const isElsewhere = (message: SessionMessage): boolean => {
      const asked = this.#askedBy(message);
      return asked !== undefined && !(place.isOfAnswers && asked === after) && earlier.has(asked);
    };
    const tail = messages.slice(start).filter((message) => !isElsewhere(message));
    const ids = new Set(tail.map(({id}) => id));
    const runIds = new Set(tail.map(({runId}) => runId));
    // The run of an answer that has written nothing yet belongs to the place behind its question.
    const isHere = (run: RunSnapshot): boolean =>
      (run.inputId !== undefined && (ids.has(run.inputId) || run.inputId === after)) || (run.runId !== undefined && runIds.has(run.runId));
    return {messages: tail, runs: runs.filter(isHere)};
  }

  /** Where a place begins among the messages; behind the last where nothing stands there. */
  #startOf({after, isOfAnswers, heads}: Place): number {
    const {messages} = this.#room.snapshot();
    const asked = messages.findIndex(({id}) => id === after);
    const start = messages.findIndex((message, index) => (isOfAnswers ? index > asked && this.#isAnswerTo(message, after) : heads.has(message.id)));
    return start === -1 ? messages.length : start;
  }

  #isAnswerTo(message: SessionMessage, inputId: string | undefined): boolean {
    const asked = this.#askedBy(message);
    return asked === undefined ? message.role === 'assistant' : asked === inputId;
  }

  /** The message that tells of a place's versions: an answer's first, not what a person said into it before. */
  #headOf(place: Place): SessionMessage | undefined {
    const {messages} = this.#room.snapshot();
    const {after, isOfAnswers} = place;
    const isThere = after === undefined || after === this.#room.olderId() || messages.some(({id}) => id === after);
    if (!isThere) return undefined;
    const shown = messages.slice(this.#startOf(place));
    const answer = isOfAnswers ? shown.find((message) => message.role === 'assistant' && this.#isAnswerTo(message, after)) : undefined;
    return answer ?? shown[0];
  }

  #hiddenVersionOf(runKey: string): Version | undefined {
    return this.#places.flatMap(({versions}) => versions).find(({runs}) => runs.some(({key}) => key === runKey));
  }

  /** Says on the messages which of how many they are. */
  #label(): void {
    const labels = new Map(this.#places.flatMap((place) => {
      const head = this.#headOf(place);
      return head && place.versions.length > 1 ? [[head.id, {index: place.shown, count: place.versions.length}] as const] : [];
    }));
    this.#room.update({messages: this.#room.snapshot().messages.map((message) => {
      const branch = labels.get(message.id);
      return branch?.index === message.branch?.index && branch?.count === message.branch?.count ? message : {...message, branch};
    })});
  }
}
