import {expect} from '@open-wc/testing';
import {MarkdownView} from '../../src/render/markdown.ts';
import {everywhere} from './rendering.ts';

function open(text: string): HTMLElement {
  const host = document.createElement('div');
  const view = new MarkdownView(host, {highlight: false});
  for (const place of everywhere(text)) view.update(text.slice(0, place));
  view.update(text);
  return host;
}

/** What a text that is still arriving shows, as text and as HTML without what is not the point. */
const text = (source: string) => open(source).textContent;
const html = (source: string) => open(source).querySelector('.group')?.innerHTML.replace(/(?<!<code) dir="(?:auto|ltr)"| tabindex="0"| role="group"| scope="col"| aria-label="[^"]*"/g, '') ?? '';

describe('While text arrives', () => {
  for (const [source, shows] of [
    ['**bold', '<p><strong>bold</strong></p>'],
    ['**bold*', '<p><strong>bold</strong></p>'],
    ['**', ''],
    ['a **', '<p>a</p>'],
    ['a *b **c', '<p>a <em>b <strong>c</strong></em></p>'],
    ['a ~~b', '<p>a <del>b</del></p>'],
    ['a `b', '<p>a <code dir="ltr">b</code></p>'],
    ['a ``b`', '<p>a <code dir="ltr">b</code></p>'],
    ['a `', '<p>a</p>'],
    ['a _b', '<p>a <em>b</em></p>'],
    ['snake_case', '<p>snake_case</p>'],
    ['2 * 3', '<p>2 * 3</p>'],
    ['a [link', '<p>a <a class="pending">link</a></p>'],
    ['a [link]', '<p>a <a class="pending">link</a></p>'],
    ['a [link](https://exa', '<p>a <a class="pending">link</a></p>'],
    ['a [**li', '<p>a <a class="pending"><strong>li</strong></a></p>'],
    ['a[0', '<p>a[0</p>'],
    ['a [', '<p>a</p>'],
    ['![picture](https://exa', '<p><a class="pending">picture</a></p>'],
    ['a \\', '<p>a</p>'],
    ['a &am', '<p>a</p>'],
    ['Use **`', '<p>Use</p>'],
    ['See **[', '<p>See</p>'],
    ['a ***`', '<p>a</p>'],
    ['a ~~`', '<p>a</p>'],
    ['a *![*', '<p>a</p>'],
    ['a _b **c.', '<p>a <em>b <strong>c.</strong></em></p>'],
    ['a [![b', '<p>a <a class="pending">b</a></p>'],
    ['Look !', '<p>Look</p>'],
    ['Look! ', '<p>Look</p>'],
    ['Look! H', '<p>Look! H</p>'],
    ['Go to <https://a.ex', '<p>Go to</p>'],
    ['Write to <a@b.ex', '<p>Write to</p>'],
    ['a <', '<p>a</p>'],
    ['a < b', '<p>a &lt; b</p>'],
    ['a [b](c d', '<p>a [b](c d</p>'],
    ['a [b](/c "d) e', '<p>a <a class="pending">b</a></p>'],
    ['# ', ''],
    ['# Title **b', '<h3>Title <strong>b</strong></h3>'],
    ['text\n-', '<p>text</p>'],
    ['text\n--', '<p>text</p>'],
    ['text\n#', '<p>text</p>'],
    ['text\n1.', '<p>text</p>'],
    ['- a\n-', '<ul><li>a</li></ul>'],
    ['- a\n  -', '<ul><li>a</li></ul>'],
    ['- [', '<ul><li></li></ul>'],
    ['- [x] a', '<ul><li class="task"><input type="checkbox" disabled="" checked="">a</li></ul>'],
    ['> **a', '<blockquote><p><strong>a</strong></p></blockquote>'],
    ['| a | b', '<div class="table"><table><thead><tr><th>a</th><th>b</th></tr></thead></table></div>'],
    ['| a | b **`', '<div class="table"><table><thead><tr><th>a</th><th>b</th></tr></thead></table></div>'],
    ['| a | b |\n|--', '<div class="table"><table><thead><tr><th>a</th><th>b</th></tr></thead></table></div>'],
    ['| a |\n|---|\nb\n| c', '<div class="table"><table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr><tr><td>c</td></tr></tbody></table></div>'],
    ['| a |\n|---|\nb\n| c |\n', '<div class="table"><table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr><tr><td>c</td></tr></tbody></table></div>'],
    ['text\n\n[a]: https://exa', '<p>text</p>'],
    ['text\n\n[a]:', '<p>text</p>'],
  ] as const) {
    it(`${JSON.stringify(source)} shows as it will most likely become`, () => expect(html(source)).to.equal(shows));
  }

  it('shows code without the beginning of its closing fence', () => {
    expect(open('```js\na\n``').querySelector('code')?.textContent).to.equal('a');
    expect(open('```js\na\n``b').querySelector('code')?.textContent).to.equal('a\n``b');
  });

  it('names the language once it is whole', () => {
    expect(open('```pyth').querySelector('.language')?.textContent).to.equal('');
    expect(open('```python\n').querySelector('.language')?.textContent).to.equal('Python');
  });

  it('never shows a marker that then goes away', () => {
    const source = 'Some **bold** and *soft* words, `code`, a [link](https://a.example/b) and ~~none~~.\n\n## Title\n\n- one **two**\n- three\n\n| a | b |\n|---|---|\n| c | `d` |\n\nEnd.';
    const host = document.createElement('div');
    const view = new MarkdownView(host, {highlight: false});
    for (const place of everywhere(source)) {
      view.update(source.slice(0, place));
      expect(host.textContent, source.slice(0, place)).not.to.match(/[*`~#|[\]]|\(http/);
    }
  });

  it('only ever adds to what is shown, in ordinary text', () => {
    const source = 'Plain words, then **bold words** and a [link](https://a.example) too.\n\n1. First\n2. Second\n';
    const host = document.createElement('div');
    const view = new MarkdownView(host, {highlight: false});
    let before = '';
    for (const place of everywhere(source)) {
      view.update(source.slice(0, place));
      expect(host.textContent.startsWith(before), `${before} -> ${host.textContent}`).to.equal(true);
      before = host.textContent;
    }
  });

  it('shows all that is there at the end, markers that came to nothing too', () => {
    const host = document.createElement('div');
    const view = new MarkdownView(host);
    view.update('2 ** 3 and [x', {final: true});
    expect(host.textContent).to.equal('2 ** 3 and [x');
    expect(text('a [x')).to.equal('a x');
  });
});
