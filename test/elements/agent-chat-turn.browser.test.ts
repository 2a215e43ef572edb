import {expect, waitUntil} from '@open-wc/testing';
import {useChat} from '../helpers/chat.ts';
import {exchange, said} from '../helpers/conversation.ts';
import {type} from '../helpers/keys.ts';
import {stillness} from '../helpers/media.ts';
import {drawn, nextFrame} from '../helpers/page.ts';

/** Where a message that was just sent stands, in px below the top, and what engines that scroll by whole pixels leave over. */
const offset = 16;
const slack = 1.5;
const line = 'One more line of the answer.\n\n';

describe('<agent-chat>, after the person has sent a message,', () => {
  const page = useChat();
  let scroller: HTMLElement;

  // Motion is what the first test is about; the others are about where things are in the end.
  before(() => stillness(true));
  after(() => stillness(false));

  const topOf = (id: string): number => page.article(id).getBoundingClientRect().top - scroller.getBoundingClientRect().top;
  const distanceToEnd = (): number => scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;

  async function show(count: number, height = '600px'): Promise<void> {
    page.session.load(exchange(count));
    await page.show({}, height);
    scroller = page.find('.scroller');
  }

  async function send(text = 'A question'): Promise<string> {
    page.textarea.focus();
    await type(`${text}{Enter}`);
    await waitUntil(() => page.session.snapshot.messages.at(-1)?.mine === true);
    await page.settle();
    return page.session.snapshot.messages.at(-1)!.id;
  }

  it('glides to it where motion is welcome', async () => {
    await stillness(false);
    await show(20);
    const tops = new Set<number>();
    const watch = (): void => {
      tops.add(scroller.scrollTop);
    };
    scroller.addEventListener('scroll', watch);
    const id = await send();
    await waitUntil(() => Math.abs(topOf(id) - 16) <= 1);
    expect(tops.size, 'it took several steps').to.be.above(1);
    await stillness(true);
  });

  it('has it near the top, with room below for the answer', async () => {
    await show(20);
    const id = await send();
    expect(topOf(id)).to.be.closeTo(offset, slack);
    expect(distanceToEnd()).to.be.at.most(1);
    expect(page.has('.jump')).to.be.false;
  });

  it('does not move while the answer grows below, begins or ends', async () => {
    await show(20);
    const id = await send();
    const run = page.session.startRun();
    await page.settle();
    expect(topOf(id)).to.be.closeTo(offset, slack);
    for (let count = 0; count < 4; count++) {
      run.append(line);
      await page.settle();
      expect(topOf(id)).to.be.closeTo(offset, slack);
      expect(distanceToEnd()).to.be.at.most(1);
    }
    run.end();
    await page.settle();
    expect(topOf(id)).to.be.closeTo(offset, slack);
    expect(page.has('.jump')).to.be.false;
  });

  it('leaves the reader at the start of an answer that is longer than the view, with a way to its end', async () => {
    await show(20);
    const id = await send();
    const run = page.session.startRun();
    for (let count = 0; count < 40; count++) {
      run.append(line);
      await page.settle();
    }
    run.end();
    await page.settle();
    expect(topOf(id)).to.be.closeTo(offset, slack);
    expect(distanceToEnd()).to.be.above(500);
    page.find('.jump').click();
    await drawn(page.chat);
    expect(distanceToEnd()).to.be.at.most(1);
  });

  it('does not begin to scroll before the first view is full, and then brings it to the top', async () => {
    await show(2, '700px');
    const id = await send();
    expect(scroller.scrollHeight).to.equal(scroller.clientHeight);
    const run = page.session.startRun();
    for (let count = 0; count < 60; count++) {
      run.append(line);
      await page.settle();
      expect(topOf(id)).to.be.above(15);
      if (topOf(id) > 17) expect(distanceToEnd()).to.be.at.most(1);
    }
    expect(topOf(id)).to.be.closeTo(offset, slack);
    expect(distanceToEnd()).to.be.above(500);
  });

  it('shows the end of a long message and room below it', async () => {
    await show(20);
    const id = await send('A long story. '.repeat(40));
    const {bottom} = page.article(id).getBoundingClientRect();
    const view = scroller.getBoundingClientRect();
    expect(bottom).to.be.within(view.top + 60, view.top + scroller.clientHeight * 0.6);
  });

  it('gives the room up as the reader scrolls away, and moves nothing by it', async () => {
    await show(20);
    const id = await send();
    const full = scroller.scrollHeight;
    for (let count = 0; count < 5; count++) {
      const before = topOf(id);
      scroller.scrollTop -= 100;
      await nextFrame();
      await drawn(page.chat);
      expect(topOf(id)).to.be.closeTo(before + 100, 1);
    }
    expect(scroller.scrollHeight).to.be.below(full - 300);
  });

  it('follows the end again for a reader who goes there', async () => {
    await show(20);
    await send();
    const run = page.session.startRun();
    for (let count = 0; count < 40; count++) run.append(line);
    await page.settle();
    scroller.scrollTop = scroller.scrollHeight;
    await nextFrame();
    await drawn(page.chat);
    for (let count = 0; count < 5; count++) {
      run.append(line);
      await page.settle();
      expect(distanceToEnd()).to.be.at.most(1);
    }
  });

  it('keeps it in place when the room changes, as by a keyboard on a screen', async () => {
    await show(20);
    const id = await send();
    for (const height of ['350px', '600px']) {
      page.chat.style.setProperty('height', height);
      await drawn(page.chat);
      expect(topOf(id)).to.be.closeTo(offset, slack);
    }
  });

  it('brings the next one to the top as well, from wherever the reader was', async () => {
    await show(100);
    const first = await send('One');
    scroller.scrollTop = 800;
    await nextFrame();
    await drawn(page.chat);
    const second = await send('Two');
    expect(topOf(second)).to.be.closeTo(offset, slack);
    expect(topOf(first)).to.be.below(16);
  });

  it('moves nothing when somebody else says something', async () => {
    await show(20);
    const id = await send();
    page.session.receive(said('other', 'Me too', {clientId: 'ana'}));
    await page.settle();
    expect(topOf(id)).to.be.closeTo(offset, slack);
  });

  it('stays where it is when the page prevents the sending', async () => {
    await show(20);
    scroller.scrollTop -= 300;
    await nextFrame();
    await drawn(page.chat);
    page.chat.addEventListener('agent-intent', (event) => event.preventDefault());
    page.textarea.focus();
    // Where what is read stands on the screen: what is guessed of the rows further up may be corrected meanwhile.
    const view = scroller.getBoundingClientRect();
    const read = page.articles.find((article) => article.getBoundingClientRect().top >= view.top)!;
    const before = read.getBoundingClientRect().top;
    await type('No{Enter}');
    await page.settle();
    expect(read.getBoundingClientRect().top).to.be.closeTo(before, 1);
  });
});
