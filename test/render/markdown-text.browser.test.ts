import {expect} from '@open-wc/testing';
import {loadedMarkdown} from '../../src/render/markdown-loader.ts';
import {loadMarkdown, MarkdownText} from '../../src/render/index.ts';

/** Resolves when `check` holds; it is asked again at every frame. The runner's own limit ends a test that waits in vain. */
async function until(check: () => boolean): Promise<void> {
  while (!check()) await new Promise((resolve) => requestAnimationFrame(resolve));
}

describe('A Markdown text, before what shows Markdown is loaded,', () => {
  const host = (): HTMLElement => document.body.appendChild(document.createElement('div'));
  const long = Array.from({length: 3_000}, (_, index) => `Paragraph ${index} with **bold** words.`).join('\n\n');
  const [growing, selected, tall, gone] = [host(), host(), host(), host()];
  let text: MarkdownText;

  // The module loads once in a page, so what is to be seen before is made before.
  before(() => {
    text = new MarkdownText(growing);
    text.update('Some **bo');
    text.update('Some **bold** text');
    new MarkdownText(selected).update('A **selected** text', {final: true});
    new MarkdownText(tall).update(long, {final: true});
    const disposed = new MarkdownText(gone);
    disposed.update('Gone');
    disposed.dispose();
  });
  after(() => document.body.replaceChildren());

  it('shows as it is written, and formatted once it is', async () => {
    expect(loadedMarkdown()).to.equal(undefined);
    expect(growing.textContent).to.equal('Some **bold** text');
    const range = document.createRange();
    range.setStart(selected.querySelector('p')!.firstChild!, 4);
    range.setEnd(selected.querySelector('p')!.firstChild!, 12);
    getSelection()?.removeAllRanges();
    getSelection()?.addRange(range);
    await loadMarkdown();
    await until(() => growing.querySelector('strong') !== null);
    expect(growing.textContent).to.equal('Some bold text');
    text.update('Some **bold** text, and *more*', {final: true});
    expect(growing.querySelector('em')?.textContent).to.equal('more');
  });

  it('keeps what is selected until it no longer is', async () => {
    expect(getSelection()?.toString()).to.equal('selected');
    expect(selected.querySelector('strong')).to.equal(null);
    getSelection()?.removeAllRanges();
    await until(() => selected.querySelector('strong') !== null);
    expect(selected.textContent).to.equal('A selected text');
  });

  it('keeps its room while it is formatted', async () => {
    const heights: number[] = [];
    await until(() => {
      heights.push(tall.offsetHeight);
      return tall.querySelectorAll('p').length === 3_000;
    });
    await until(() => tall.style.minBlockSize === '');
    expect(Math.min(...heights)).to.be.above(10_000);
  });

  it('stays gone when it was disposed of', () => {
    expect(gone.childNodes.length).to.equal(0);
  });
});
