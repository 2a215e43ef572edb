import {expect} from '@open-wc/testing';
import {MarkdownView} from '../../src/render/index.ts';
import {outline, outlineOfHtml} from './outline.ts';
import {differences} from './spec-differences.ts';
import {specExamples} from './spec-examples.ts';

const options = {
  imageOrigins: [location.origin],
  linkSchemes: ['http', 'https', 'mailto', 'irc', 'a+b+c', 'made-up-scheme', 'localhost'],
  highlight: false,
};

function shown(source: string): HTMLElement {
  const host = document.createElement('div');
  new MarkdownView(host, options).update(source, {final: true});
  return host;
}

function streamed(source: string): HTMLElement {
  const host = document.createElement('div');
  const view = new MarkdownView(host, options);
  for (let length = 0; length <= source.length; length++) view.update(source.slice(0, length));
  view.update(source, {final: true});
  return host;
}

describe('CommonMark examples', () => {
  for (const {number, section, markdown, html} of specExamples()) {
    const difference = differences.get(number);
    it(`${section}, example ${number}: ${difference ?? 'renders as specified'}, also one character at a time`, () => {
      const whole = shown(markdown);
      if (difference === undefined) expect(outline(whole)).to.equal(outlineOfHtml(html));
      else expect(outline(whole), 'no longer differs: take it off the list').not.to.equal(outlineOfHtml(html));
      expect(streamed(markdown).outerHTML).to.equal(whole.outerHTML);
    });
  }
});
