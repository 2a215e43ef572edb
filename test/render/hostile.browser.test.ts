import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {MarkdownView} from '../../src/render/markdown.ts';
import {hostileTargets, hostileTexts, placements, slowTexts} from './hostile-corpus.ts';
import {cuts, propertyRuns, wildMarkdown} from './random-markdown.ts';
import {everywhere, finish, shown, streamed, tree} from './rendering.ts';

const elements = new Set(
  ('div p h3 h4 h5 h6 ul ol li blockquote hr pre code table thead tbody tr th td strong em del a br input span button').split(' '),
);
const attributes = new Set(
  'class dir start type checked disabled role tabindex aria-label aria-live scope data-align href title rel target'.split(' '),
);

/** What in a tree no message may ever hold. */
function offences(root: HTMLElement): string[] {
  return [...root.querySelectorAll('*')].flatMap((element) => [
    ...(elements.has(element.localName) ? [] : [`<${element.localName}>`]),
    ...[...element.attributes].filter(({name}) => !attributes.has(name)).map(({name}) => `${element.localName}[${name}]`),
    ...(element instanceof HTMLAnchorElement && element.hasAttribute('href') ? linkOffences(element) : []),
  ]);
}

function linkOffences(link: HTMLAnchorElement): string[] {
  return [
    ...(['http:', 'https:', 'mailto:'].includes(link.protocol) ? [] : [`a link to ${link.href}`]),
    ...(link.rel === 'noopener noreferrer' && link.target === '_blank' ? [] : ['a link that keeps its opener']),
    ...(link.title.startsWith(link.href) ? [] : ['a link whose title hides its target']),
  ];
}

/** Pieces of the corpus and of broken Markdown, joined to one text. */
const hostilePieces = fc.array(fc.oneof(
  fc.constantFrom(...hostileTexts.filter((text) => text.length < 200)),
  fc.tuple(fc.constantFrom(...placements), fc.constantFrom(...hostileTargets)).map(([place, target]) => place(target)),
  wildMarkdown,
  fc.constantFrom('\n', '\n\n', ' ', '> ', '- ', '| ', '[', '](', '<', '`', '**'),
), {maxLength: 6}).map((pieces) => pieces.join(''));

describe('A hostile text', () => {
  let fired = 0;
  let errors: unknown[] = [];
  const note = (event: ErrorEvent | PromiseRejectionEvent) => errors.push(event);
  Object.assign(globalThis, {fire: () => fired++});

  beforeEach(() => {
    fired = 0;
    errors = [];
    window.addEventListener('error', note);
    window.addEventListener('unhandledrejection', note);
    performance.clearResourceTimings();
  });

  afterEach(() => {
    window.removeEventListener('error', note);
    window.removeEventListener('unhandledrejection', note);
  });

  /** Shows a text in the page, both ways, and says what was wrong with it. */
  function show(text: string): void {
    const host = document.createElement('div');
    document.body.append(host);
    finish(new MarkdownView(host, {highlight: false}), text);
    expect(offences(host), JSON.stringify(text)).to.deep.equal([]);
    for (const link of host.querySelectorAll<HTMLElement>('[tabindex], input')) link.focus();
    expect(tree(streamed(text, text.length > 300 ? [1, 99, 100, 250] : everywhere(text), {highlight: false}))).to.equal(tree(host));
    host.remove();
  }

  /** Nothing ran, nothing failed, and nothing was fetched. */
  async function expectNothingHappened(): Promise<void> {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    expect(fired, 'scripts').to.equal(0);
    expect(errors, 'errors').to.deep.equal([]);
    const fetched = performance.getEntriesByType('resource').filter(({name}) => !name.startsWith(location.origin));
    expect(fetched.map(({name}) => name), 'requests').to.deep.equal([]);
  }

  for (const place of placements) {
    it(`cannot hide a scheme in ${place('…').replaceAll('\n', ' ')}`, async () => {
      for (const target of hostileTargets) {
        show(place(target));
        const link = shown(place(target)).querySelector('a[href]');
        if (link) expect(new URL(link.getAttribute('href') ?? '').protocol).to.match(/^https?:$/);
      }
      await expectNothingHappened();
    });
  }

  it('stays text, whatever else it tries', async () => {
    for (const text of hostileTexts) show(text);
    await expectNothingHappened();
  });

  it('is no less harmless inside every kind of block', async () => {
    for (const text of hostileTexts.filter((entry) => entry.length < 200)) {
      for (const wrap of [(inner: string) => `> ${inner}`, (inner: string) => `- ${inner}`, (inner: string) => `# ${inner}`, (inner: string) => `|a|\n|-|\n|${inner}|`]) {
        const host = shown(wrap(text.replaceAll('\n', ' ')), {highlight: false});
        expect(offences(host), JSON.stringify(wrap(text))).to.deep.equal([]);
      }
    }
    await expectNothingHappened();
  });

  it('is no less harmless in pieces, in any order, cut anywhere', async function () {
    this.timeout(0);
    fc.assert(fc.property(hostilePieces, cuts, (text, places) => {
      const host = document.createElement('div');
      document.body.append(host);
      finish(new MarkdownView(host, {highlight: false}), text);
      expect(offences(host)).to.deep.equal([]);
      const sorted = places.filter((place) => place < text.length).sort((one, other) => one - other);
      expect(tree(streamed(text, sorted, {highlight: false}))).to.equal(tree(host));
      host.remove();
    }), propertyRuns);
    await expectNothingHappened();
  });

  it('is one of at least 300', () => {
    expect(new Set(hostileTargets).size + new Set(hostileTexts).size + Object.keys(slowTexts).length).to.be.at.least(300);
  });
});

/** How much longer than on a quiet machine this one takes now: others may use it too. */
function slowness(): number {
  const sorted = Array.from({length: 20_000}, (_, index) => String((index * 7_919) % 20_011));
  const before = performance.now();
  for (let run = 0; run < 5; run++) [...sorted].sort();
  return Math.max(1, (performance.now() - before) / 60);
}

describe('A text made to be slow', () => {
  for (const [name, text] of Object.entries(slowTexts)) {
    it(`does not hold the page up: ${name}`, () => {
      const host = document.createElement('div');
      const view = new MarkdownView(host, {highlight: false});
      const allowed = 300 * slowness();
      let longest = 0;
      let before = performance.now();
      view.update(text, {final: true});
      while (!view.isSettled) {
        longest = Math.max(longest, performance.now() - before);
        before = performance.now();
        view.run(0);
      }
      expect(offences(host)).to.deep.equal([]);
      // Several times what any of them takes (80 ms, most 10), and far below an unbounded parse.
      expect(longest).to.be.below(allowed);
    });
  }
});
