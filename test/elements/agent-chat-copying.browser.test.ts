import {expect, waitUntil} from '@open-wc/testing';
import {useChat} from '../helpers/chat.ts';
import {answered} from '../helpers/conversation.ts';
import {type} from '../helpers/keys.ts';

describe('Copying in <agent-chat>', () => {
  const page = useChat();

  const focused = (): Element | null => page.chat.shadowRoot!.activeElement;
  const press = async (name: string): Promise<void> => {
    page.button(name).click();
    await page.settle();
  };

  let copied: string | undefined;

  beforeEach(() => {
    copied = undefined;
    Object.defineProperty(navigator, 'clipboard', {configurable: true, value: {writeText: (text: string) => Promise.resolve(void (copied = text))}});
  });
  afterEach(() => Reflect.deleteProperty(navigator, 'clipboard'));

  const text = '# Lisbon\n\nGo **there**:\n\n1. by train\n2. by `plane`\n\n```ts\nconst a = 1;\nconst b = 2;\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |';

  it('offers an answer as it reads and as it was written, by a menu that keys can use', async () => {
    page.session.load([answered('1', text)]);
    await page.show();
    page.button('Copy as…').focus();
    await type('{Enter}');
    await page.settle();
    expect(focused()!.textContent).to.equal('Copy as text');
    await expect(page.chat).to.be.accessible();
    await type('{ArrowDown}{ArrowDown}{End}{ArrowUp}{Enter}');
    await waitUntil(() => copied !== undefined);
    expect(copied).to.equal('Lisbon\n\nGo there:\n\n1. by train\n\n2. by plane\n\nconst a = 1;\nconst b = 2;\n\na\tb\n1\t2');
    await page.settle();
    expect(focused()).to.equal(page.button('Copy as…'));
    expect(page.has('[role="menu"]')).to.be.false;
    await press('Copy as…');
    copied = undefined;
    await press('Copy as Markdown');
    await waitUntil(() => copied !== undefined);
    expect(copied).to.equal(text);
  });

  it('says so, also to those who do not see it, and of one answer at a time', async () => {
    page.session.load([answered('1', 'One'), answered('2', 'Two')]);
    await page.show();
    const copyOf = (id: string): HTMLElement => page.article(id).querySelector('[part="copy-button"]')!;
    for (const id of ['1', '2']) {
      copyOf(id).click();
      await waitUntil(() => copyOf(id).title === 'Copied');
    }
    expect(copyOf('1').title).to.equal('Copy answer');
    await waitUntil(() => page.find('.announcer').textContent.includes('Copied'));
    page.chat.remove();
    document.body.append(page.chat);
    await page.settle();
    expect(copyOf('2').title).to.equal('Copy answer');
  });

  it('says that it could not copy, and no longer once it was moved', async () => {
    Object.defineProperty(navigator, 'clipboard', {configurable: true, value: {writeText: () => Promise.reject(new Error('Not allowed.'))}});
    page.session.load([answered('1', 'One')]);
    await page.show();
    await press('Copy answer');
    await waitUntil(() => page.find('.announcer').textContent.includes('Could not copy'));
    expect(page.find('.outcome').textContent).to.equal('Could not copy');
    const section = document.createElement('section');
    document.body.append(section);
    section.append(page.chat);
    await page.settle();
    expect(page.has('.outcome')).to.be.false;
    expect(page.button('Copy answer')).to.exist;
  });

  it('closes the menu by Escape and when the focus leaves it', async () => {
    page.session.load([answered('1', text)]);
    await page.show();
    await press('Copy as…');
    await type('{Escape}');
    await page.settle();
    expect(page.has('[role="menu"]')).to.be.false;
    expect(focused()).to.equal(page.button('Copy as…'));
    await press('Copy as…');
    page.find('.scroller').focus();
    await page.settle();
    expect(page.has('[role="menu"]')).to.be.false;
  });
});
