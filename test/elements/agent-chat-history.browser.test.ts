import {expect, waitUntil} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import {useChat} from '../helpers/chat.ts';
import {answered, ask, exchange, said} from '../helpers/conversation.ts';
import {drawn, nextFrame, place} from '../helpers/page.ts';

/** All nodes of a tree, those of the trees in it included. */
function countNodes(root: Node): number {
  let count = 0;
  const walker = document.createTreeWalker(root);
  for (let node: Node | null = walker.currentNode; node; node = walker.nextNode()) {
    count++;
    if (node instanceof Element && node.shadowRoot) count += countNodes(node.shadowRoot);
  }
  return count;
}

describe('<agent-chat>, with a long history,', () => {
  const page = useChat();
  let scroller: HTMLElement;

  async function show(count: number, pageSize = count): Promise<void> {
    page.begin({pageSize});
    page.session.load(exchange(count));
    await page.show({}, '600px');
    scroller = page.find('.scroller');
    await atRest();
  }

  const ids = (): string => page.articles.map(({dataset}) => dataset['messageId']).join();
  const topOf = (row: Element): number => row.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
  const firstInView = (): HTMLElement => page.articles.find((row) => topOf(row) + row.offsetHeight > 0)!;
  const distanceToEnd = (): number => scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;

  /** Waits until nothing more is drawn ahead, and the scrollbar tells what it should. */
  async function atRest(): Promise<void> {
    let since = performance.now();
    let before = '';
    await waitUntil(() => {
      const now = `${ids()} ${scroller.scrollTop} ${scroller.scrollHeight}`;
      if (now !== before) since = performance.now();
      before = now;
      return performance.now() - since > 200;
    }, 'it comes to rest', {interval: 20, timeout: 8000});
  }

  async function scrollTo(top: number): Promise<void> {
    scroller.scrollTop = top;
    await nextFrame();
    await drawn(page.chat);
  }

  /** The view shows rows from its top to its bottom. */
  function expectNoGap(): void {
    const view = scroller.getBoundingClientRect();
    for (const gap of scroller.querySelectorAll('.gap')) {
      const {top, bottom} = gap.getBoundingClientRect();
      expect(bottom <= view.top + 1 || top >= view.bottom - 1, 'no gap is in view').to.be.true;
    }
  }

  it('has as few nodes in the page for ten thousand messages as for a thousand', async () => {
    await show(1000);
    const few = countNodes(page.chat.renderRoot);
    expect(few).to.be.below(2500);
    page.chat.remove();
    await show(10_000);
    expect(countNodes(page.chat.renderRoot)).to.be.closeTo(few, 50);
    expect(distanceToEnd()).to.be.below(2);
  });

  it('keeps the number small while the reader goes through all of it, and shows no gap', async () => {
    await show(300);
    const reached = new Set<string>();
    for (let count = 0; scroller.scrollTop > 0 && count < 400; count++) {
      await scrollTo(scroller.scrollTop - 400);
      expectNoGap();
      for (const {dataset} of page.articles) reached.add(dataset['messageId']!);
      expect(page.articles.length).to.be.below(60);
    }
    expect(reached.size).to.equal(300);
  });

  it('shows what is there after a leap anywhere', async () => {
    await show(2000);
    for (const share of [0, 0.5, 0.1, 0.9]) {
      await scrollTo(scroller.scrollHeight * share);
      expectNoGap();
    }
  });

  it('keeps the height of the whole while the reader goes up, and the reader in place', async () => {
    await show(400);
    const before = scroller.scrollHeight;
    for (let step = 0; step < 20; step++) {
      const row = firstInView();
      const from = topOf(row);
      await scrollTo(scroller.scrollTop - 100);
      expect(topOf(row)).to.be.closeTo(from + 100, 1);
    }
    expect(scroller.scrollHeight).to.be.closeTo(before, before * 0.02);
    const row = firstInView();
    const there = topOf(row);
    await atRest();
    expect(topOf(row)).to.be.closeTo(there, 1);
  });

  it('does not move the reader when fifty older messages come', async () => {
    await show(200, 150);
    await scrollTo(3000);
    await atRest();
    const row = firstInView();
    const before = topOf(row);
    await page.session.dispatch({type: 'load-older', limit: 50});
    await page.settle();
    expect(page.session.snapshot.messages).to.have.length(200);
    expect(topOf(row)).to.be.closeTo(before, 1);
    await atRest();
    expect(topOf(row)).to.be.closeTo(before, 1);
  });

  it('does not move the reader when something above grows late', async () => {
    await show(60);
    await scrollTo(scroller.scrollTop - 1500);
    await atRest();
    const row = firstInView();
    const before = topOf(row);
    const above = page.articles[page.articles.indexOf(row) - 1]!;
    // As an image that has loaded does.
    above.querySelector<HTMLElement>('.content')!.style.setProperty('padding-block-start', '300px');
    await drawn(page.chat);
    expect(topOf(row)).to.be.closeTo(before, 1);
  });

  it('does not move the reader when what is above in the same message grows or is opened', async () => {
    page.session.load([
      said('q', 'A question'),
      {id: 'long', role: 'assistant', parts: [
        {type: 'reasoning', text: 'Thinking. '.repeat(200), state: 'done'},
        {type: 'text', text: Array.from({length: 60}, (_, index) => `Paragraph ${index}.`).join('\n\n'), state: 'done'},
      ]},
    ]);
    await page.show({}, '500px');
    scroller = page.find('.scroller');
    const paragraphs = (): HTMLElement[] => [...page.article('long').querySelectorAll<HTMLElement>('p')];
    await scrollTo(800);
    const seen = paragraphs().find((paragraph) => topOf(paragraph) > 0)!;
    const before = topOf(seen);
    paragraphs()[0]!.style.setProperty('padding-block-start', '200px');
    await drawn(page.chat);
    expect(topOf(seen)).to.be.closeTo(before, 1);
    page.article('long').querySelector('details')!.open = true;
    await drawn(page.chat);
    expect(topOf(seen)).to.be.closeTo(before, 1);
  });

  it('keeps what a person opens under the pointer, at the end too', async () => {
    page.session.load([...exchange(20), {id: 'last', role: 'assistant', parts: [
      {type: 'reasoning', text: 'Thinking. '.repeat(300), state: 'done'}, {type: 'text', text: 'Done.', state: 'done'},
    ]}]);
    await page.show({}, '500px');
    scroller = page.find('.scroller');
    await atRest();
    const summary = page.article('last').querySelector('summary')!;
    const before = topOf(summary);
    summary.click();
    await drawn(page.chat);
    expect(page.article('last').querySelector('details')!.open).to.be.true;
    expect(topOf(summary)).to.be.closeTo(before, 1);
    await waitUntil(() => page.has('.jump'));
  });

  it('keeps the reader\'s place when the room gets narrower, lower and wide again', async () => {
    await show(120);
    await scrollTo(scroller.scrollTop - 3000);
    await atRest();
    const row = page.articles.find((article) => topOf(article) > 0)!;
    const before = topOf(row);
    page.chat.style.setProperty('height', '350px');
    await drawn(page.chat);
    expect(topOf(row)).to.be.closeTo(before, 1);
    for (const width of ['360px', '700px', '']) {
      page.chat.style.setProperty('width', width);
      await drawn(page.chat);
      await atRest();
      expectNoGap();
      // The lines are others; the same passage is at the top of the view.
      expect(Math.abs(topOf(row) - before)).to.be.below(350);
      expect(row.isConnected).to.be.true;
    }
    expect(topOf(row)).to.be.closeTo(before, 40);
  });

  it('never takes the message away that has the focus', async () => {
    await show(300);
    const row = page.articles.at(-8)!;
    row.focus({preventScroll: true});
    await scrollTo(0);
    await atRest();
    expect(row.isConnected).to.be.true;
    expect(page.chat.shadowRoot!.activeElement).to.equal(row);
    expectNoGap();
    await scrollTo(scroller.scrollHeight);
    expect(page.chat.shadowRoot!.activeElement).to.equal(row);
  });

  it('never takes away what is selected', async () => {
    await show(300);
    const text = page.article('m290').querySelector('.content')!;
    getSelection()!.setBaseAndExtent(text, 0, text, text.childNodes.length);
    await scrollTo(0);
    await atRest();
    expect(text.isConnected).to.be.true;
    getSelection()!.removeAllRanges();
    await scrollTo(2000);
    await atRest();
    expect(text.isConnected).to.be.false;
  });

  it('never takes away an answer that streams', async () => {
    await show(300);
    const run = await ask(page.session);
    run.append('It begins');
    await page.settle();
    const row = page.article(run.messageId);
    await scrollTo(0);
    await atRest();
    run.append(' and goes on');
    await page.settle();
    expect(row.isConnected).to.be.true;
    expect(row.textContent).to.contain('It begins and goes on');
  });

  it('brings back what was opened as it was left', async () => {
    page.begin({pageSize: 200});
    page.session.load([...exchange(100), {id: 'tool', role: 'assistant', parts: [
      {type: 'reasoning', text: 'First', state: 'done'}, {type: 'reasoning', text: 'Second', state: 'done'},
    ]}, ...exchange(80).map((message) => ({...message, id: `later-${message.id}`}))]);
    await page.show({}, '500px');
    scroller = page.find('.scroller');
    const find = (): HTMLElement | undefined => page.articles.find(({dataset}) => dataset['messageId'] === 'tool');
    while (!find()) await scrollTo(scroller.scrollTop - 400);
    [...find()!.querySelectorAll('details')][1]!.open = true;
    const top = scroller.scrollTop;
    await scrollTo(scroller.scrollHeight);
    await atRest();
    expect(find(), 'it was left out').to.not.exist;
    await scrollTo(top);
    while (!find()) await scrollTo(scroller.scrollTop - 200);
    expect([...find()!.querySelectorAll('details')].map(({open}) => open)).to.deep.equal([false, true]);
  });

  it('takes the keyboard to the first and last message, and through all that were left out', async () => {
    await show(300);
    scroller.focus();
    const focused = (): string | undefined => (page.chat.shadowRoot!.activeElement as HTMLElement | null)?.dataset['messageId'];
    await sendKeys({press: 'Home'});
    await waitUntil(() => focused() === 'm0');
    await atRest();
    expect(topOf(page.article('m0'))).to.be.within(0, 100);
    expectNoGap();
    for (let count = 1; count <= 40; count++) {
      await sendKeys({press: 'ArrowDown'});
      await waitUntil(() => focused() === `m${count}`, `it comes to m${count}`);
    }
    await sendKeys({press: 'End'});
    await waitUntil(() => focused() === 'm299');
    await sendKeys({press: 'ArrowUp'});
    await waitUntil(() => focused() === 'm298');
    expect(page.articles.map(({dataset}) => dataset['messageId'])).not.to.include('m0');
  });

  it('goes on from a message that stayed for its focus, far from what is shown', async () => {
    await show(300);
    page.article('m295').focus({preventScroll: true});
    await scrollTo(0);
    await atRest();
    await sendKeys({press: 'ArrowUp'});
    await waitUntil(() => (page.chat.shadowRoot!.activeElement as HTMLElement).dataset['messageId'] === 'm294');
    expect(topOf(page.article('m294'))).to.be.within(-1, scroller.clientHeight);
  });

  it('says which of how many a message is, where that is known', async () => {
    await show(300);
    expect(page.article('m299').getAttribute('aria-posinset')).to.equal('300');
    expect(page.article('m299').getAttribute('aria-setsize')).to.equal('300');
    page.chat.remove();
    await show(300, 100);
    expect(page.article('m299').getAttribute('aria-setsize')).to.equal('-1');
    await expect(page.chat).to.be.accessible();
  });

  it('prints all messages that are loaded, whole, and is as small afterwards as before', async () => {
    page.begin({pageSize: 200});
    page.session.load([...exchange(150), answered('long', Array.from({length: 500}, (_, index) => `Paragraph ${index} of it.`).join('\n\n'))]);
    await page.show({}, '500px');
    window.dispatchEvent(new Event('beforeprint'));
    // The page is printed as soon as its listeners have returned.
    const printed = page.articles.length;
    const text = page.article('long').textContent;
    window.dispatchEvent(new Event('afterprint'));
    expect(printed).to.equal(151);
    expect(text).to.contain('Paragraph 499 of it.');
    scroller = page.find('.scroller');
    await atRest();
    expect(page.articles.length).to.be.below(60);
  });

  it('shows another conversation from its end', async () => {
    await show(300);
    await scrollTo(500);
    page.session.load(exchange(100).map((message) => ({...message, id: `other-${message.id}`})));
    await page.settle();
    await atRest();
    expectNoGap();
    expect(page.articles.length).to.be.above(3);
    expect(ids()).to.contain('other-');
  });

  it('is where it was after it was hidden or moved', async () => {
    await show(300);
    await scrollTo(scroller.scrollTop - 4000);
    await atRest();
    const row = firstInView();
    const before = topOf(row);
    page.chat.style.setProperty('display', 'none');
    await drawn(page.chat);
    page.chat.style.setProperty('display', '');
    await drawn(page.chat);
    await atRest();
    expect(topOf(row)).to.be.closeTo(before, 1);
    const section = document.createElement('section');
    document.body.append(section);
    await place(page.chat, section);
    await atRest();
    expect(topOf(row)).to.be.closeTo(before, 1);
  });
});
