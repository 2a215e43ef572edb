import {expect} from '@open-wc/testing';
import {outline, outlineOfHtml} from './outline.ts';
import {everywhere, shown, streamed, tree} from './rendering.ts';
import {differences} from './spec-differences.ts';
import {specExamples} from './spec-examples.ts';

const options = {
  imageOrigins: [location.origin],
  linkSchemes: ['http', 'https', 'mailto', 'irc', 'a+b+c', 'made-up-scheme', 'localhost'],
  highlight: false,
};

describe('CommonMark examples', () => {
  for (const {number, section, markdown, html} of specExamples()) {
    const difference = differences.get(number);
    it(`${section}, example ${number}: ${difference ?? 'renders as specified'}, also one character at a time`, () => {
      const whole = shown(markdown, options);
      if (difference === undefined) expect(outline(whole)).to.equal(outlineOfHtml(html));
      else expect(outline(whole), 'no longer differs: take it off the list').not.to.equal(outlineOfHtml(html));
      expect(tree(streamed(markdown, everywhere(markdown), options))).to.equal(tree(whole));
    });
  }
});
