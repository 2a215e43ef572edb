import type {ReactiveController, ReactiveControllerHost} from 'lit';
import type {PoliteWords} from '../../controllers/polite-words.ts';
import type {Localize, TextKey} from '../../i18n/index.ts';
import {type Recognition, recognitionClass} from './recognition.ts';

interface RecognitionResults extends Event {
  readonly resultIndex: number;
  readonly results: ArrayLike<ArrayLike<{readonly transcript: string}> & {readonly isFinal: boolean}>;
}

export interface DictationOptions {
  textarea: () => HTMLTextAreaElement | null;
  localize: Localize;
  words: PoliteWords;
  /** Called with the text of the box when words have come in. */
  changed: (text: string) => void;
}

const problems: Readonly<Record<string, TextKey>> = {
  'not-allowed': 'dictation.denied',
  'service-not-allowed': 'dictation.denied',
  'audio-capture': 'dictation.noMicrophone',
  'network': 'dictation.noService',
  'no-speech': 'dictation.noSpeech',
  'language-not-supported': 'dictation.noLanguage',
};

/** Writes what the person says into the box, while they may go on typing there. */
export class Dictation implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: DictationOptions;
  #recognition: Recognition | undefined;
  #problem: TextKey | undefined;
  /** Where the words that are not certain yet stand in the text; empty between two utterances. */
  #start = 0;
  #end = 0;
  /** Whether the person has changed the uncertain words, which are then left as they are. */
  #isTakenOver = false;

  constructor(host: ReactiveControllerHost, options: DictationOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  get isListening(): boolean {
    return this.#recognition !== undefined;
  }

  /** Why it ended by itself, as the key of the words for it. */
  get problem(): TextKey | undefined {
    return this.#problem;
  }

  start(): void {
    const Recognition = recognitionClass();
    if (!Recognition || this.#recognition) return;
    const recognition = new Recognition();
    const {localize, words, textarea} = this.#options;
    recognition.lang = localize.wanted;
    recognition.continuous = true;
    recognition.interimResults = true;
    recognition.addEventListener('result', (event) => {
      // The recogniser's own events carry its results.
      if (this.#recognition === recognition) this.#hear(event as RecognitionResults);
    });
    recognition.addEventListener('error', (event) => {
      if (this.#recognition === recognition) this.#fail('error' in event ? String(event.error) : '');
    });
    recognition.addEventListener('end', () => {
      if (this.#recognition === recognition) this.#ended();
    });
    this.#problem = undefined;
    this.#isTakenOver = false;
    this.#start = this.#end = textarea()?.selectionEnd ?? 0;
    this.#recognition = recognition;
    try {
      recognition.start();
      words.say(localize.current.t('dictation.listening'));
    } catch {
      // A browser that has the class and no service behind it.
      this.#fail('network');
    }
    this.#host.requestUpdate();
  }

  /** Ends it; what was just said and is not certain yet may still come. */
  stop(): void {
    this.#recognition?.stop();
  }

  /** Ends it at once. */
  abort(): void {
    const recognition = this.#recognition;
    if (!recognition) return;
    this.#ended();
    recognition.abort();
  }

  dismissProblem(): void {
    this.#problem = undefined;
    this.#host.requestUpdate();
  }

  /** To be called when the person has changed the text, so that the words go on where they belong. */
  typed(before: string, after: string): void {
    if (!this.#recognition) return;
    const shorter = Math.min(before.length, after.length);
    let same = 0;
    while (same < shorter && before[same] === after[same]) same++;
    let sameAtEnd = 0;
    while (sameAtEnd < shorter - same && before[before.length - 1 - sameAtEnd] === after[after.length - 1 - sameAtEnd]) sameAtEnd++;
    const changedEnd = before.length - sameAtEnd;
    if (same >= this.#end) return;
    if (changedEnd <= this.#start) {
      this.#start += after.length - before.length;
      this.#end += after.length - before.length;
    } else {
      this.#isTakenOver = true;
      this.#start = this.#end = after.length - sameAtEnd;
    }
  }

  hostDisconnected(): void {
    this.abort();
  }

  #hear({results, resultIndex}: RecognitionResults): void {
    const heard = Array.from(results).slice(resultIndex);
    const said = (isFinal: boolean): string => heard.filter((result) => result.isFinal === isFinal).map((result) => result[0]?.transcript ?? '').join('');
    const [certain, uncertain] = [said(true), said(false)];
    if (this.#isTakenOver) {
      // The words that the person has mended are this utterance's; the next one is heard again.
      this.#isTakenOver = certain === '';
      return;
    }
    this.#place(certain, uncertain);
  }

  #place(certain: string, uncertain: string): void {
    const textarea = this.#options.textarea();
    if (!textarea) return;
    const isNew = this.#start === this.#end;
    // A new utterance goes to where the person is writing.
    if (isNew && textarea.matches(':focus')) this.#start = this.#end = textarea.selectionEnd;
    this.#start = Math.min(this.#start, textarea.value.length);
    this.#end = Math.min(this.#end, textarea.value.length);
    const before = textarea.value.slice(0, this.#start);
    const gap = before !== '' && !/\s$/.test(before) ? ' ' : '';
    const spaced = (text: string): string => (text === '' ? '' : gap + text.trimStart());
    const fixed = spaced(certain);
    const text = fixed === '' ? spaced(uncertain) : fixed + uncertain;
    const isCaretBehind = textarea.selectionStart === textarea.selectionEnd && textarea.selectionEnd === this.#end;
    textarea.setRangeText(text, this.#start, this.#end, 'preserve');
    this.#end = this.#start + text.length;
    this.#start += fixed.length;
    if (isCaretBehind) textarea.setSelectionRange(this.#end, this.#end);
    this.#options.changed(textarea.value);
  }

  #fail(error: string): void {
    // Ending it on purpose is no failure.
    if (error !== 'aborted') this.#problem = problems[error] ?? 'dictation.noService';
    this.#ended();
  }

  #ended(): void {
    this.#recognition = undefined;
    this.#options.words.say(this.#options.localize.current.t('dictation.ended'));
    this.#host.requestUpdate();
  }
}
