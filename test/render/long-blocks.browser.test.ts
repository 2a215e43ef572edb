import {expect} from '@open-wc/testing';
import {Marked} from 'marked';
import {Grammar} from '../../src/render/grammar.ts';
import {limits} from '../../src/render/limits.ts';
import {MarkdownView} from '../../src/render/markdown.ts';
import {outline, outlineOfHtml} from './outline.ts';
import {finish, shown, streamed, tree} from './rendering.ts';

/** What the parser alone makes of a whole text. */
const parsed = (text: string): string => outlineOfHtml(new Marked({gfm: true}).parse(text, {async: false}).replaceAll('type="checkbox"> ', 'type="checkbox">'));

const times = (count: number, line: (number: number) => string): string => Array.from({length: count}, (_, index) => line(index + 1)).join('');

/** An item: its lines are indented as far as its mark is wide. */
const within = (mark: string, text: string): string => `${mark}${text.replace(/\n(?=.)/g, `\n${' '.repeat(mark.length)}`)}\n`;

const header = '| City | Country | People | Since |\n| :--- | --- | ---: | :-: |\n';
const row = (number: number): string => `| City **${number}** | A \\| B, a land of ${'many '.repeat(number % 7)}words | ${number * 1_013} | \`${1_000 + number}\` |\n`;

/** Answers that are long, and nothing else. */
const longAnswers: Readonly<Record<string, string>> = {
  'a table': header + times(400, row),
  'a table without outer pipes': 'a | b\n--|--\n' + times(900, (number) => `some words ${number} | and more of them\n`),
  'a table between paragraphs': `Before.\n\n${header}${times(400, row)}\nAfter it.\n\n- a\n- b\n`,
  'a table that a quote ends': `${header}${times(300, row)}> a quote\n\nAfter.\n`,
  'a flat list': times(900, (number) => `- Item *${number}* with some words in it\n`),
  'a list with items inside, indented by four': times(250, (number) => `- **Topic ${number}**: what there is to say\n    - first of it, \`code\`\n    - second of it\n        - deeper still\n`),
  'a list with paragraphs inside': times(200, (number) => `- Item ${number} begins here\n\n  and goes on in a paragraph of its own, which is not short.\n\n`),
  'a numbered list': times(700, (number) => `${number}. Step number ${number}, to be done with care\n`),
  'a numbered list from 7 with brackets': times(700, (number) => `${number + 6}) Step number ${number}, to be done with care\n`),
  'a numbered list with code': times(300, (number) => within(`${number}. `, `Run this:\n\`\`\`sh\necho ${number}\n\n- no item\n\`\`\`\nand look at it.`)),
  'a numbered list with code, apart': times(300, (number) => within(`${number}. `, `Run this:\n\n\`\`\`sh\necho ${number}\n1. no item\n\`\`\`\n\nThen look at it.\n`)),
  'a list with code indented by two': times(300, (number) => `- Item ${number}\n  \`\`\`js\n  const value = ${number};\n\n  call(value);\n  \`\`\`\n`),
  'a list with quotes': times(400, (number) => `- Said ${number}:\n  > words of a person\n  > - a point\n`),
  'a list with tables': times(200, (number) => `* Table ${number}\n\n  | a | b |\n  |---|---|\n  | ${number} | c |\n`),
  'tasks': times(600, (number) => `- [${number % 3 === 0 ? 'x' : ' '}] Task ${number}, some words\n`),
  'tasks apart': times(600, (number) => `- [${number % 3 === 0 ? 'x' : ' '}] Task ${number}, some words\n\n`),
  'tasks that become loose at the end': times(700, (number) => `- [${number % 3 === 0 ? 'X' : ' '}] Task ${number}, some words\n`) + '\n- [ ] Last\n',
  'a list that becomes loose at the end': times(900, (number) => `- Item ${number} with some words in it\n    1. a\n    2. b\n`) + '\n- Last\n',
  'a list that was loose at its beginning': '- First\n\n' + times(900, (number) => `- Item ${number} with some words in it\n`),
  'a list whose items go on without indentation': times(500, (number) => `- Item ${number}\ngoes on lazily\nand on\n`),
  'a list that another one follows': times(600, (number) => `- Item ${number} with some words in it\n`) + times(600, (number) => `* Item ${number} with some words in it\n`),
  'a list that a rule ends': times(600, (number) => `* Item ${number} with some words in it\n`) + '* * *\n\nWords.\n',
  'a list in Hebrew': times(700, (number) => `- 12 שלום ${number} עולם ומלואו\n`),
  'a list that begins with other letters': '- שלום\n' + times(800, (number) => `- Item ${number} of many words\n`),
  'a list of empty items': times(3_000, () => '-\n') + times(3_000, () => '- a\n'),
};

/** Places of a text, not evenly spread, and always the same. */
function places(text: string, seed: number, count: number): number[] {
  let state = seed;
  return Array.from({length: count}, () => (state = (state * 48_271) % 2_147_483_647) % text.length).sort((one, other) => one - other);
}

/** Fails with the first difference, since the whole of either would fill the screen. */
function same(actual: string, expected: string): void {
  let at = 0;
  while (at < actual.length && actual[at] === expected[at]) at++;
  expect(actual.slice(Math.max(0, at - 200), at + 200)).to.equal(expected.slice(Math.max(0, at - 200), at + 200));
  expect(actual.length).to.equal(expected.length);
}

describe('A long answer', () => {
  for (const [name, text] of Object.entries(longAnswers)) {
    it(`shows what it would if it were read at once: ${name}`, function () {
      this.timeout(0);
      const whole = shown(text, {highlight: false});
      same(outline(whole), parsed(text));
      for (const seed of [3, 11]) same(tree(streamed(text, places(text, seed, 120), {highlight: false})), tree(whole));
    });
  }

  it('keeps the items that were shown while a long list goes on, and the selection in them', () => {
    const host = document.createElement('div');
    document.body.append(host);
    const view = new MarkdownView(host, {highlight: false});
    const text = longAnswers['a flat list'] ?? '';
    view.update(text.slice(0, 3_000));
    const first = [...host.querySelectorAll('li')].slice(0, 20);
    getSelection()?.selectAllChildren(first[3] ?? host);
    for (let end = 3_000; end < text.length; end += 977) view.update(text.slice(0, end));
    finish(view, text);
    expect([...host.querySelectorAll('li')].slice(0, 20)).to.deep.equal(first);
    expect(getSelection()?.toString()).to.equal('Item 4 with some words in it');
    expect(host.querySelectorAll('ul').length).to.equal(1);
    host.remove();
  });

  it('costs no more at the end of a long list than at its start', function () {
    this.timeout(0);
    const host = document.createElement('div');
    const view = new MarkdownView(host, {highlight: false});
    const observer = new MutationObserver(() => undefined);
    observer.observe(host, {subtree: true, childList: true, characterData: true, attributes: true});
    const {blocks} = Grammar.prototype;
    let longest = 0;
    Grammar.prototype.blocks = function (source) {
      longest = Math.max(longest, source.length);
      return blocks.call(this, source);
    };
    const changes: number[] = [];
    const now = performance.now.bind(performance);
    // Nothing takes any time, so that no step waits for the next frame.
    performance.now = () => 0;
    let text = '';
    try {
      for (let number = 1; number <= 2_000; number++) {
        text += `- Item ${number % 10} with *some* words in it\n`;
        view.update(text);
        if (number % 500 === 0) changes.push(observer.takeRecords().length);
      }
      finish(view, text);
    } finally {
      Grammar.prototype.blocks = blocks;
      performance.now = now;
    }
    expect(host.querySelectorAll('li').length).to.equal(2_000);
    expect(longest).to.be.at.most(limits.block);
    expect(changes[3]).to.be.below(1.3 * (changes[1] ?? 0));
  });

  it('shows another text from where it differs, within a long list too', () => {
    for (const name of ['a flat list', 'a table', 'a numbered list with code', 'tasks that become loose at the end']) {
      const text = longAnswers[name] ?? '';
      for (const at of [100, 9_000, text.length - 2_000, text.length]) {
        const host = document.createElement('div');
        const view = new MarkdownView(host, {highlight: false});
        view.update(text);
        view.run(Infinity);
        const other = `${text.slice(0, at)}other **words**\n\nend\n`;
        finish(view, other);
        expect(tree(host), `${name}, at ${at}`).to.equal(tree(shown(other, {highlight: false})));
      }
    }
  });

  it('shows the links of a long list that defines them itself', () => {
    const text = '- [a]: /u\n\n  words\n- > [some words][a]\n- words\n'.repeat(30);
    const whole = shown(text, {highlight: false});
    expect(whole.querySelectorAll('a').length).to.equal(30);
    for (let cut = 1_001; cut < text.length; cut += 7) expect(tree(streamed(text, [cut], {highlight: false})), `cut at ${cut}`).to.equal(tree(whole));
  });

  it('keeps the rows of a long table whole, some of them without pipes', () => {
    const text = `| a |\n|---|\n${'words\n| [a@b.example](/u) |\n'.repeat(50)}`;
    const whole = shown(text, {highlight: false});
    for (let cut = 1_001; cut < text.length; cut++) expect(tree(streamed(text, [cut], {highlight: false})), `cut at ${cut}`).to.equal(tree(whole));
  });

  it('shows the links of a long list whose definitions come late', () => {
    const text = times(900, (number) => `- Item [${number % 2 ? 'a' : 'b'}] with some words in it\n`) + '\n[a]: https://a.example\n\nmore\n\n[B]: https://b.example\n';
    const whole = shown(text, {highlight: false});
    expect(outline(whole)).to.equal(parsed(text));
    expect(whole.querySelectorAll('a').length).to.equal(900);
    expect(tree(streamed(text, places(text, 5, 150), {highlight: false}))).to.equal(tree(whole));
  });
});
