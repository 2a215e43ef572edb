import {expect, waitUntil} from '@open-wc/testing';
import {lazyExtras} from '../../src/elements/barge-in-input/extras-loader.ts';
import {Lazy} from '../../src/internal/lazy.ts';
import {createMemorySession} from '../../src/testing/index.ts';
import {ask} from '../helpers/conversation.ts';
import {useInput} from '../helpers/input.ts';
import {type} from '../helpers/keys.ts';
import {shownText} from '../helpers/page.ts';

/** A recogniser that hears what a test says. */
class Recogniser extends EventTarget {
  static last: Recogniser;
  lang = '';
  continuous = false;
  interimResults = false;
  calls: string[] = [];
  readonly #results: ({isFinal: boolean} & {transcript: string}[])[] = [];

  constructor() {
    super();
    Recogniser.last = this;
  }

  start(): void {
    this.calls.push('start');
  }

  stop(): void {
    this.calls.push('stop');
    this.dispatchEvent(new Event('end'));
  }

  abort(): void {
    this.calls.push('abort');
    this.dispatchEvent(Object.assign(new Event('error'), {error: 'aborted'}));
    this.dispatchEvent(new Event('end'));
  }

  /** What it takes the present utterance for. */
  hear(transcript: string, isFinal = false): void {
    if (this.#results.at(-1)?.isFinal === false) this.#results.pop();
    this.#results.push(Object.assign([{transcript}], {isFinal}));
    this.dispatchEvent(Object.assign(new Event('result'), {results: this.#results, resultIndex: this.#results.length - 1}));
  }

  fail(error: string): void {
    this.dispatchEvent(Object.assign(new Event('error'), {error}));
    this.dispatchEvent(new Event('end'));
  }
}

describe('dictation in <barge-in-input>', () => {
  const page = useInput();
  const names = ['SpeechRecognition', 'webkitSpeechRecognition'] as const;
  const browser = names.map((name) => Reflect.get(window, name) as unknown);

  function useRecogniser(value: unknown): void {
    Reflect.set(window, 'SpeechRecognition', value);
    Reflect.set(window, 'webkitSpeechRecognition', undefined);
  }

  async function listening(fields: Parameters<typeof page.show>[0] = {}): Promise<Recogniser> {
    await page.show({dictation: true, ...fields});
    page.button('Dictate').click();
    await page.settle();
    return Recogniser.last;
  }

  beforeEach(() => useRecogniser(Recogniser));
  after(() => names.forEach((name, index) => Reflect.set(window, name, browser[index])));

  it('is offered where the page asks for it and the browser has it', async () => {
    await page.show();
    expect(page.has('.dictation')).to.equal(false);
    page.input.dictation = true;
    await page.settle();
    expect(page.has('.dictation')).to.equal(true);
    page.input.remove();
    Reflect.set(window, 'SpeechRecognition', undefined);
    Reflect.set(window, 'webkitSpeechRecognition', Recogniser);
    await page.show({dictation: true});
    expect(page.has('.dictation')).to.equal(true);
    page.input.remove();
    useRecogniser(undefined);
    await page.show({dictation: true});
    expect(page.has('.dictation')).to.equal(false);
  });

  it('listens in the language of the element, and says so', async () => {
    const recogniser = await listening({locale: 'sv-SE'});
    expect(recogniser).to.include({lang: 'sv-SE', continuous: true, interimResults: true});
    expect(recogniser.calls).to.deep.equal(['start']);
    expect(page.button('Stop dictating')).to.exist;
    await waitUntil(() => page.said.includes('Listening…'));
    await expect(page.input).to.be.accessible();
  });

  it('shows words while they are uncertain, and keeps them when they are certain', async () => {
    const recogniser = await listening();
    recogniser.hear('which hotel');
    expect(page.textarea.value).to.equal('which hotel');
    recogniser.hear('Which hotel has');
    expect(page.textarea.value).to.equal('Which hotel has');
    recogniser.hear('Which hotel has a view?', true);
    recogniser.hear('thanks');
    await page.settle();
    expect(page.textarea.value).to.equal('Which hotel has a view? thanks');
    expect(page.input.value).to.equal('Which hotel has a view? thanks');
  });

  it('writes where the caret is, with a blank between words', async () => {
    await page.show({dictation: true, value: 'Dear all and goodbye'});
    page.textarea.setSelectionRange(8, 8);
    page.button('Dictate').click();
    await page.settle();
    Recogniser.last.hear('hello', true);
    expect(page.textarea.value).to.equal('Dear all hello and goodbye');
  });

  it('lets the person go on typing before and behind what it hears', async () => {
    const recogniser = await listening({value: 'B'});
    page.textarea.focus();
    page.textarea.setSelectionRange(1, 1);
    recogniser.hear('one');
    page.textarea.setSelectionRange(0, 0);
    await type('A');
    recogniser.hear('one two', true);
    expect(page.textarea.value).to.equal('AB one two');
    page.textarea.setSelectionRange(10, 10);
    await type(', typed,');
    recogniser.hear('three', true);
    expect(page.textarea.value).to.equal('AB one two, typed, three');
  });

  it('leaves the words as the person has mended them', async () => {
    const recogniser = await listening();
    page.textarea.focus();
    recogniser.hear('recognise speech');
    page.textarea.setSelectionRange(0, 9);
    await type('Wreck');
    recogniser.hear('recognise speech now', true);
    expect(page.textarea.value).to.equal('Wreck speech');
    page.textarea.setSelectionRange(12, 12);
    recogniser.hear('again', true);
    expect(page.textarea.value).to.equal('Wreck speech again');
  });

  it('ends by its button and by Esc, which stops no agent', async () => {
    await ask(page.session);
    const recogniser = await listening();
    page.button('Stop dictating').click();
    await page.settle();
    expect(recogniser.calls).to.deep.equal(['start', 'stop']);
    page.button('Dictate').click();
    await page.settle();
    page.textarea.focus();
    await type('{Escape}');
    await page.settle();
    expect(Recogniser.last.calls).to.deep.equal(['start', 'stop']);
    expect(page.button('Dictate')).to.exist;
    expect(page.session.dispatched.some((intent) => intent.type === 'cancel')).to.equal(false);
  });

  it('ends when the message is sent, and hears nothing more of it', async () => {
    const recogniser = await listening();
    recogniser.hear('Send this', true);
    await page.input.send();
    recogniser.hear('and this');
    await page.settle();
    expect(recogniser.calls).to.deep.equal(['start', 'abort']);
    expect(page.session.dispatched[0]).to.include({text: 'Send this'});
    expect(page.textarea.value).to.equal('');
    expect(page.has('.remark')).to.equal(false);
  });

  it('ends when the element leaves the page', async () => {
    const recogniser = await listening();
    page.input.remove();
    expect(recogniser.calls).to.deep.equal(['start', 'abort']);
  });

  describe('asked for before its code is there', () => {
    let arrive: () => void;
    let starts: readonly string[];
    beforeEach(async () => {
      const started: string[] = [];
      useRecogniser(class extends Recogniser {
        override start(): void {
          started.push(this.lang);
          super.start();
        }
      });
      starts = started;
      await page.show({dictation: true});
      const {promise, resolve} = Promise.withResolvers<undefined>();
      arrive = () => resolve(undefined);
      lazyExtras.load = () => promise.then(() => Lazy.prototype.load.call(lazyExtras) as ReturnType<typeof lazyExtras.load>);
      page.button('Dictate').click();
    });
    afterEach(() => Reflect.deleteProperty(lazyExtras, 'load'));

    /** Has the code come, and waits for all that waited for it. */
    async function arrived(): Promise<void> {
      arrive();
      await lazyExtras.load();
      await page.settle();
    }

    it('begins once it is', async () => {
      expect(starts).to.have.length(0);
      await arrived();
      expect(starts).to.have.length(1);
    });

    it('does not begin when the element has gone', async () => {
      page.input.remove();
      await arrived();
      expect(starts).to.have.length(0);
    });

    it('does not begin in another conversation', async () => {
      page.input.session = createMemorySession({channel: 'porto'});
      await page.settle();
      await arrived();
      expect(starts).to.have.length(0);
    });
  });

  for (const [error, words] of [
    ['not-allowed', 'The microphone may not be used here'],
    ['audio-capture', 'No microphone was found'],
    ['network', 'speech service cannot be reached'],
    ['no-speech', 'Nothing was heard'],
    ['language-not-supported', 'does not understand this language'],
  ] as const) {
    it(`says what is the matter: ${error}`, async () => {
      const recogniser = await listening({value: 'A draft'});
      recogniser.fail(error);
      await page.settle();
      expect(shownText(page.find('.remark'))).to.contain('Dictation is not possible now').and.to.contain(words);
      expect(page.textarea.value).to.equal('A draft');
      expect(page.button('Dictate')).to.exist;
      await expect(page.input).to.be.accessible();
    });
  }
});
