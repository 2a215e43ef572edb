import {expect} from '@open-wc/testing';
import {canPrefer, itPrefers, prefer} from '../helpers/media.ts';
import {markdownStyles} from '../../src/render/index.ts';
import {shown} from './rendering.ts';

const source = `# Heading

Text with [a link](https://a.example), \`code\` and ~~old~~ words.

- one
- [x] done
- [ ] open

> A quote

| Name | Price |
|:-----|------:|
| Tea  | 3     |

\`\`\`js
const code = 1;
\`\`\`

---

مرحبا بالعالم`;

describe('Rendered Markdown for everybody', () => {
  let host: HTMLElement;

  beforeEach(() => {
    host = document.createElement('div');
    const style = document.createElement('style');
    style.textContent = `:host { color-scheme: light dark; display: block; background: Canvas; }${markdownStyles.cssText}`;
    const content = shown(source);
    content.className = 'markdown';
    host.attachShadow({mode: 'open'}).append(style, content);
    document.body.append(host);
  });

  afterEach(async () => {
    host.remove();
    if (canPrefer) await prefer();
  });

  const find = (selector: string) => host.shadowRoot!.querySelector(selector)!;

  it('has no accessibility errors', () => expect(host).to.be.accessible());

  itPrefers('has none in the dark', async () => {
    await prefer({colorScheme: 'dark'});
    await expect(host).to.be.accessible();
  });

  itPrefers('has none with forced colours', async () => {
    await prefer({forcedColors: true});
    await expect(host).to.be.accessible();
  });

  it('names what can be scrolled, and lets the keyboard reach it', () => {
    for (const selector of ['pre', '.table']) {
      expect(find(selector).getAttribute('aria-label')).to.match(/\w/);
      expect((find(selector) as HTMLElement).tabIndex).to.equal(0);
    }
    expect(find('pre').getAttribute('aria-label')).to.equal('Code: JavaScript');
  });

  it('says whether a task is done', () => {
    const boxes = [...host.shadowRoot!.querySelectorAll('input')];
    expect(boxes.map((box) => [box.getAttribute('aria-label'), box.checked, box.disabled])).to.deep.equal([['Done', true, true], ['To do', false, true]]);
  });

  it('puts headings below those of the page', () => expect(find('h3').textContent).to.equal('Heading'));

  it('lets each block read in its own direction, and code from the left', () => {
    const arabic = [...host.shadowRoot!.querySelectorAll('p')].at(-1)!;
    expect(getComputedStyle(arabic).direction).to.equal('rtl');
    expect(getComputedStyle(find('p')).direction).to.equal('ltr');
    expect(getComputedStyle(find('pre')).direction).to.equal('ltr');
  });
});
