import type {ReactiveController} from 'lit';
import {type SessionHost, SessionSource} from '../../controllers/session-source.ts';
import type {Attachment, Attachments} from './attachments.ts';

const prefix = 'agent-session-elements:draft-files:';

/**
 * Remembers the names of the files beside a draft, by channel, in this tab. The files themselves no browser keeps for a page
 * that is loaded again; so the person is told which ones to attach anew.
 */
export class LostFiles implements ReactiveController {
  readonly #host: SessionHost;
  readonly #source: SessionSource;
  readonly #attachments: Attachments;
  #names: readonly string[] = [];
  #channel: string | undefined;
  #kept: readonly Attachment[] | undefined;

  constructor(host: SessionHost, attachments: Attachments) {
    this.#host = host;
    this.#source = SessionSource.of(host);
    this.#attachments = attachments;
    host.addController(this);
  }

  get names(): readonly string[] {
    return this.#names;
  }

  dismiss(): void {
    this.#names = [];
    this.#keep();
    this.#host.requestUpdate();
  }

  hostUpdate(): void {
    const channel = this.#source.session?.channel;
    if (channel === undefined) return;
    const {items} = this.#attachments;
    if (channel !== this.#channel) {
      this.#channel = channel;
      if (items.length === 0) this.#names = read(prefix + channel);
    } else if (items !== this.#kept) {
      // Whoever attaches files again has seen what was lost.
      this.#names = [];
      this.#keep();
    }
    this.#kept = items;
  }

  #keep(): void {
    if (this.#channel === undefined) return;
    const key = prefix + this.#channel;
    const names = this.#attachments.items.map(({file}) => file.name);
    try {
      if (names.length === 0) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, JSON.stringify(names));
    } catch {
      // Blocked by the browser's settings or by a sandbox: nothing can be told after a reload then.
    }
  }
}

function read(key: string): readonly string[] {
  try {
    const names: unknown = JSON.parse(sessionStorage.getItem(key) ?? '[]');
    return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
  } catch {
    return [];
  }
}
