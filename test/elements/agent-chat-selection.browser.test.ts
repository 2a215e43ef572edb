import {expect, waitUntil} from '@open-wc/testing';
import {useChat} from '../helpers/chat.ts';
import {ask} from '../helpers/conversation.ts';

describe('A selection in <agent-chat>', () => {
  const page = useChat();

  /** What is selected of the conversation, which is in a shadow tree. */
  const selected = (): string => {
    const [found] = getSelection()!.getComposedRanges({shadowRoots: [page.chat.shadowRoot!]});
    const range = document.createRange();
    if (found) range.setStart(found.startContainer, found.startOffset);
    if (found) range.setEnd(found.endContainer, found.endOffset);
    return range.toString();
  };

  afterEach(() => getSelection()?.removeAllRanges());

  it('stays in the first block from the first to the last token of an answer of 200 KB', async function () {
    this.timeout(30_000);
    await page.show();
    const run = await ask(page.session);
    const first = 'The first block, which somebody reads and selects.';
    const rest = Array.from({length: 2_700}, (_, index) => `Paragraph ${index} with **bold** words, \`code\` and a [link][a].\n\n- item\n- item\n\n`).join('');
    const text = `${first}\n\n${rest}[a]: https://a.example\n\nThe very last words.`;
    expect(text.length).to.be.above(200_000);
    run.append(text.slice(0, 30));
    await page.settle();
    const words = page.article(run.messageId).querySelector('.content p')!.firstChild!;
    getSelection()!.setBaseAndExtent(words, 4, words, 15);
    expect(selected()).to.equal('first block');
    for (let at = 30; at < text.length; at += 8_003) {
      run.append(text.slice(at, at + 8_003));
      await page.settle();
      expect(selected()).to.equal('first block');
    }
    run.end('complete');
    await waitUntil(() => page.article(run.messageId).textContent.includes('The very last words.'), 'all of it shows', {timeout: 8_000});
    // The definition at the end makes links of what was written long before it, a part at a time.
    await waitUntil(() => page.article(run.messageId).querySelectorAll('a').length === 2_700, 'all links are links', {timeout: 8_000});
    expect(selected()).to.equal('first block');
    expect(words.isConnected).to.be.true;
  });
});
