import '../../src/define.ts';
import {expect, waitUntil} from '@open-wc/testing';
import {SessionError} from '../../src/session/index.ts';
import {createMemorySession, type MemorySession} from '../../src/testing/index.ts';
import {ask} from '../helpers/conversation.ts';
import {elementContract} from '../helpers/element-contract.ts';
import {type} from '../helpers/keys.ts';
import {clearPage, drawn, place, shownText} from '../helpers/page.ts';

type Input = HTMLElementTagNameMap['barge-in-input'];
// The contract makes elements of the tag that it is given.
const asInput = (element: HTMLElement): Input => element as Input;

elementContract('barge-in-input', {
  states: {
    'empty': () => undefined,
    'with a draft': (element) => {
      asInput(element).value = 'A draft';
    },
    'while an agent works': async (element) => {
      await ask(element.session as MemorySession);
    },
    'after a failure': async (element) => {
      failing(element.session as MemorySession);
      asInput(element).value = 'Lost?';
      await asInput(element).send();
    },
    'disabled': (element) => {
      asInput(element).disabled = true;
    },
  },
});

// eslint-disable-next-line @typescript-eslint/no-deprecated -- Deprecated, yet what tells a composition's Enter in Safari.
const keyCode = (code: number): KeyboardEventInit => ({keyCode: code});

function failing(session: MemorySession): void {
  session.dispatch = () => Promise.reject(new SessionError('The outbox is full.', {kind: 'input', hint: 'Discard a message first.'}));
}

describe('<barge-in-input>', () => {
  let session: MemorySession;

  async function input(fields: Partial<Input> = {}): Promise<Input> {
    const element = Object.assign(document.createElement('barge-in-input'), {session, ...fields});
    await place(element);
    element.focus();
    return element;
  }
  const textarea = (element: Input): HTMLTextAreaElement => element.renderRoot.querySelector('textarea')!;
  const button = (element: Input): HTMLButtonElement => element.renderRoot.querySelector('.action')!;
  const sent = (): string[] => session.dispatched.flatMap((intent) => (intent.type === 'send' ? [intent.text] : []));

  beforeEach(() => {
    session = createMemorySession({channel: 'lisbon'});
  });
  afterEach(clearPage);

  it('sends by Enter, and is empty then', async () => {
    const element = await input();
    await type('Hello{Enter}');
    await drawn(element);
    expect(session.dispatched).to.deep.equal([{type: 'send', text: 'Hello', policy: 'interrupt'}]);
    expect(textarea(element).value).to.equal('');
  });

  it('breaks the line by Shift+Enter', async () => {
    const element = await input();
    await type('One{Shift+Enter}two');
    expect(textarea(element).value).to.equal('One\ntwo');
    expect(sent()).to.be.empty;
  });

  it('sends nothing where nothing but blanks is typed', async () => {
    await input();
    await type('  {Enter}');
    expect(session.dispatched).to.be.empty;
  });

  it('never sends by an Enter that belongs to a composition', async () => {
    const element = await input({value: 'にほん'});
    const area = textarea(element);
    const enter = (init: KeyboardEventInit): boolean => area.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, cancelable: true, ...init}));
    area.dispatchEvent(new CompositionEvent('compositionstart', {bubbles: true}));
    enter({});
    enter({isComposing: true});
    area.dispatchEvent(new CompositionEvent('compositionend', {bubbles: true}));
    enter(keyCode(229)); // Safari's, which comes when the composition has ended.
    await drawn(element);
    expect(sent()).to.be.empty;
    enter(keyCode(13));
    await drawn(element);
    expect(sent()).to.deep.equal(['にほん']);
  });

  it('stops by its button while an agent works and nothing is typed', async () => {
    await ask(session);
    const element = await input();
    expect(button(element).getAttribute('aria-label')).to.equal('Stop');
    button(element).click();
    await drawn(element);
    expect(session.dispatched.at(-1)).to.deep.equal({type: 'cancel'});
    expect(button(element).getAttribute('aria-label')).to.equal('Send');
  });

  it('says that it is stopping until the agent has stopped', async () => {
    session = createMemorySession({confirmsStops: false});
    const run = await ask(session);
    const element = await input();
    button(element).click();
    await drawn(element);
    expect(button(element).getAttribute('aria-label')).to.equal('Stopping…');
    run.end('cancelled');
    await drawn(element);
    expect(button(element).getAttribute('aria-label')).to.equal('Send');
  });

  it('stops by Esc, and keeps that Esc from a dialog around it', async () => {
    await ask(session);
    const element = await input({value: 'a draft'});
    let escapes = 0;
    const count = (): number => escapes++;
    document.body.addEventListener('keydown', count);
    await type('{Escape}');
    await drawn(element);
    expect(session.dispatched.at(-1)?.type).to.equal('cancel');
    expect(textarea(element).value).to.equal('a draft');
    expect(escapes).to.equal(0);
    await type('{Escape}');
    document.body.removeEventListener('keydown', count);
    expect(escapes).to.equal(1);
  });

  it('says that sending interrupts what the agent is doing', async () => {
    await ask(session);
    const element = await input({value: 'wait'});
    expect(button(element).getAttribute('aria-label')).to.equal('Stop the answer and send');
    element.policy = 'alongside';
    await drawn(element);
    expect(button(element).getAttribute('aria-label')).to.equal('Send beside the running answer');
    await type('{Enter}');
    expect(session.dispatched.at(-1)).to.include({policy: 'alongside'});
  });

  it('keeps what was typed when it cannot be sent, and says why beside it', async () => {
    failing(session);
    const element = await input();
    await type('Precious{Enter}');
    await drawn(element);
    expect(textarea(element).value).to.equal('Precious');
    expect(shownText(element)).to.contain('Not sent').and.to.contain('The outbox is full.').and.to.contain('Discard a message first.');
    const described = element.renderRoot.querySelector(`#${textarea(element).getAttribute('aria-describedby')!}`)!;
    expect(described.textContent).to.contain('The outbox is full.');
    expect(element.renderRoot.querySelector('[role=alert]')).to.exist;
  });

  it('keeps what was typed when the page prevents the sending', async () => {
    const element = await input();
    element.addEventListener('agent-intent', (event) => event.preventDefault());
    await type('Hold on{Enter}');
    await drawn(element);
    expect(textarea(element).value).to.equal('Hold on');
  });

  it('sends once, however often Enter is pressed, and leaves what is typed meanwhile', async () => {
    const element = await input();
    const pending = Promise.withResolvers<undefined>();
    const real = session.dispatch.bind(session);
    session.dispatch = async (intent) => {
      await pending.promise;
      await real(intent);
    };
    await type('First{Enter}{Enter} second');
    pending.resolve(undefined);
    await drawn(element);
    expect(sent()).to.deep.equal(['First']);
    expect(textarea(element).value).to.equal(' second');
  });

  it('sends while offline', async () => {
    session.setConnection('offline');
    await input();
    await type('Later{Enter}');
    expect(session.snapshot.messages[0]).to.include({delivery: 'queued'});
  });

  it('keeps the draft of each channel until it is sent', async () => {
    const first = await input();
    await type('Half a thought');
    first.remove();
    const second = await input();
    expect(textarea(second).value).to.equal('Half a thought');
    second.remove();
    session = createMemorySession({channel: 'porto'});
    const elsewhere = await input();
    expect(textarea(elsewhere).value).to.equal('');
    elsewhere.remove();
    session = createMemorySession({channel: 'lisbon'});
    await input();
    await type('{Enter}');
    await waitUntil(() => sent().length === 1);
    document.body.replaceChildren();
    expect(textarea(await input()).value).to.equal('');
  });

  it('grows with its text, up to a limit', async () => {
    const element = await input();
    const height = element.offsetHeight;
    element.value = 'line\n'.repeat(4);
    await drawn(element);
    expect(element.offsetHeight).to.be.above(height + 50);
    element.value = 'line\n'.repeat(200);
    await drawn(element);
    expect(element.offsetHeight).to.be.below(300);
  });

  it('grows by itself where the browser cannot do it', async () => {
    const real = CSS.supports.bind(CSS);
    CSS.supports = () => false;
    const element = await input();
    CSS.supports = real;
    element.value = 'line\n'.repeat(3);
    await drawn(element);
    const height = parseFloat(textarea(element).style.blockSize);
    element.value = 'line\n'.repeat(6);
    await drawn(element);
    expect(parseFloat(textarea(element).style.blockSize)).to.be.above(height + 30);
  });

  it('does not draw while an answer streams', async () => {
    const run = await ask(session);
    run.append('One');
    const element = await input();
    let draws = 0;
    element.addController({hostUpdated: () => draws++});
    for (let token = 0; token < 20; token++) {
      run.append(' more');
      session.flush();
    }
    await drawn(element);
    expect(draws).to.equal(0);
  });

  it('keeps the focus in its button when that turns from Stop to Send', async () => {
    const run = await ask(session);
    const element = await input();
    button(element).focus();
    run.append('Done');
    run.end();
    await drawn(element);
    expect(element.shadowRoot!.activeElement).to.equal(button(element));
  });
});
