import {expect} from '@open-wc/testing';
import {MarkdownView} from '../../src/render/markdown.ts';

function shown(text: string): HTMLElement {
  const container = document.createElement('div');
  container.className = 'markdown';
  document.body.append(container);
  new MarkdownView(container).update(text, {final: true});
  return container;
}

const directionOf = (container: HTMLElement, selector: string): string => {
  const element = container.querySelector(selector);
  return element ? getComputedStyle(element).direction : 'none';
};

it('the direction of a quotation and of a table is that of its first word, so that bar and columns begin on that side', () => {
  const table = '| الرحلة | السعر |\n|---|---|\n| TAP 533 | 212 € |\n';
  for (const [text, selector] of [['> مرحبا', 'blockquote'], ['> - שלום', 'blockquote'], [table, 'table']] as const) {
    const container = shown(text);
    expect(directionOf(container, selector), text).to.equal('rtl');
    container.remove();
  }
  for (const [text, selector] of [['> hello مرحبا', 'blockquote'], ['| Flight | السعر |\n|---|---|\n| a | b |\n', 'table']] as const) {
    const container = shown(text);
    expect(directionOf(container, selector), text).to.equal('ltr');
    container.remove();
  }
});

it('code within a sentence is written from left to right, whatever is around it', () => {
  const container = shown('استدعِ `book()` هكذا');
  expect(getComputedStyle(container.querySelector('code')!).unicodeBidi).to.equal('isolate');
  expect([directionOf(container, 'p'), directionOf(container, 'code')]).to.deep.equal(['rtl', 'ltr']);
  container.remove();
});

describe('the direction of a list', () => {
  it('is that of its first word, so that its marks stand beside the text', () => {
    for (const text of ['- שלום עולם\n- hello', '1. مرحبا\n2. שלום', '- שלום\n\n- loose\n']) {
      const container = shown(text);
      expect(directionOf(container, 'ul, ol'), text).to.equal('rtl');
      container.remove();
    }
  });

  it('is known as soon as its first letter has come', () => {
    const container = document.createElement('div');
    document.body.append(container);
    const view = new MarkdownView(container);
    for (const text of ['- [x]', '- [x] ', '- [x] = ', '- [x] = שלום']) view.update(text);
    expect(directionOf(container, 'ul')).to.equal('rtl');
    container.remove();
  });

  it('is not that of the cross in a box', () => {
    const container = shown('- [x] שלום\n- [ ] עולם');
    expect(directionOf(container, 'ul')).to.equal('rtl');
    container.remove();
  });

  it('is the same in an item of paragraphs', () => {
    for (const text of ['- שלום עולם\n\n- hello\n', '- [x] שלום\n\n- hello\n']) {
      const container = shown(text);
      expect(directionOf(container, 'li'), text).to.equal('rtl');
      expect(directionOf(container, 'li:last-child'), text).to.equal('ltr');
      container.remove();
    }
  });

  it('is not looked for again with each item that is added, in all the others', () => {
    const container = shown('> - hello\n\n1. a\n2. b\n\n| a |\n|---|\n| b |\n');
    expect([...container.querySelectorAll<HTMLElement>('blockquote, ul, ol, table')].map(({localName, dir}) => `${localName} ${dir}`))
      .to.deep.equal(['blockquote ltr', 'ul ltr', 'ol ltr', 'table ltr']);
    container.remove();
  });

  it('leaves each item its own', () => {
    const container = shown('- hello\n- שלום');
    expect(directionOf(container, 'ul')).to.equal('ltr');
    expect(directionOf(container, 'li:last-child')).to.equal('rtl');
    container.remove();
  });
});
