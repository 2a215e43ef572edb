import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {MarkdownView} from '../../src/render/markdown.ts';
import {Grammar} from '../../src/render/grammar.ts';
import {registerFence} from '../../src/render/index.ts';
import {composedMarkdown, cuts, formulaMarkdown, propertyRuns} from './random-markdown.ts';
import {everywhere, finish, placesOf, shown, streamed, tree} from './rendering.ts';

const {numRuns} = propertyRuns;
let loads = 0;

// As a page does it, and its documentation says.
registerFence('math', async () => {
  loads++;
  const {default: katex} = await import('katex');
  return (code, {isInline}) => {
    const formula = document.createElement('span');
    katex.render(code, formula, {displayMode: !isInline, output: 'mathml', throwOnError: true});
    return formula;
  };
});

/** What is shown, formulas in braces, those that stand alone in double ones, and unfinished ones with a mark. */
function outline(host: Element): string {
  const copy = host.cloneNode(true) as Element;
  for (const formula of [...copy.querySelectorAll('.formula')].reverse()) {
    const source = formula.querySelector('code, annotation')?.textContent ?? '';
    formula.replaceWith(formula.matches('.displayed') ? `{{${source}}}` : `{${source}}`);
  }
  for (const block of copy.querySelectorAll('p, li, h4, div.formula')) block.append('¶');
  return copy.textContent;
}

const shownAs = (text: string): string => outline(shown(text));

/** What is shown of a text that has not ended. */
function soFar(text: string): string {
  const host = document.createElement('div');
  new MarkdownView(host).update(text);
  return outline(host);
}

describe('Formulas', () => {
  it('are read between the marks that models write', () => {
    expect(shownAs('so \\(a_1\\) and $b^2$ hold')).to.equal('so {a_1} and {b^2} hold¶');
    expect(shownAs('so $$c$$ and \\[d\\] hold')).to.equal('so {{c}} and {{d}} hold¶');
    expect(shownAs('$$\ne = mc^2\n$$')).to.equal('{{e = mc^2}}');
    expect(shownAs('Then\n\\[\ne\n\\]\nholds')).to.equal('Then¶{{e}}holds¶');
    expect(shownAs('- first\n  $$\n  x\n  $$')).to.contain('{{x}}');
    expect(shownAs('| a |\n|---|\n| $x$ |')).to.contain('{x}');
    expect(shownAs('## On $x$')).to.equal('On {x}¶');
  });

  it('are no place for emphasis, links or code', () => {
    expect(shownAs('$a*b$ and $c*d$')).to.equal('{a*b} and {c*d}¶');
    expect(shownAs('\\(x_i [y](z)\\) `$code$`')).to.equal('{x_i [y](z)} $code$¶');
    expect(shownAs('**bold $x_1$**')).to.equal('bold {x_1}¶');
  });

  it('are not what only has a dollar in it', () => {
    for (const text of ['It costs $5 and $10 more', 'from $5-$10', 'US$ 20 or so', '$ 5 $', 'echo $HOME', '\\$x$', 'a $$ b', '$$\n\nx\n\n$$'])
      expect(shownAs(text), text).not.to.contain('{');
  });

  it('show what has come of them while they arrive, without their marks', () => {
    expect(soFar('so \\(a_')).to.equal('so {a_}¶');
    expect(soFar('so $\\alp')).to.equal('so {\\alp}¶');
    expect(soFar('so $$x + $')).to.equal('so {{x +}}¶');
    expect(soFar('so $$')).to.equal('so¶');
    expect(soFar('Then\n$$\nx + y')).to.equal('Then¶{{x + y}}');
    expect(soFar('Then\n$$\nx\n$')).to.equal('Then¶{{x}}');
    expect(soFar('It costs $5 and it')).to.equal('It costs $5 and it¶');
    expect(soFar('Set $HOME before the first start')).to.equal('Set $HOME before the first start¶');
  });

  it('are drawn once they are whole, and stand as they were while more arrives', async () => {
    const host = document.createElement('div');
    const view = new MarkdownView(host);
    view.update('so $x^2$ is');
    const formula = host.querySelector('.formula');
    await settled(() => host.querySelector('.formula math') !== null);
    const drawn = host.querySelector('math');
    view.update('so $x^2$ is what $y$ is');
    finish(view, 'so $x^2$ is what $y$ is\n\n$$z$$');
    expect(host.querySelector('.formula')).to.equal(formula);
    expect(host.querySelector('math')).to.equal(drawn);
    await settled(() => host.querySelectorAll('math').length === 3);
    expect([...host.querySelectorAll('math')].map((math) => math.getAttribute('display'))).to.deep.equal([null, null, 'block']);
    expect(loads).to.equal(1);
  });

  for (const [what, text] of Object.entries({'one that stands alone': '$$\na_b\n+ c', 'some in a line': 'Here $$a$$ and \\[b\\] *are*'})) {
    it(`have the text read once for each token: ${what}`, () => {
      const view = new MarkdownView(document.createElement('div'));
      const read = countCalls(Grammar.prototype, 'blocks');
      try {
        for (const place of everywhere(text)) view.update(text.slice(0, place + 1));
        expect(read.count).to.be.at.most(text.length);
      } finally {
        read.restore();
      }
    });
  }

  it('begin where the text is changed so that they do', () => {
    const host = document.createElement('div');
    const view = new MarkdownView(host);
    view.update('$$\n- a\nb\n> c\n1. d\n\ne\n');
    view.update('$$\n- a\nb\n> c\n1. d\n$$\n\ne\n');
    expect(outline(host)).to.equal('{{- a\nb\n> c\n1. d}}e¶');
  });

  it('that cannot be drawn show as they are written', async () => {
    const host = shown('so \\(\\nonsense{\\) is');
    await settled(() => loads > 0);
    await new Promise((resolve) => setTimeout(resolve));
    expect(outline(host)).to.equal('so {\\nonsense{} is¶');
  });

});

describe('Texts with formulas', () => {
  // Most of what follows is no TeX.
  before(() => registerFence('math', () => Promise.resolve(() => document.createElement('math'))));

  for (const [what, text] of Object.entries({
    'one has no end': 'alpha\n$$\nx\n\nbé',
    'one ends late': 'alpha\n$$\n- x\n- y\n$$\n\nbé',
    'a fence begins in one': 'alpha\n$$\n```\nx\n\ny\n```\n$$',
    'one has something behind its end': '$\n\\[\n$\n\\]$',
    'one stands where another has no end': '$$\n\\[\n<div>\n$$a\n\\]\n',
    'a line before one looks like the second one of a table': 'alpha\n|---|:-:|\nalpha\n\\[\nx\n| a | \\]$',
    'a heading is underlined in one': 'alpha\n$$\n===\nbé\n$$',
  })) {
    it(`end as the same tree where ${what}`, () => {
      for (let cut = 0; cut < text.length; cut++) expect(tree(streamed(text, [cut])), `cut at ${cut}`).to.equal(tree(shown(text)));
      expect(tree(streamed(text, everywhere(text)))).to.equal(tree(shown(text)));
    });
  }

  it('end as the same tree as the whole text, wherever it was cut', function () {
    this.timeout(0);
    fc.assert(fc.property(formulaMarkdown, cuts, (text, places) => {
      expect(tree(streamed(text, placesOf(text, places)))).to.equal(tree(shown(text)));
    }), propertyRuns);
  });

  it('end as the same tree where they stand in constructs of every kind', function () {
    this.timeout(0);
    fc.assert(fc.property(composedMarkdown, cuts, (text, places) => {
      expect(tree(streamed(text, placesOf(text, places)))).to.equal(tree(shown(text)));
    }), {...propertyRuns, numRuns: numRuns / 8});
  });

  it('end as the same tree after any other text stood there', function () {
    this.timeout(0);
    fc.assert(fc.property(formulaMarkdown, formulaMarkdown, fc.nat(999), (text, other, common) => {
      const host = document.createElement('div');
      const view = new MarkdownView(host);
      view.update(text.slice(0, placesOf(text, [common])[0]) + other);
      view.update(text);
      finish(view, text);
      expect(tree(host)).to.equal(tree(shown(text)));
    }), {...propertyRuns, numRuns: numRuns / 4});
  });

  it('end as the same tree when the text arrives one character at a time', function () {
    this.timeout(0);
    fc.assert(fc.property(formulaMarkdown, (text) => {
      expect(tree(streamed(text, everywhere(text)))).to.equal(tree(shown(text)));
    }), {...propertyRuns, numRuns: numRuns / 4});
  });
});

/** Counts the calls of a method until it is restored. */
function countCalls(prototype: Grammar, name: 'blocks'): {readonly count: number; restore(): void} {
  const method = prototype[name];
  const counted = {count: 0, restore: () => void (prototype[name] = method)};
  prototype[name] = function (source) {
    counted.count++;
    return method.call(this, source);
  };
  return counted;
}

/** Drawing waits for the renderer, which loads. */
async function settled(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => requestAnimationFrame(resolve));
}
