import {expect, waitUntil} from '@open-wc/testing';
import {type BargeInPolicy, SessionError} from '../../src/session/index.ts';
import {ask} from '../helpers/conversation.ts';
import {useInput} from '../helpers/input.ts';
import {compose, itComposes} from '../helpers/input-method.ts';
import {type} from '../helpers/keys.ts';
import {resize} from '../helpers/media.ts';
import {place, shownText} from '../helpers/page.ts';

describe('how a message in <barge-in-input> barges in', () => {
  const page = useInput();
  const sentAs = (): (BargeInPolicy | undefined)[] => page.session.dispatched.flatMap((intent) => (intent.type === 'send' && intent.text !== 'A question' ? [intent.policy] : []));
  const items = (): string[] => page.all('[role=menuitemradio] .policy-words > :first-child').map(({textContent}) => textContent);
  const focusedItem = (): string => page.focused?.querySelector('.policy-words > :first-child')?.textContent ?? '';

  async function busy(fields: Parameters<typeof page.show>[0] = {}): Promise<void> {
    await ask(page.session);
    await page.show(fields);
  }

  async function openMenu(): Promise<void> {
    page.find('.policy').focus();
    await type('{Enter}');
    await page.settle();
  }

  it('offers no choice while nothing runs', async () => {
    await page.show({value: 'Hello'});
    expect(page.has('.policy')).to.equal(false);
    expect(page.actionName).to.equal('Send');
  });

  it('offers to interrupt, steer and queue while an agent works, each with what it does', async () => {
    await busy();
    await openMenu();
    expect(items()).to.deep.equal(['Interrupt', 'Steer', 'Queue']);
    for (const item of page.all('[role=menuitemradio]')) {
      const description = page.find(`#${item.getAttribute('aria-describedby')!}`);
      expect(description.textContent).to.match(/\.$/);
    }
    await expect(page.input).to.be.accessible();
  });

  it('offers what the page lists, its own policy first', async () => {
    await busy({policy: 'queue', policies: 'alongside interrupt'});
    await openMenu();
    expect(items()).to.deep.equal(['Queue', 'Send alongside', 'Interrupt']);
  });

  it('offers nothing where the page lists nothing but its policy', async () => {
    await busy({policies: 'interrupt'});
    expect(page.has('.policy')).to.equal(false);
  });

  for (const [policy, name] of [['interrupt', 'Stop the answer and send'], ['steer', 'Send into the running answer'], ['queue', 'Add to the queue'], ['alongside', 'Send beside the running answer']] as const) {
    it(`sends by the policy ${policy}, and says what that will do`, async () => {
      await busy({policy});
      await type('Wait');
      await page.settle();
      expect(page.actionName).to.equal(name);
      await type('{Enter}');
      await page.settle();
      expect(sentAs()).to.deep.equal([policy]);
    });
  }

  it('sends one message as the person has chosen, and the next one as usual', async () => {
    await busy();
    await openMenu();
    await type('{ArrowDown}{ArrowDown}{Enter}');
    await page.settle();
    expect(page.focused).to.equal(page.textarea);
    expect(page.find('.policy').getAttribute('aria-label')).to.equal('How to send: Queue');
    await type('Later{Enter}');
    await page.settle();
    await type('Now{Enter}');
    await page.settle();
    expect(sentAs()).to.deep.equal(['queue', 'interrupt']);
  });

  it('sends by the second and third choice by keys, which the menu shows', async () => {
    await busy();
    await openMenu();
    expect(page.all('[role=menuitemradio]').map((item) => item.getAttribute('aria-keyshortcuts'))).to.deep.equal(['Enter', 'Control+Enter', 'Control+Shift+Enter']);
    expect(page.all('kbd').map(({textContent}) => textContent)).to.deep.equal(['Enter', 'Ctrl+Enter', 'Ctrl+Shift+Enter']);
    await type('{Escape}');
    page.input.focus();
    await type('Use euros{Control+Enter}');
    await page.settle();
    await type('And then?{Control+Shift+Enter}');
    await page.settle();
    expect(sentAs()).to.deep.equal(['steer', 'queue']);
    expect(page.session.snapshot.queue.map(({text}) => text)).to.deep.equal(['And then?']);
  });

  it('sends by the fourth choice by a key of its own, which the menu shows', async () => {
    await busy({policies: 'interrupt steer queue alongside'});
    await openMenu();
    expect(page.all('[role=menuitemradio]').map((item) => item.getAttribute('aria-keyshortcuts')).at(-1)).to.equal('Alt+Enter');
    expect(page.all('kbd').map(({textContent}) => textContent).at(-1)).to.equal('Alt+Enter');
    await type('{Escape}');
    page.input.focus();
    await type('By the way{Alt+Enter}');
    await page.settle();
    expect(sentAs()).to.deep.equal(['alongside']);
  });

  it('leaves that key alone where there are fewer choices', async () => {
    await busy();
    await type('By the way{Alt+Enter}');
    await page.settle();
    expect(sentAs()).to.deep.equal([]);
  });

  it('sends as those keys ask also where no run is seen yet: one may have been asked for a moment ago', async () => {
    await page.show();
    await type('Hello{Control+Enter}');
    await page.settle();
    expect(sentAs()).to.deep.equal(['steer']);
  });

  itComposes('sends nothing by any of those keys while an input method composes', async () => {
    await busy();
    const events: string[] = [];
    for (const kind of ['compositionstart', 'compositionend']) page.textarea.addEventListener(kind, () => events.push(kind));
    await compose('にほん');
    await type('{Enter}');
    await compose('にほんご');
    await type('{Control+Enter}');
    await page.settle();
    expect(sentAs()).to.be.empty;
    await compose('日本語', {isFinal: true});
    expect(events).to.deep.equal(['compositionstart', 'compositionend']);
    await type('{Control+Enter}');
    await page.settle();
    expect(sentAs()).to.deep.equal(['steer']);
    // A real input method keeps its Enter to itself; the one pressed here may break a line.
    expect(page.session.dispatched.flatMap((intent) => (intent.type === 'send' ? intent.text.trim() : []))).to.include('日本語');
  });

  it('moves through the menu by arrows, Home, End and first letters, and around its ends', async () => {
    await busy({policies: 'interrupt steer queue alongside'});
    await openMenu();
    const path: string[] = [];
    for (const key of ['{ArrowUp}', '{Home}', '{ArrowDown}', '{End}', '{ArrowDown}', 'q', 's', 's']) {
      await type(key);
      path.push(focusedItem());
    }
    expect(path).to.deep.equal(['Send alongside', 'Interrupt', 'Steer', 'Send alongside', 'Interrupt', 'Queue', 'Send alongside', 'Steer']);
  });

  it('opens at its first or last item by arrows on the button', async () => {
    await busy();
    page.find('.policy').focus();
    await type('{ArrowDown}');
    await page.settle();
    expect(focusedItem()).to.equal('Interrupt');
    await type('{Escape}{ArrowUp}');
    await page.settle();
    expect(focusedItem()).to.equal('Queue');
  });

  it('closes by Esc without stopping the agent, and gives the focus back', async () => {
    await busy();
    await openMenu();
    await type('{Escape}');
    await page.settle();
    expect(page.has('.menu')).to.equal(false);
    expect(page.focused).to.equal(page.find('.policy'));
    expect(page.find('.policy').getAttribute('aria-expanded')).to.equal('false');
    expect(page.session.dispatched.some((intent) => intent.type === 'cancel')).to.equal(false);
  });

  it('closes by Tab, which goes on to what is beside the button', async () => {
    await busy();
    await openMenu();
    await type('{Tab}');
    await page.settle();
    expect(page.has('.menu')).to.equal(false);
    expect(page.focused).to.equal(page.action);
  });

  it('closes by a press elsewhere', async () => {
    await busy();
    await openMenu();
    document.body.dispatchEvent(new PointerEvent('pointerdown', {bubbles: true, composed: true}));
    await page.settle();
    expect(page.has('.menu')).to.equal(false);
  });

  it('closes when the run ends under it, and leaves the focus in the text', async () => {
    const run = await ask(page.session);
    await page.show();
    await openMenu();
    run.append('Done');
    run.end();
    await page.settle();
    expect(page.has('.menu')).to.equal(false);
    expect(page.has('.policy')).to.equal(false);
    expect(page.focused).to.equal(page.textarea);
  });

  it('has the menu in sight in a small window, at its foot and at its head', async () => {
    await resize(360, 420);
    await busy({policies: 'interrupt steer queue alongside'});
    for (const margin of ['340px', '0px']) {
      page.input.style.setProperty('margin-block-start', margin);
      await openMenu();
      const {top, bottom, left, right} = page.find('.menu').getBoundingClientRect();
      expect(top).to.be.at.least(0);
      expect(left).to.be.at.least(0);
      expect(right).to.be.at.most(innerWidth);
      expect(bottom).to.be.at.most(innerHeight);
      const box = page.find('.box').getBoundingClientRect();
      expect(bottom <= box.top || top >= box.bottom, 'it does not cover the box').to.equal(true);
      await type('{Escape}');
    }
    await resize(800, 600);
  });

  it('warns once of words that are no policy, and does without them', async () => {
    const warnings: string[] = [];
    const real = console.warn;
    console.warn = (...words: unknown[]) => warnings.push(words.join(' '));
    // What an attribute may hold is not of the type.
    await busy({policy: 'shout' as BargeInPolicy, policies: 'whisper queue'});
    await page.settle();
    page.input.requestUpdate();
    await page.settle();
    console.warn = real;
    expect(warnings.filter((text) => text.includes('shout'))).to.have.length(1);
    expect(warnings.filter((text) => text.includes('whisper'))).to.have.length(1);
    await openMenu();
    expect(items()).to.deep.equal(['Interrupt', 'Queue']);
  });

  it('shows why a steer was refused, and sends it in the nearest way by a button', async () => {
    await busy();
    const real = page.session.dispatch.bind(page.session);
    page.session.dispatch = (intent) =>
      intent.type === 'send' && intent.policy === 'steer'
        ? Promise.reject(new SessionError('This answer cannot be steered.', {kind: 'input', hint: 'Queue the message, or stop the answer.'}))
        : real(intent);
    await type('Use euros{Control+Enter}');
    await page.settle();
    expect(shownText(page.input)).to.contain('This answer cannot be steered.').and.to.contain('Queue the message, or stop the answer.');
    expect(page.textarea.value).to.equal('Use euros');
    await expect(page.input).to.be.accessible();
    page.button('Stop the answer and send');
    const instead = page.button('Add it to the queue instead');
    instead.focus();
    instead.click();
    await page.settle();
    expect(page.queued).to.deep.equal(['Use euros']);
    expect(page.textarea.value).to.equal('');
    expect(page.has('#failure')).to.equal(false);
    expect(page.focused).to.equal(page.textarea);
  });

  it('says that a queue is full, and keeps what was typed', async () => {
    await busy();
    await page.queue(...Array.from({length: 20}, (_, index) => `Message ${index}`));
    await type('One more{Control+Shift+Enter}');
    await waitUntil(() => page.has('#failure'));
    expect(shownText(page.find('#failure'))).to.contain('20 messages wait already');
    expect(page.textarea.value).to.equal('One more');
    expect(page.session.snapshot.queue).to.have.length(20);
  });

  it('offers no other way for a message that is too long for any', async () => {
    await busy();
    page.session.dispatch = () => Promise.reject(new SessionError('The message is too long.', {kind: 'input'}));
    page.input.value = 'x'.repeat(70_000);
    await page.input.send('steer');
    await page.settle();
    expect(shownText(page.find('#failure'))).to.contain('too long');
    expect(page.has('#failure button')).to.equal(false);
  });

  it('is set for <agent-chat> by its own attributes', async () => {
    const chat = document.createElement('agent-chat');
    for (const [name, value] of Object.entries({'barge-in': 'queue', 'policies': 'steer', 'accept': 'image/*', 'max-file-size': '1MB', 'dictation': ''})) chat.setAttribute(name, value);
    chat.session = page.session;
    chat.upload = () => Promise.resolve('https://files.example/a');
    await place(chat);
    expect(chat.renderRoot.querySelector('barge-in-input')).to.include({policy: 'queue', policies: 'steer', accept: 'image/*', maxFileSize: '1MB', dictation: true, upload: chat.upload});
  });
});
