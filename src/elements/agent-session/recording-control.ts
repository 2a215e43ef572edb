import type {ReactiveController} from 'lit';
import {AgentErrorEvent} from '../../events.ts';
import {type SessionHost, SessionSource} from '../../controllers/session-source.ts';
import {type Session, SessionError} from '../../session/index.ts';
import type {Recording, Recorder, ReplaySession} from '../../replay/replay.ts';

type Host = SessionHost & {readonly src?: string; readonly replaySpeed?: number | 'instant'; readonly record: boolean};

/** Plays the recording that `src` names in place of a session, and records one where `record` says so. */
export class RecordingControl implements ReactiveController {
  readonly #host: Host;
  readonly #source: SessionSource;
  #src: string | undefined;
  #recording: Recording | undefined;
  #replay: ReplaySession | undefined;
  #loading = new AbortController();
  #error: SessionError | undefined;
  #recorded: {session: Session; recorder: Promise<Recorder>} | undefined;

  constructor(host: Host) {
    this.#host = host;
    this.#source = SessionSource.of(host);
    this.#source.onState(() => this.#followRecord());
    host.addController(this);
  }

  /** Why the recording is not played. */
  get error(): SessionError | undefined {
    return this.#error;
  }

  hostConnected(): void {
    this.#replay?.play();
  }

  hostUpdate(): void {
    if (this.#host.isConnected && this.#host.src !== this.#src) this.#load(this.#host.src);
    this.#followRecord();
  }

  hostDisconnected(): void {
    this.#replay?.pause();
    this.#stopRecorder();
  }

  /** Plays the recording from its beginning. */
  async restart(): Promise<void> {
    if (!this.#recording) return;
    await this.#play(this.#recording);
  }

  /** @throws {SessionError} where there is no session. */
  async export(): Promise<Recording> {
    const {session} = this.#source;
    if (!session) throw new SessionError('There is no session yet, so there is nothing to export.', {kind: 'input', hint: 'Try again once the conversation is shown.'});
    const {pacedRecording, scrubRecording} = await import('../../replay/replay.ts');
    const recorder = this.#recorded?.session === session ? await this.#recorded.recorder : undefined;
    return scrubRecording(recorder?.recording() ?? pacedRecording(session));
  }

  #load(src: string | undefined): void {
    this.#src = src;
    this.#loading.abort();
    this.#loading = new AbortController();
    this.#error = undefined;
    this.#recording = undefined;
    const isNamed = src !== undefined && src !== '';
    this.#source.expectSession(isNamed);
    this.#leave();
    if (!isNamed) return;
    const {signal} = this.#loading;
    void this.#fetch(src, signal).catch((cause: unknown) => {
      if (signal.aborted) return;
      this.#error = cause instanceof SessionError ? cause : new SessionError('The part of the library that plays recordings could not be loaded.', {kind: 'settings', hint: 'See that its file lies beside the script, and reload the page.', cause});
      this.#host.dispatchEvent(new AgentErrorEvent(this.#error));
      this.#host.requestUpdate();
    });
  }

  async #fetch(src: string, signal: AbortSignal): Promise<void> {
    const {loadRecording} = await import('../../replay/replay.ts');
    const recording = await loadRecording(new URL(src, this.#host.baseURI).href, signal);
    if (signal.aborted) return;
    this.#recording = recording;
    await this.#play(recording);
  }

  async #play(recording: Recording): Promise<void> {
    const {ReplaySession} = await import('../../replay/replay.ts');
    if (this.#recording !== recording) return;
    this.#leave();
    this.#replay = new ReplaySession(recording, {speed: speedOf(this.#host.replaySpeed)});
    this.#host.session = this.#replay;
    if (this.#host.isConnected) this.#replay.play();
  }

  /** Takes back the session that it gave; one that the page gave stays. */
  #leave(): void {
    this.#replay?.pause();
    if (this.#replay && this.#host.session === this.#replay) this.#host.session = undefined;
    this.#replay = undefined;
  }

  #followRecord(): void {
    const session = this.#host.record && this.#host.isConnected ? this.#source.session : undefined;
    if (session === this.#recorded?.session) return;
    this.#stopRecorder();
    if (session) this.#recorded = {session, recorder: import('../../replay/replay.ts').then(({Recorder}) => new Recorder(session))};
  }

  #stopRecorder(): void {
    // One that could not be loaded has nothing to stop; exporting says so.
    void this.#recorded?.recorder.then((recorder) => recorder.stop(), () => undefined);
    this.#recorded = undefined;
  }
}

function speedOf(value: number | string | undefined): number {
  if (value === 'instant') return Infinity;
  const speed = Number(value ?? 1);
  return speed > 0 ? speed : 1;
}
