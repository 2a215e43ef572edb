import {expect, waitUntil} from '@open-wc/testing';
import {countNodes} from '../../bench/page/nodes.ts';
import {clipboardEvent} from '../helpers/clipboard.ts';
import {answered, ask, exchange} from '../helpers/conversation.ts';
import {type} from '../helpers/keys.ts';
import {useLongChat} from '../helpers/long-chat.ts';

describe('<agent-chat>, with a long history,', () => {
  const page = useLongChat();

  it('has as few nodes in the page for ten thousand messages as for a thousand', async () => {
    await page.showMany(1000);
    const few = countNodes(page.chat.renderRoot);
    expect(few).to.be.below(2500);
    page.chat.remove();
    await page.showMany(10_000);
    expect(countNodes(page.chat.renderRoot)).to.be.closeTo(few, 50);
    expect(page.distanceToEnd).to.be.below(2);
  });

  it('keeps the number small while the reader goes through all of it, and shows no gap', async () => {
    await page.showMany(300);
    const reached = new Set<string>();
    for (let count = 0; page.scroller.scrollTop > 0 && count < 400; count++) {
      await page.scrollTo(page.scroller.scrollTop - 400);
      page.expectNoGap();
      for (const {dataset} of page.articles) reached.add(dataset['messageId']!);
      expect(page.articles.length).to.be.below(60);
    }
    expect(reached.size).to.equal(300);
  });

  it('shows what is there after a leap anywhere', async () => {
    await page.showMany(2000);
    for (const share of [0, 0.5, 0.1, 0.9]) {
      await page.scrollTo(page.scroller.scrollHeight * share);
      page.expectNoGap();
    }
  });

  it('never takes the message away that has the focus', async () => {
    await page.showMany(300);
    const row = page.articles.at(-8)!;
    row.focus({preventScroll: true});
    await page.scrollTo(0);
    await page.atRest();
    expect(row.isConnected).to.be.true;
    expect(page.chat.shadowRoot!.activeElement).to.equal(row);
    page.expectNoGap();
    await page.scrollTo(page.scroller.scrollHeight);
    expect(page.chat.shadowRoot!.activeElement).to.equal(row);
  });

  it('never takes away what is selected', async () => {
    await page.showMany(300);
    const text = page.article('m290').querySelector('.content')!;
    getSelection()!.setBaseAndExtent(text, 0, text, text.childNodes.length);
    await page.scrollTo(0);
    await page.atRest();
    expect(text.isConnected).to.be.true;
    getSelection()!.removeAllRanges();
    await page.scrollTo(2000);
    await page.atRest();
    expect(text.isConnected).to.be.false;
  });

  it('copies what is selected also where it is not in the page', async () => {
    await page.showMany(300);
    const last = page.article('m290').querySelector('.content')!;
    getSelection()!.setBaseAndExtent(last, 0, last, last.childNodes.length);
    while (!page.ids.includes('m200')) await page.scrollTo(page.scroller.scrollTop - 400);
    // As by a click with Shift held.
    const first = page.article('m200').querySelector('.content')!;
    getSelection()!.setBaseAndExtent(first, 0, last, last.childNodes.length);
    expect(page.ids).not.to.include('m240');
    const copy = clipboardEvent('copy');
    last.dispatchEvent(copy);
    const copied = copy.clipboardData!.getData('text/plain');
    const numbers = [...copied.matchAll(/Message (\d+)\./g)].map(([, number]) => Number(number));
    expect(numbers).to.deep.equal(Array.from({length: 91}, (_, index) => 200 + index));
    getSelection()!.removeAllRanges();
  });

  it('never takes away an answer that streams', async () => {
    await page.showMany(300);
    const run = await ask(page.session);
    run.append('It begins');
    await page.settle();
    const row = page.article(run.messageId);
    await page.scrollTo(0);
    await page.atRest();
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
    const find = (): HTMLElement | undefined => page.articles.find(({dataset}) => dataset['messageId'] === 'tool');
    while (!find()) await page.scrollTo(page.scroller.scrollTop - 400);
    [...find()!.querySelectorAll('details')][1]!.open = true;
    const top = page.scroller.scrollTop;
    await page.scrollTo(page.scroller.scrollHeight);
    await page.atRest();
    expect(find(), 'it was left out').to.not.exist;
    await page.scrollTo(top);
    while (!find()) await page.scrollTo(page.scroller.scrollTop - 200);
    expect([...find()!.querySelectorAll('details')].map(({open}) => open)).to.deep.equal([false, true]);
  });

  it('takes the keyboard to the first and last message, and through all that were left out', async () => {
    await page.showMany(300);
    page.scroller.focus();
    await type('{Home}');
    await waitUntil(() => page.focused === 'm0', 'it comes to the first message', {timeout: 10_000});
    await page.atRest();
    expect(page.topOf(page.article('m0'))).to.be.within(0, 100);
    page.expectNoGap();
    for (let count = 1; count <= 40; count++) {
      await type('{ArrowDown}');
      await waitUntil(() => page.focused === `m${count}`, `it comes to m${count}`, {timeout: 10_000});
    }
    await type('{End}');
    await waitUntil(() => page.focused === 'm299');
    await type('{ArrowUp}');
    await waitUntil(() => page.focused === 'm298');
    expect(page.ids).not.to.include('m0');
  });

  it('goes on from a message that stayed for its focus, far from what is shown', async () => {
    await page.showMany(300);
    page.article('m295').focus({preventScroll: true});
    await page.scrollTo(0);
    await page.atRest();
    await type('{ArrowUp}');
    await waitUntil(() => page.focused === 'm294');
    expect(page.topOf(page.article('m294'))).to.be.within(-1, page.scroller.clientHeight);
  });

  it('says which of how many a message is, where that is known', async () => {
    await page.showMany(300);
    expect(page.article('m299').getAttribute('aria-posinset')).to.equal('300');
    expect(page.article('m299').getAttribute('aria-setsize')).to.equal('300');
    page.chat.remove();
    await page.showMany(300, 100);
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
    await page.atRest();
    expect(page.articles.length).to.be.below(60);
  });

  it('shows another conversation from its end', async () => {
    await page.showMany(300);
    await page.scrollTo(500);
    page.session.load(exchange(100).map((message) => ({...message, id: `other-${message.id}`})));
    await page.settle();
    await page.atRest();
    page.expectNoGap();
    expect(page.articles.length).to.be.above(3);
    expect(page.ids.join()).to.contain('other-');
  });
});
