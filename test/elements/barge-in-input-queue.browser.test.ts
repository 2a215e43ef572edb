import {expect, waitUntil} from '@open-wc/testing';
import {createMemorySession} from '../../src/testing/index.ts';
import {ask} from '../helpers/conversation.ts';
import {useInput} from '../helpers/input.ts';
import {type} from '../helpers/keys.ts';
import {mouse} from '../helpers/mouse.ts';
import {shownText} from '../helpers/page.ts';

describe('the queue of <barge-in-input>', () => {
  const page = useInput();
  const waiting = (): string[] => page.session.snapshot.queue.map(({text}) => text);
  const row = (text: string): HTMLElement => page.all('.queued').find((candidate) => candidate.textContent.includes(text))!;
  const control = (text: string, name: string): HTMLElement => row(text).querySelector<HTMLElement>(`[data-control="${name}"]`)!;

  async function waitingFor(...texts: string[]): Promise<Awaited<ReturnType<typeof ask>>> {
    const run = await ask(page.session);
    await page.show();
    await page.queue(...texts);
    return run;
  }

  afterEach(() => mouse.move(0, 0));

  it('is not there while nothing waits', async () => {
    await page.show();
    expect(page.has('.queue')).to.equal(false);
  });

  it('shows what waits, in order, and how much', async () => {
    await waitingFor('One', 'Two', 'Three');
    expect(page.queued).to.deep.equal(['One', 'Two', 'Three']);
    expect(shownText(page.find('.queue-head'))).to.equal('3 messages wait');
    expect(page.textarea.value).to.equal('');
    await expect(page.input).to.be.accessible();
  });

  it('cuts a long text to one line', async () => {
    await waitingFor('One', 'A long story. '.repeat(200));
    expect(row('A long story').offsetHeight).to.equal(row('One').offsetHeight);
    expect(page.input.scrollWidth).to.be.at.most(page.input.clientWidth);
  });

  it('shows that files go with a message', async () => {
    await ask(page.session);
    await page.show();
    await page.session.dispatch({type: 'send', text: '', policy: 'queue', files: [{type: 'file', mediaType: 'image/png', url: 'data:image/png,', filename: 'map.png'}]});
    await page.settle();
    expect(page.find('.queued-files').textContent).to.contain('1');
    expect(page.button('Edit: map.png')).to.exist;
    await expect(page.input).to.be.accessible();
  });

  it('changes a message in its place, by Enter', async () => {
    await waitingFor('One', 'Two');
    control('Two', 'text').focus();
    await type('{Enter}');
    await page.settle();
    expect(page.focused?.getAttribute('aria-label')).to.equal('Change the waiting message');
    await expect(page.input).to.be.accessible();
    await type(' and a half{Enter}');
    await page.settle();
    expect(waiting()).to.deep.equal(['One', 'Two and a half']);
    expect(page.queued).to.deep.equal(['One', 'Two and a half']);
    expect(page.focusedName).to.equal('Edit: Two and a half');
    expect(page.session.dispatched.filter(({type: kind}) => kind === 'send')).to.have.length(3);
  });

  it('breaks a line there by Shift+Enter, and saves nothing while an input method composes', async () => {
    await waitingFor('One');
    control('One', 'text').click();
    await page.settle();
    await type('{Shift+Enter}two');
    const editor = page.find<HTMLTextAreaElement>('.editor textarea');
    expect(editor.value).to.equal('One\ntwo');
    editor.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true}));
    await page.settle();
    expect(page.has('.editor')).to.equal(true);
    expect(waiting()).to.deep.equal(['One']);
  });

  it('leaves a message as it was by Esc, which stops no agent', async () => {
    await waitingFor('One');
    control('One', 'text').click();
    await page.settle();
    await type(' more{Escape}');
    await page.settle();
    expect(page.queued).to.deep.equal(['One']);
    expect(page.focusedName).to.equal('Edit: One');
    expect(page.session.dispatched.some((intent) => intent.type === 'cancel')).to.equal(false);
  });

  it('says why a change was refused, and keeps what was written', async () => {
    await waitingFor('One');
    control('One', 'text').click();
    await page.settle();
    const editor = page.find<HTMLTextAreaElement>('.editor textarea');
    editor.select();
    await type('{Delete}{Enter}');
    await page.settle();
    expect(shownText(page.find('.queue'))).to.contain('The message would be empty');
    expect(page.has('.editor')).to.equal(true);
    expect(page.focused).to.equal(editor);
  });

  it('keeps a change that came too late, in the box', async () => {
    const run = await waitingFor('One');
    page.input.value = 'Half typed';
    control('One', 'text').click();
    await page.settle();
    await type(', better');
    run.append('Done');
    run.end();
    await page.settle();
    expect(page.session.snapshot.queue).to.be.empty;
    expect(page.textarea.value).to.equal('Half typed\nOne, better');
    expect(page.focused).to.equal(page.textarea);
    await waitUntil(() => page.said.includes('before the change was saved'));
  });

  it('takes a message out, and leaves the focus at the next one', async () => {
    await waitingFor('One', 'Two', 'Three');
    control('Two', 'remove').focus();
    await type('{Enter}');
    await page.settle();
    expect(waiting()).to.deep.equal(['One', 'Three']);
    expect(page.focused).to.equal(control('Three', 'remove'));
    await waitUntil(() => page.said.includes('Removed. Waiting: 2.'));
    await type('{Enter}');
    await page.settle();
    expect(page.focused).to.equal(control('One', 'remove'));
    await type('{Delete}');
    await page.settle();
    expect(waiting()).to.be.empty;
    expect(page.focused).to.equal(page.textarea);
  });

  it('moves a message by its buttons, and keeps the focus in them', async () => {
    await waitingFor('One', 'Two', 'Three');
    control('Three', 'up').focus();
    await type('{Enter}');
    await page.settle();
    expect(page.queued).to.deep.equal(['One', 'Three', 'Two']);
    expect(page.focused).to.equal(control('Three', 'up'));
    await type('{Enter}');
    await page.settle();
    expect(page.queued).to.deep.equal(['Three', 'One', 'Two']);
    expect(page.focused).to.equal(control('Three', 'up'));
    expect(control('Three', 'up').getAttribute('aria-disabled')).to.equal('true');
    await waitUntil(() => page.said.includes('Now 1 of 3.'));
  });

  it('moves a message by Alt with arrows, and goes from one to the other by arrows alone', async () => {
    await waitingFor('One', 'Two', 'Three');
    control('One', 'text').focus();
    await type('{Alt+ArrowDown}');
    await page.settle();
    expect(waiting()).to.deep.equal(['Two', 'One', 'Three']);
    expect(page.focusedName).to.equal('Edit: One');
    await type('{ArrowDown}');
    expect(page.focusedName).to.equal('Edit: Three');
    await type('{ArrowUp}{ArrowUp}{Alt+ArrowUp}');
    await page.settle();
    expect(page.focusedName).to.equal('Edit: Two');
    expect(waiting()).to.deep.equal(['Two', 'One', 'Three']);
  });

  it('moves a message by the pointer, and by Esc leaves it where it was', async () => {
    await waitingFor('One', 'Two', 'Three');
    const middle = (element: Element): [number, number] => {
      const {left, top, width, height} = element.getBoundingClientRect();
      return [Math.round(left + width / 2), Math.round(top + height / 2)];
    };
    const grip = (text: string): [number, number] => middle(row(text).querySelector('.grip')!);
    const pull = async (from: [number, number], to: [number, number]): Promise<void> => {
      await mouse.move(...from);
      await mouse.down();
      await mouse.move(...to);
      await page.settle();
    };
    await pull(grip('One'), grip('Two'));
    expect(row('Two').classList.contains('after')).to.equal(true);
    await type('{Escape}');
    await mouse.up();
    await page.settle();
    expect(waiting()).to.deep.equal(['One', 'Two', 'Three']);
    expect(page.session.dispatched.some((intent) => intent.type === 'cancel')).to.equal(false);
    await pull(grip('Three'), grip('One'));
    expect(row('One').classList.contains('before')).to.equal(true);
    await mouse.up();
    await page.settle();
    expect(waiting()).to.deep.equal(['Three', 'One', 'Two']);
    expect(page.queued).to.deep.equal(['Three', 'One', 'Two']);
  });

  it('says what was queued and what was sent from it, and nothing at first', async () => {
    const run = await ask(page.session);
    await page.session.dispatch({type: 'send', text: 'One', policy: 'queue'});
    page.session.flush();
    await page.show();
    await page.settle();
    expect(page.said).to.equal('');
    await page.queue('Two');
    await waitUntil(() => page.said.includes('Queued. 2 messages wait.'));
    run.append('Done');
    run.end();
    await page.settle();
    await waitUntil(() => page.said.includes('Sent from the queue. Waiting: 1.'));
    expect(page.queued).to.deep.equal(['Two']);
  });

  it('leaves the focus with a message that comes to the place of one that was sent', async () => {
    const run = await waitingFor('One', 'Two');
    control('One', 'remove').focus();
    run.append('Done');
    run.end();
    await page.settle();
    expect(page.focused).to.equal(control('Two', 'remove'));
  });

  it('says why it is held after a stop, and goes on when the person says so', async () => {
    await waitingFor('One', 'Two');
    await type('{Escape}');
    await page.settle();
    expect(shownText(page.find('.queue-head'))).to.contain('Paused, since the agent was stopped');
    expect(waiting()).to.deep.equal(['One', 'Two']);
    await expect(page.input).to.be.accessible();
    page.button('Go on').focus();
    await type('{Enter}');
    await page.settle();
    expect(waiting()).to.deep.equal(['Two']);
    expect(page.has('.queue-hold')).to.equal(false);
    expect(page.focused).to.equal(page.textarea);
  });

  it('announces each change to the page, which may prevent it', async () => {
    await waitingFor('One', 'Two');
    const intents: string[] = [];
    page.input.addEventListener('agent-intent', (event) => {
      intents.push(event.intent.type);
      event.preventDefault();
    });
    control('One', 'down').click();
    control('One', 'remove').click();
    await page.settle();
    expect(intents).to.deep.equal(['move-queued', 'discard']);
    expect(waiting()).to.deep.equal(['One', 'Two']);
  });

  it('leaves nothing of one conversation in the box of another', async () => {
    await waitingFor('One');
    control('One', 'text').click();
    await page.settle();
    await type(', a secret');
    page.input.session = createMemorySession({channel: 'porto'});
    await page.settle();
    expect(page.has('.queue')).to.equal(false);
    expect(page.textarea.value).to.equal('');
  });

  it('says that a message is added to it while others wait, though nothing runs', async () => {
    await waitingFor('One');
    await type('{Escape}');
    page.input.policy = 'queue';
    page.input.value = 'Two';
    await page.settle();
    expect(page.actionName).to.equal('Add to the queue');
  });
});
