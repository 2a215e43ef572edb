import type {LitElement} from 'lit';
import {LazyPart} from '../../controllers/lazy-part.ts';
import {type SessionHost, SessionSource} from '../../controllers/session-source.ts';
import type {Dictation, DictationOptions} from './dictation.ts';
import {lazyExtras} from './extras-loader.ts';
import type * as extras from './extras.ts';
import type {PolicyMenu, PolicyMenuOptions} from './policy-menu.ts';
import {recognitionClass} from './recognition.ts';

/** What stands around the text of an input: all of it is there once it is loaded. */
export class InputExtras {
  readonly #host: LitElement & SessionHost;
  readonly #part: LazyPart<typeof extras>;
  #menu: PolicyMenu | undefined;
  #dictation: Dictation | undefined;

  constructor(host: LitElement & SessionHost, options: PolicyMenuOptions & DictationOptions) {
    this.#host = host;
    this.#part = new LazyPart(host, lazyExtras, (part) => {
      this.#menu = new part.PolicyMenu(host, options);
      this.#dictation = new part.Dictation(host, options);
    });
  }

  get menu(): PolicyMenu | undefined {
    return this.#menu;
  }

  get dictation(): Dictation | undefined {
    return this.#dictation;
  }

  /** Whether the browser can. It is known before the code for it is there, so that the button does not come late. */
  get canDictate(): boolean {
    return recognitionClass() !== undefined;
  }

  /** Starts or ends dictation, as soon as that is loaded; by then the person may have gone, or be in another conversation. */
  readonly toggleDictation = (): void => {
    const source = SessionSource.of(this.#host);
    const {session} = source;
    void this.#part.need().then(() => {
      if (!this.#host.isConnected || (session && session !== source.session)) return;
      if (this.#dictation?.isListening) this.#dictation.stop();
      else this.#dictation?.start();
    });
  };

  /** @param isNeeded whether there is something to show by it, so that it should load at once. */
  views(isNeeded: boolean): typeof extras | undefined {
    if (isNeeded && !this.#part.current) void this.#part.need();
    return this.#part.current;
  }
}
