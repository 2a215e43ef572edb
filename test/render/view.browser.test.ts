import {expect} from '@open-wc/testing';
import {markdownStyles, registerFence} from '../../src/render/index.ts';
import {MarkdownView, type MarkdownOptions} from '../../src/render/markdown.ts';
import {type} from '../helpers/keys.ts';
import {finish, shown} from './rendering.ts';

const host = (): HTMLElement => {
  const element = document.createElement('div');
  element.className = 'markdown';
  document.body.append(element);
  return element;
};

/** Resolves when `check` holds; it is asked again at every frame. The runner's own limit ends a test that waits in vain. */
async function until(check: () => boolean): Promise<void> {
  while (!check()) await new Promise((resolve) => requestAnimationFrame(resolve));
}

describe('A Markdown view', () => {
  afterEach(() => document.body.replaceChildren());

  it('keeps the nodes of finished blocks', () => {
    const element = host();
    const view = new MarkdownView(element);
    view.update('# One\n\nTwo\n\n- three\n\nFour');
    const nodes = [...element.querySelectorAll('h3, p, li')].slice(0, 3);
    view.update('# One\n\nTwo\n\n- three\n\nFour and more\n\n```js\nfive\n```\n\n| a |\n|---|\n\nSix', {final: true});
    expect([...element.querySelectorAll('h3, p, li')].slice(0, 3)).to.deep.equal(nodes);
  });

  it('keeps the nodes of the block that grows', () => {
    const element = host();
    const view = new MarkdownView(element);
    view.update('- one\n- two **bo');
    const [first, second] = element.querySelectorAll('li');
    const text = element.querySelector('strong')?.firstChild;
    view.update('- one\n- two **bold** and\n- three');
    expect([...element.querySelectorAll('li')].slice(0, 2)).to.deep.equal([first, second]);
    expect(element.querySelector('strong')?.firstChild).to.equal(text);
  });

  it('keeps a selection made in the first block of an answer of 200 KB', () => {
    const element = host();
    const view = new MarkdownView(element);
    const first = 'The first block, which somebody reads and selects.';
    const rest = Array.from({length: 2_700}, (_, index) => `Paragraph ${index} with **bold** words, \`code\` and a [link][a].\n\n- item\n- item\n\n`).join('');
    view.update(first.slice(0, 30));
    const range = document.createRange();
    range.setStart(element.querySelector('p')!.firstChild!, 4);
    range.setEnd(element.querySelector('p')!.firstChild!, 15);
    getSelection()?.removeAllRanges();
    getSelection()?.addRange(range);
    const text = `${first}\n\n${rest}[a]: https://a.example\n`;
    expect(text.length).to.be.above(200_000);
    for (let length = 30; length < text.length; length += 4_001) {
      view.update(text.slice(0, length));
      expect(getSelection()?.toString()).to.equal('first block');
    }
    finish(view, text);
    expect(getSelection()?.toString()).to.equal('first block');
  });

  it('turns references into links when their definition comes late, in place', () => {
    const element = host();
    const view = new MarkdownView(element);
    view.update('See [the page][p] and [p].\n\n> Or [P].\n\nMore text.\n\n');
    const paragraph = element.querySelector('p');
    expect(element.querySelectorAll('a').length).to.equal(0);
    view.update('See [the page][p] and [p].\n\n> Or [P].\n\nMore text.\n\n[p]: https://a.example "Title"\n\nEnd');
    expect(element.querySelectorAll('a[href="https://a.example/"]').length).to.equal(3);
    expect(element.querySelector('p')).to.equal(paragraph);
  });

  it('shows another text in place of the one before, from the first difference', () => {
    const element = host();
    const view = new MarkdownView(element);
    view.update('Same\n\nSame too\n\nAnd this\n\nOld\n\nOld too', {final: true});
    const [first] = element.querySelectorAll('p');
    view.update('Same\n\nSame too\n\nAnd this\n\nNew', {final: true});
    expect(element.textContent).to.equal('SameSame tooAnd thisNew');
    expect(element.querySelector('p')).to.equal(first);
  });

  it('goes on after it was final', () => {
    const element = host();
    const view = new MarkdownView(element);
    view.update('One **two', {final: true});
    view.update('One **two** three\n\nFour', {final: true});
    expect(element.textContent).to.equal('One two threeFour');
  });

  it('spreads a text that comes at once over several frames, and loses none of it', async () => {
    const element = host();
    const view = new MarkdownView(element);
    const text = Array.from({length: 6_000}, (_, index) => `Paragraph ${index} of *many*.`).join('\n\n');
    view.update(text, {final: true});
    expect(element.textContent.startsWith('Paragraph 0')).to.equal(true);
    await until(() => view.isSettled);
    expect(element.querySelectorAll('p').length).to.equal(6_000);
  });

  it('contains the groups of a long answer, and not those of a short one', () => {
    expect(shown('a\n\n'.repeat(40)).querySelectorAll('.contained').length).to.equal(0);
    expect(shown('a\n\n'.repeat(100)).querySelectorAll('.contained').length).to.equal(8);
  });

  it('empties its container when it is disposed of', () => {
    const element = host();
    const view = new MarkdownView(element);
    view.update('a\n\n```js\nb');
    view.dispose();
    expect(element.childNodes.length).to.equal(0);
  });

  it('shows an image of a listed origin, and a link to any other', () => {
    const options: MarkdownOptions = {imageOrigins: [location.origin]};
    const image = shown(`![Ours](${location.origin}/a.png) ![Theirs](https://other.example/b.png)`, options);
    expect(image.querySelector('img')?.getAttribute('alt')).to.equal('Ours');
    expect(image.querySelector('img')?.referrerPolicy).to.equal('no-referrer');
    expect(image.querySelector('a')?.textContent).to.equal('Theirs');
  });

  it('says where a link leads that names another host', () => {
    expect(shown('[https://bank.example](https://evil.example/x)').textContent).to.equal('https://bank.example (evil.example)');
    expect(shown('[Log in at **bank**.example](https://evil.example/x)').textContent).to.equal('Log in at bank.example (evil.example)');
    expect(shown('[help@bank.example](mailto:a@evil.example?subject=bank.example)').textContent).to.equal('help@bank.example (a@evil.example)');
    expect(shown('![bank.example](https://evil.example/x.png)').textContent).to.equal('bank.example (evil.example)');
    expect(shown('[Louvre](https://louvre.fr) and https://louvre.fr/?to=bank.example').textContent).to.equal('Louvre and https://louvre.fr/?to=bank.example');
    expect(shown('[a\u202eb](https://a.example)').textContent).to.equal('a[U+202E]b');
  });

  it('lets a message have HTML line breaks in table cells only', () => {
    expect(shown('| a |\n|---|\n| b<br>c |').querySelector('td')?.innerHTML).to.equal('b<br>c');
    expect(shown('a<br>b').textContent).to.equal('a<br>b');
  });
});

describe('A code block', () => {
  afterEach(() => document.body.replaceChildren());

  it('is coloured when it is finished, without a change of its text', async () => {
    const element = host();
    const view = new MarkdownView(element);
    view.update('```js\nconst a = "b"; // c\n');
    expect(element.querySelector('.tok-keyword')).to.equal(null);
    view.update('```js\nconst a = "b"; // c\n```\n');
    await until(() => element.querySelector('.tok-keyword') !== null);
    expect(element.querySelector('.tok-keyword')?.textContent).to.equal('const');
    expect(element.querySelector('.tok-string')?.textContent).to.equal('"b"');
    expect(element.querySelector('code')?.textContent).to.equal('const a = "b"; // c');
  });

  it('is not coloured while part of it is selected', async () => {
    const element = host();
    new MarkdownView(element).update('```js\nconst a = 1;\n```\n', {final: true});
    getSelection()?.selectAllChildren(element.querySelector('code')!);
    const other = host();
    new MarkdownView(other).update('```js\nconst b = 1;\n```\n', {final: true});
    await until(() => other.querySelector('.tok-keyword') !== null);
    expect(element.querySelector('.tok-keyword')).to.equal(null);
    getSelection()?.removeAllRanges();
    await until(() => element.querySelector('.tok-keyword') !== null);
  });

  it('copies its code by mouse and keyboard, and says so', async () => {
    const element = host();
    new MarkdownView(element, {labels: {copy: 'Kopieren', copied: 'Kopiert'}}).update('```js\na\n\nb\n```', {final: true});
    let copied = '';
    Object.defineProperty(navigator, 'clipboard', {configurable: true, value: {writeText: (text: string) => {
      copied = text;
      return Promise.resolve();
    }}});
    const button = element.querySelector('button')!;
    expect(button.textContent).to.equal('Kopieren');
    button.focus();
    await type('{Enter}');
    await until(() => button.textContent === 'Kopiert');
    expect(copied).to.equal('a\n\nb');
  });

  it('selects its code where the browser refuses to copy', async () => {
    const element = host();
    new MarkdownView(element).update('```\nsecret\n```', {final: true});
    Object.defineProperty(navigator, 'clipboard', {configurable: true, value: {writeText: () => Promise.reject(new Error('refused'))}});
    element.querySelector('button')!.click();
    await until(() => element.querySelector('button')!.textContent === 'Could not copy');
    expect(getSelection()?.toString().trim()).to.equal('secret');
  });

  it('splits long code, the same way however it came', () => {
    const code = Array.from({length: 130}, (_, index) => `line ${index}`).join('\n');
    const element = shown(`\`\`\`\n${code}\n\`\`\``);
    expect([...element.querySelectorAll('.chunk')].map((chunk) => chunk.textContent.split('\n').length - 1)).to.deep.equal([40, 40, 40, 9]);
    expect(element.querySelector('code')?.textContent).to.equal(code);
  });

  it('selects as the text it is, across its parts', () => {
    const element = host();
    element.append(Object.assign(document.createElement('style'), {textContent: markdownStyles.cssText}));
    const box = document.createElement('div');
    element.append(box);
    const code = Array.from({length: 90}, (_, index) => `line ${index}`).join('\n');
    finish(new MarkdownView(box), `\`\`\`\n${code}\n\`\`\``);
    getSelection()?.selectAllChildren(box.querySelector('code')!);
    expect(getSelection()?.toString().trim()).to.equal(code);
  });

  it('shows what a registered renderer makes of it, once it is finished', async () => {
    let loads = 0;
    registerFence('sum', () => {
      loads++;
      return Promise.resolve((code: string) => document.createTextNode(String(code.split('+').reduce((sum, part) => sum + Number(part), 0))));
    });
    const element = host();
    const view = new MarkdownView(element);
    view.update('```sum\n1+2');
    expect(loads).to.equal(0);
    view.update('```sum\n1+2+3\n```\n\n```sum\n4\n```', {final: true});
    await until(() => element.querySelectorAll('pre[hidden]').length === 2);
    expect(loads).to.equal(1);
    expect(element.querySelector('.code')?.textContent).to.include('6');
  });

  it('stays code where its renderer fails', async () => {
    registerFence('broken', () => Promise.reject(new Error('no such module')));
    const element = host();
    new MarkdownView(element).update('```broken\nx\n```', {final: true});
    await new Promise((resolve) => requestAnimationFrame(resolve));
    expect(element.querySelector('pre')?.hidden).to.equal(false);
    expect(element.querySelector('code')?.textContent).to.equal('x');
  });
});
