import {expect} from '@open-wc/testing';
import {MarkdownView} from '../../src/render/markdown.ts';
import {finish, shown, tree} from './rendering.ts';

describe('A definition that comes late', () => {
  const now = performance.now.bind(performance);
  let time = 0;

  // Each look at the clock takes a millisecond: how much is done is counted, not timed.
  beforeEach(() => {
    performance.now = () => time++;
  });

  afterEach(() => {
    performance.now = now;
  });

  const blocks = '[k0] and [k1]\n\n'.repeat(2_000);

  /** A view that shows the blocks and nothing behind them. */
  function viewOf(text: string): {view: MarkdownView; host: HTMLElement} {
    const host = document.createElement('div');
    const view = new MarkdownView(host, {highlight: false});
    view.update(text);
    view.run(Infinity);
    return {view, host};
  }

  it('shows the blocks that mention it a part at a time', () => {
    const {view, host} = viewOf(`${blocks}Words.\n\n`);
    const text = `${blocks}Words.\n\n[k0]: https://a.example\n\nmore\n`;
    view.update(text);
    const links = (): number => host.querySelectorAll('a').length;
    expect(links()).to.be.below(100);
    expect(view.isSettled).to.equal(false);
    let rounds = 0;
    let before = links();
    while (view.run(time + 20)) {
      rounds++;
      expect(links() - before, 'links that one frame made').to.be.below(30);
      before = links();
    }
    expect(rounds).to.be.above(50);
    expect(links()).to.equal(2_000);
    finish(view, text);
    expect(tree(host)).to.equal(tree(shown(text, {highlight: false})));
  });

  it('is not forgotten where the next one comes before all is shown', () => {
    const {view, host} = viewOf(`${blocks}Words.\n\n`);
    let text = `${blocks}Words.\n\n[k0]: https://a.example\n\nmore\n\n`;
    view.update(text);
    view.run(time + 500);
    text += '[k1]: https://b.example\n\nend\n';
    view.update(text);
    view.run(time + 500);
    expect(view.isSettled).to.equal(false);
    finish(view, text);
    expect(view.isSettled).to.equal(true);
    expect(host.querySelectorAll('a[href="https://a.example/"]').length).to.equal(2_000);
    expect(host.querySelectorAll('a[href="https://b.example/"]').length).to.equal(2_000);
  });

  it('counts for what was shown meanwhile as well', () => {
    const {view, host} = viewOf(`${blocks}Words.\n\n`);
    const text = `${blocks}Words.\n\n[k0]: https://a.example\n\n${blocks}`;
    view.update(text.slice(0, -blocks.length));
    for (let end = text.length - blocks.length; end < text.length; end += 3_000) view.update(text.slice(0, end));
    finish(view, text);
    expect(tree(host)).to.equal(tree(shown(text, {highlight: false})));
    expect(host.querySelectorAll('a').length).to.equal(4_000);
  });
});
