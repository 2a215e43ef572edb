import {expect, waitUntil} from '@open-wc/testing';
import {exchange, said} from '../helpers/conversation.ts';
import {useLongChat} from '../helpers/long-chat.ts';
import {drawn, place} from '../helpers/page.ts';

describe('<agent-chat>, while the reader is somewhere in it,', () => {
  const page = useLongChat();

  it('keeps the height of the whole while the reader goes up, and the reader in place', async () => {
    await page.showMany(400);
    const before = page.scroller.scrollHeight;
    for (let step = 0; step < 20; step++) {
      const row = page.firstInView;
      const from = page.topOf(row);
      await page.scrollTo(page.scroller.scrollTop - 100);
      expect(page.topOf(row)).to.be.closeTo(from + 100, 1);
    }
    expect(page.scroller.scrollHeight).to.be.closeTo(before, before * 0.02);
    const row = page.firstInView;
    const there = page.topOf(row);
    await page.atRest();
    expect(page.topOf(row)).to.be.closeTo(there, 1);
  });

  it('does not move a reader who goes on at the very moment the list comes to rest', async () => {
    await page.showMany(400);
    const real = globalThis.setTimeout;
    let comeToRest = (): void => undefined;
    globalThis.setTimeout = ((run: () => void, delay: number) => {
      if (delay !== 150) return real(run, delay);
      comeToRest = run;
      return 0;
    }) as typeof setTimeout;
    // What is drawn on the way has other heights than it was thought to have, which is made good at rest.
    for (let step = 0; step < 12; step++) await page.scrollTo(page.scroller.scrollTop - 100);
    const row = page.firstInView;
    const before = page.topOf(row);
    page.scroller.scrollTop -= 100;
    comeToRest();
    await drawn(page.chat);
    globalThis.setTimeout = real;
    expect(page.topOf(row)).to.be.closeTo(before + 100, 1);
  });

  it('does not move the reader when fifty older messages come', async () => {
    await page.showMany(200, 150);
    await page.scrollTo(3000);
    await page.atRest();
    const row = page.firstInView;
    const before = page.topOf(row);
    await page.session.dispatch({type: 'load-older', limit: 50});
    await page.settle();
    expect(page.session.snapshot.messages).to.have.length(200);
    expect(page.topOf(row)).to.be.closeTo(before, 1);
    await page.atRest();
    expect(page.topOf(row)).to.be.closeTo(before, 1);
  });

  it('does not move the reader when something above grows late', async () => {
    await page.showMany(60);
    await page.scrollTo(page.scroller.scrollTop - 1500);
    await page.atRest();
    const row = page.firstInView;
    const before = page.topOf(row);
    const above = page.articles[page.articles.indexOf(row) - 1]!;
    // As an image that has loaded does.
    above.querySelector<HTMLElement>('.content')!.style.setProperty('padding-block-start', '300px');
    await drawn(page.chat);
    expect(page.topOf(row)).to.be.closeTo(before, 1);
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
    const paragraphs = (): HTMLElement[] => [...page.article('long').querySelectorAll<HTMLElement>('p')];
    await page.scrollTo(800);
    const seen = paragraphs().find((paragraph) => page.topOf(paragraph) > 0)!;
    const before = page.topOf(seen);
    paragraphs()[0]!.style.setProperty('padding-block-start', '200px');
    await drawn(page.chat);
    expect(page.topOf(seen)).to.be.closeTo(before, 1);
    page.article('long').querySelector('details')!.open = true;
    await drawn(page.chat);
    expect(page.topOf(seen)).to.be.closeTo(before, 1);
  });

  it('keeps what a person opens under the pointer, at the end too', async () => {
    page.session.load([...exchange(20), {id: 'last', role: 'assistant', parts: [
      {type: 'reasoning', text: 'Thinking. '.repeat(300), state: 'done'}, {type: 'text', text: 'Done.', state: 'done'},
    ]}]);
    await page.show({}, '500px');
    await page.atRest();
    const summary = page.article('last').querySelector('summary')!;
    const before = page.topOf(summary);
    summary.click();
    await drawn(page.chat);
    expect(page.article('last').querySelector('details')!.open).to.be.true;
    expect(page.topOf(summary)).to.be.closeTo(before, 1);
    await waitUntil(() => page.has('.jump'));
  });

  it('keeps the reader\'s place when the room gets narrower, lower and wide again', async () => {
    await page.showMany(120);
    await page.scrollTo(page.scroller.scrollTop - 3000);
    await page.atRest();
    const row = page.articles.find((article) => page.topOf(article) > 0)!;
    const before = page.topOf(row);
    page.chat.style.setProperty('height', '350px');
    await drawn(page.chat);
    expect(page.topOf(row)).to.be.closeTo(before, 1);
    for (const width of ['360px', '700px', '']) {
      page.chat.style.setProperty('width', width);
      await drawn(page.chat);
      await page.atRest();
      page.expectNoGap();
      // The lines are others; the same passage is at the top of the view.
      expect(Math.abs(page.topOf(row) - before)).to.be.below(350);
      expect(row.isConnected).to.be.true;
    }
    expect(page.topOf(row)).to.be.closeTo(before, 40);
  });

  it('is where it was after it was hidden or moved', async () => {
    await page.showMany(300);
    await page.scrollTo(page.scroller.scrollTop - 4000);
    await page.atRest();
    const row = page.firstInView;
    const before = page.topOf(row);
    page.chat.style.setProperty('display', 'none');
    await drawn(page.chat);
    page.chat.style.setProperty('display', '');
    await drawn(page.chat);
    await page.atRest();
    expect(page.topOf(row)).to.be.closeTo(before, 1);
    const section = document.createElement('section');
    document.body.append(section);
    await place(page.chat, section);
    await page.atRest();
    expect(page.topOf(row)).to.be.closeTo(before, 1);
  });
});
