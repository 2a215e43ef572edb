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

describe('the direction of a list', () => {
  it('is that of its first word, so that its marks stand beside the text', () => {
    for (const text of ['- שלום עולם\n- hello', '1. مرحبا\n2. שלום', '- שלום\n\n- loose\n']) {
      const container = shown(text);
      expect(directionOf(container, 'ul, ol'), text).to.equal('rtl');
      container.remove();
    }
  });

  it('leaves each item its own', () => {
    const container = shown('- hello\n- שלום');
    expect(directionOf(container, 'ul')).to.equal('ltr');
    expect(directionOf(container, 'li:last-child')).to.equal('rtl');
    container.remove();
  });
});
