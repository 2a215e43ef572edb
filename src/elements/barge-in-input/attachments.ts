import type {ReactiveController, ReactiveControllerHost} from 'lit';
import type {PoliteWords} from '../../controllers/polite-words.ts';
import type {Localize} from '../../i18n/index.ts';
import {type FilePart, SessionError} from '../../session/index.ts';
import {bytesOf, dataUrlLength, dataUrlOf, inlineRoom, isAccepted} from './file-rules.ts';
import {drawThumbnail, isPicture} from './thumbnail.ts';

export interface UploadContext {
  /** Aborts when the person takes the file out, or the element leaves the page. */
  readonly signal: AbortSignal;
  /** To be called as the upload goes on, with the share that is done, from 0 to 1. */
  readonly onProgress: (share: number) => void;
}

export interface UploadedFile {
  /** Where the agent finds the file. */
  readonly url: string;
  /** Media type; the browser's guess when absent. */
  readonly mediaType?: string;
  /** Name to show; the file's own when absent. */
  readonly filename?: string;
}

/**
 * Brings a file to where the agent can fetch it. Resolves to its URL; rejects with an error whose message may be shown to
 * the person.
 */
export type Upload = (file: File, context: UploadContext) => Promise<string | UploadedFile>;

/** A file that goes with the message. Another object whenever anything about it changes. */
export interface Attachment {
  readonly id: string;
  readonly file: File;
  readonly state: 'waiting' | 'uploading' | 'ready' | 'failed';
  /** Share of the upload that is done; undefined where that is not known. */
  readonly progress: number | undefined;
  /** Why it failed. */
  readonly reason: string | undefined;
  readonly part: FilePart | undefined;
  /** Draws a small view of it; undefined for what is no picture. */
  readonly draw: ((canvas?: Element) => void) | undefined;
}

/** What the page says of files: the properties of the element. */
export interface FileSettings {
  readonly accept?: string | undefined;
  readonly maxFileSize?: string | number | undefined;
  readonly upload?: Upload | undefined;
  /** What is typed beside the files. */
  readonly value: string;
}

/** How many files go with one message. */
const maxFiles = 10;
/** How many are uploaded at the same time. */
const uploadsAtOnce = 3;

/** The files of the message that is being written: which are taken, and how their uploads go. */
export class Attachments implements ReactiveController {
  readonly #host: ReactiveControllerHost & FileSettings & {readonly isConnected: boolean};
  readonly #localize: Localize;
  readonly #words: PoliteWords;
  readonly #uploads = new Map<string, AbortController>();
  #items: readonly Attachment[] = [];
  #refusal: SessionError | undefined;
  #waiters: (() => void)[] = [];
  #count = 0;

  constructor(host: ReactiveControllerHost & FileSettings & {readonly isConnected: boolean}, localize: Localize, words: PoliteWords) {
    this.#host = host;
    this.#localize = localize;
    this.#words = words;
    host.addController(this);
  }

  /** Whether the page takes files. */
  get isEnabled(): boolean {
    return this.#host.accept !== undefined || this.#host.upload !== undefined;
  }

  get items(): readonly Attachment[] {
    return this.#items;
  }

  get isPending(): boolean {
    return this.#items.some(isPending);
  }

  /** Whether nothing about the files and the length of the text stands in the way of sending them. */
  maySend(text: string): boolean {
    return this.#items.every(({state}) => state === 'ready') && inlineRoom(text, this.#items.map(({part}) => part?.url.length ?? 0)) > 0;
  }

  /** Why files were not taken, the last time some were given. */
  get refusal(): SessionError | undefined {
    return this.#refusal;
  }

  /** Takes files, those that may be taken. */
  add(files: readonly File[]): void {
    const refusals: string[] = [];
    const isInline = this.#host.upload === undefined;
    let isHintNeeded = false;
    let added = 0;
    for (const file of files) {
      const refusal = this.#refusalOf(file);
      if (refusal === undefined) {
        this.#items = [...this.#items, this.#begin(file)];
        added++;
        continue;
      }
      refusals.push(refusal.text);
      isHintNeeded ||= refusal.isOfRoom;
    }
    const hint = isInline && isHintNeeded ? this.#localize.current.t('files.inlineHint') : undefined;
    // A full message says so once, however many files there were.
    this.#refusal = refusals.length === 0 ? undefined : new SessionError([...new Set(refusals)].join(' '), {kind: 'input', ...(hint === undefined ? {} : {hint})});
    if (added > 0) this.#words.say(this.#localize.current.t('files.added', {count: this.#items.length}));
    this.#work();
    this.#host.requestUpdate();
  }

  /** Takes a file out; its upload is given up. */
  remove(id: string): void {
    this.#uploads.get(id)?.abort();
    this.#uploads.delete(id);
    this.#items = this.#items.filter((item) => item.id !== id);
    this.#words.say(this.#localize.current.t('files.removed', {count: this.#items.length}));
    this.#changed();
    this.#work();
  }

  retry(id: string): void {
    this.#change(id, {state: 'waiting', progress: undefined, reason: undefined});
    this.#work();
  }

  dismissRefusal(): void {
    this.#refusal = undefined;
    this.#host.requestUpdate();
  }

  /**
   * Resolves when no upload is under way any more, with what can be sent.
   * @throws {SessionError} of kind `input` where one has failed.
   */
  async settled(): Promise<readonly Attachment[]> {
    while (this.isPending) await new Promise<void>((resolve) => this.#waiters.push(resolve));
    const failed = this.#items.find(({state}) => state === 'failed');
    if (!failed) return this.#items;
    const locale = this.#localize.current;
    throw new SessionError([locale.t('files.uploadFailed', {name: failed.file.name}), failed.reason].filter(Boolean).join(': '), {
      kind: 'input',
      hint: locale.t('files.removeOrRetry'),
    });
  }

  /** Takes those out that have been sent. */
  forget(sent: readonly Attachment[]): void {
    this.#items = this.#items.filter((item) => !sent.includes(item));
    this.#refusal = undefined;
    this.#changed();
  }

  /** Takes all of them out. */
  clear(): void {
    for (const upload of this.#uploads.values()) upload.abort();
    this.#uploads.clear();
    this.forget(this.#items);
  }

  hostConnected(): void {
    this.#work();
  }

  hostDisconnected(): void {
    if (this.#uploads.size === 0) return;
    // An element that is only moved is back within this task, and its uploads go on.
    setTimeout(() => {
      if (this.#host.isConnected) return;
      for (const [id, upload] of this.#uploads) {
        upload.abort();
        this.#change(id, {state: 'waiting', progress: undefined});
      }
      this.#uploads.clear();
    });
  }

  #refusalOf(file: File): {text: string; isOfRoom: boolean} | undefined {
    const {accept, maxFileSize, upload, value} = this.#host;
    const locale = this.#localize.current;
    const {name, size} = file;
    if (this.#items.length >= maxFiles) return {text: locale.t('files.tooMany', {count: maxFiles}), isOfRoom: false};
    if (!isAccepted(file, accept)) return {text: locale.t('files.wrongType', {name, accept: accept ?? ''}), isOfRoom: false};
    const limit = bytesOf(maxFileSize);
    if (limit !== undefined && size > limit) {
      return {text: locale.t('files.tooLarge', {name, size: locale.bytes(size), limit: locale.bytes(limit)}), isOfRoom: false};
    }
    if (upload) return undefined;
    const room = inlineRoom(value, this.#items.map(({file: other, part}) => part?.url.length ?? dataUrlLength(other.size)));
    if (size <= room) return undefined;
    return {text: locale.t('files.tooLargeInline', {name, size: locale.bytes(size), limit: locale.bytes(room)}), isOfRoom: true};
  }

  #begin(file: File): Attachment {
    const id = `file-${++this.#count}`;
    const draw = (canvas?: Element): void => {
      if (!(canvas instanceof HTMLCanvasElement)) return;
      drawThumbnail(canvas, file).catch(() => this.#change(id, {draw: undefined}));
    };
    return {id, file, state: 'waiting', progress: undefined, reason: undefined, part: undefined, draw: isPicture(file) ? draw : undefined};
  }

  /** Begins as many of the waiting uploads as may go at once, in the page only: outside of it nobody would end them. */
  #work(): void {
    if (!this.#host.isConnected) return;
    for (const {id, state} of this.#items) {
      if (this.#uploads.size >= uploadsAtOnce) return;
      if (state === 'waiting' && !this.#uploads.has(id)) void this.#bring(id);
    }
  }

  async #bring(id: string): Promise<void> {
    const item = this.#items.find((candidate) => candidate.id === id);
    if (!item) return;
    const {file} = item;
    const controller = new AbortController();
    const {signal} = controller;
    this.#uploads.set(id, controller);
    this.#change(id, {state: 'uploading'});
    const onProgress = (share: number): void => {
      if (!signal.aborted) this.#change(id, {progress: Math.min(Math.max(share, 0), 1)});
    };
    try {
      const {upload} = this.#host;
      const answer = upload ? await upload(file, {signal, onProgress}) : await dataUrlOf(file);
      if (signal.aborted) return;
      const {url, mediaType, filename} = typeof answer === 'string' ? {url: answer} : answer;
      this.#change(id, {state: 'ready', part: {type: 'file', url, mediaType: mediaType ?? (file.type || 'application/octet-stream'), filename: filename ?? file.name}});
      if (upload) this.#words.say(this.#localize.current.t('files.done', {name: file.name}));
    } catch (cause) {
      if (!signal.aborted) this.#fail(id, cause instanceof Error ? cause.message : String(cause));
    } finally {
      if (this.#uploads.get(id) === controller) this.#uploads.delete(id);
      this.#work();
    }
  }

  #fail(id: string, reason: string): void {
    const name = this.#items.find((item) => item.id === id)?.file.name ?? '';
    this.#change(id, {state: 'failed', progress: undefined, reason});
    this.#words.say(`${this.#localize.current.t('files.uploadFailed', {name})}: ${reason}`);
  }

  #change(id: string, change: Partial<Attachment>): void {
    this.#items = this.#items.map((item) => (item.id === id ? {...item, ...change} : item));
    this.#changed();
  }

  #changed(): void {
    if (!this.isPending) for (const waiter of this.#waiters.splice(0)) waiter();
    this.#host.requestUpdate();
  }
}

function isPending({state}: Attachment): boolean {
  return state === 'waiting' || state === 'uploading';
}
