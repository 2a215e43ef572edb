import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {MarkdownView} from '../../src/render/markdown.ts';
import {composedMarkdown, cuts, htmlMarkdown, longMarkdown, nestedMarkdown, propertyRuns, wildMarkdown, wordyMarkdown} from './random-markdown.ts';
import {everywhere, finish, placesOf, shown, streamed, tree} from './rendering.ts';

const {numRuns} = propertyRuns;

describe('A streamed text', () => {
  // Found by the properties below, on other texts than they always have.
  for (const [what, text] of Object.entries({
    'a line only looked like the second one of a table': '| a | b |\n3) \n|---|:-:|*\n',
    'the title of a definition would have a blank line in it': '[x]: /y "\n\nalpha"\n',
    'a tag that is not closed ends a paragraph': 'a\n<div\n\nb',
    'only the paragraph above makes a tag and a line below it a heading': '<div| a | b |\n|---|---|\n| \n<x-y>\n- \n  \n',
    'a definition comes for a label that is broken in a quote': '> [c\n> d]\n\nalpha\n\n[c\nd]: /u\n',
    'the title of a definition would have a list in it': '[a]: /u (\n* alpha\n2) \n',
  })) {
    it(`ends as the same tree where ${what}`, () => {
      for (let cut = 0; cut < text.length; cut++) expect(tree(streamed(text, [cut]))).to.equal(tree(shown(text)));
      expect(tree(streamed(text, everywhere(text)))).to.equal(tree(shown(text)));
    });
  }

  it('cuts no block of a long text that is shown at once, however fast the machine', () => {
    const table = `| a | b |\n|---|---|\n${'| some words in a cell | and more in another |\n'.repeat(40)}\nWords.\n\n`;
    const now = performance.now.bind(performance);
    // No step takes any time, so that each takes the most there may be.
    performance.now = () => 0;
    try {
      const host = shown(table.repeat(40));
      expect(host.querySelectorAll('table').length).to.equal(40);
      expect(host.querySelectorAll('p').length).to.equal(40);
    } finally {
      performance.now = now;
    }
  });

  it('shows other code in place of what stood in a block that had not ended', () => {
    const host = document.createElement('div');
    const view = new MarkdownView(host, {highlight: false});
    view.update('~~~\n[a]: old');
    view.update('~~~\n[a]: new');
    expect(host.querySelector('code')?.textContent).to.equal('[a]: new');
  });

  it('goes on where a list in a quote in a list goes on without its marks', () => {
    expect(shown('- x\n  > *\nalpha\n').textContent).to.equal('xalpha');
  });

  it('ends as the same tree as the whole text, wherever it was cut', function () {
    this.timeout(0);
    fc.assert(fc.property(wildMarkdown, cuts, (text, places) => {
      expect(tree(streamed(text, placesOf(text, places)))).to.equal(tree(shown(text)));
    }), propertyRuns);
  });

  it('ends as the same tree where HTML begins and ends anywhere', function () {
    this.timeout(0);
    fc.assert(fc.property(htmlMarkdown, cuts, (text, places) => {
      expect(tree(streamed(text, placesOf(text, places)))).to.equal(tree(shown(text)));
    }), {...propertyRuns, numRuns: numRuns / 4});
  });

  it('ends as the same tree where constructs of every kind stand in one another', function () {
    this.timeout(0);
    fc.assert(fc.property(composedMarkdown, cuts, (text, places) => {
      expect(tree(streamed(text, placesOf(text, places)))).to.equal(tree(shown(text)));
    }), {...propertyRuns, numRuns: numRuns / 4});
  });

  it('ends as the same tree where it is one long list or table', function () {
    this.timeout(0);
    fc.assert(fc.property(longMarkdown, cuts, (text, places) => {
      expect(tree(streamed(text, placesOf(text, places)))).to.equal(tree(shown(text)));
    }), {...propertyRuns, numRuns: numRuns / 4});
  });

  it('ends as the same tree when it arrives one character at a time', function () {
    this.timeout(0);
    fc.assert(fc.property(wildMarkdown, (text) => {
      expect(tree(streamed(text, everywhere(text)))).to.equal(tree(shown(text)));
    }), {...propertyRuns, numRuns: numRuns / 4});
  });

  it('shows at every place what the text up to there shows by itself', function () {
    this.timeout(0);
    fc.assert(fc.property(wordyMarkdown, (text) => {
      const host = document.createElement('div');
      const view = new MarkdownView(host, {highlight: false});
      for (const place of everywhere(text)) {
        view.update(text.slice(0, place));
        const afresh = document.createElement('div');
        new MarkdownView(afresh, {highlight: false}).update(text.slice(0, place));
        expect(tree(host), JSON.stringify(text.slice(0, place))).to.equal(tree(afresh));
      }
    }), {...propertyRuns, numRuns: numRuns / 4});
  });

  it('never shows a marker that then goes away', function () {
    this.timeout(0);
    const shownText = (host: HTMLElement): string => host.textContent + [...host.querySelectorAll('img')].map(({alt}) => alt).join('');
    const countOf = (text: string, marker: string): number => text.split(marker).length - 1;
    fc.assert(fc.property(nestedMarkdown, (text) => {
      const whole = shownText(shown(text));
      const host = document.createElement('div');
      const view = new MarkdownView(host, {highlight: false});
      for (const place of everywhere(text)) {
        view.update(text.slice(0, place));
        const now = shownText(host);
        for (const marker of '*_~`[]()<>!|#\\') expect(countOf(now, marker), JSON.stringify({text: text.slice(0, place), now, whole})).to.be.at.most(countOf(whole, marker));
      }
    }), {...propertyRuns, numRuns: numRuns / 2});
  });

  it('ends as the same tree after any other text stood there', function () {
    this.timeout(0);
    fc.assert(fc.property(wildMarkdown, wildMarkdown, fc.nat(200), (text, other, common) => {
      const host = document.createElement('div');
      const view = new MarkdownView(host);
      view.update(text.slice(0, common) + other);
      view.update(text);
      finish(view, text);
      expect(tree(host)).to.equal(tree(shown(text)));
    }), {...propertyRuns, numRuns: numRuns / 2});
  });
});
