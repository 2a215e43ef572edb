import {expect} from '@open-wc/testing';
import {outline, outlineOfHtml} from './outline.ts';
import {everywhere, shown, streamed, tree} from './rendering.ts';

/** What GitHub's dialect adds to CommonMark: source, and the HTML it stands for. */
const examples: readonly (readonly [name: string, source: string, html: string])[] = [
  ['a table', '| a | b |\n| --- | --- |\n| c | d |', '<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>c</td><td>d</td></tr></tbody></table>'],
  ['a table without outer pipes', 'a | b\n:-- | --:\nc | d', '<table><thead><tr><th align="left">a</th><th align="right">b</th></tr></thead><tbody><tr><td align="left">c</td><td align="right">d</td></tr></tbody></table>'],
  ['a centred column', '| a |\n|:-:|\n| b |', '<table><thead><tr><th align="center">a</th></tr></thead><tbody><tr><td align="center">b</td></tr></tbody></table>'],
  ['escaped pipes in cells', '| a |\n|---|\n| b `\\|` c |\n| \\| |', '<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b <code>|</code> c</td></tr><tr><td>|</td></tr></tbody></table>'],
  ['a table ended by a quote', '| a |\n|---|\n| b |\n> c', '<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table><blockquote><p>c</p></blockquote>'],
  ['a table ended by a blank line', '| a |\n|---|\n| b |\nc\n\nd', '<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr><tr><td>c</td></tr></tbody></table><p>d</p>'],
  ['no table where the columns differ', '| a | b |\n|---|\n| c |', '<p>| a | b |\n|---|\n| c |</p>'],
  ['rows that are too short or too long', '| a | b |\n|---|---|\n| c |\n| d | e | f |', '<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>c</td><td></td></tr><tr><td>d</td><td>e</td></tr></tbody></table>'],
  ['a table that is only a header', '| a |\n|---|', '<table><thead><tr><th>a</th></tr></thead></table>'],
  ['a table right after a paragraph', 'text\n| a |\n|---|\n| b |', '<p>text</p><table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>'],
  ['a table in a list', '- a\n\n  | b |\n  |---|\n  | c |', '<ul><li><p>a</p><table><thead><tr><th>b</th></tr></thead><tbody><tr><td>c</td></tr></tbody></table></li></ul>'],
  ['inline content in cells', '| **a** | [b](https://b.example) |\n|---|---|', '<table><thead><tr><th><strong>a</strong></th><th><a href="https://b.example">b</a></th></tr></thead></table>'],
  ['tasks', '- [ ] a\n- [x] b\n- [X] c\n- d', '<ul><li><input>a</li><li><input checked>b</li><li><input checked>c</li><li>d</li></ul>'],
  ['tasks in tasks', '- [x] a\n  - [ ] b', '<ul><li><input checked>a<ul><li><input>b</li></ul></li></ul>'],
  ['tasks apart', '- [x] a\n\n- [ ] b', '<ul><li><p><input checked>a</p></li><li><p><input>b</p></li></ul>'],
  ['numbered tasks', '1. [ ] a', '<ol><li><input>a</li></ol>'],
  ['brackets that are no task', '- [a] b\n- []', '<ul><li>[a] b</li><li>[]</li></ul>'],
  ['struck text', '~~a~~ and ~b~', '<p><del>a</del> and <del>b</del></p>'],
  ['three tildes that strike nothing', 'a ~~~b~~~', '<p>a ~~~b~~~</p>'],
  ['struck text that spans no paragraphs', 'a ~~b\n\nc~~', '<p>a ~~b</p><p>c~~</p>'],
  ['bare addresses', 'www.a.example and https://b.example/c.', '<p><a href="http://www.a.example">www.a.example</a> and <a href="https://b.example/c">https://b.example/c</a>.</p>'],
  ['bare addresses in parentheses', '(https://a.example/b_(c))', '<p>(<a href="https://a.example/b_(c)">https://a.example/b_(c)</a>)</p>'],
  ['bare mail addresses', 'to a@b.example.', '<p>to <a href="mailto:a@b.example">a@b.example</a>.</p>'],
  ['lists in lists', '1. a\n   - b\n     - c\n2. d', '<ol><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ol>'],
  ['code in a list', '- a\n  ```js\n  b\n    c\n  ```\n- d', '<ul><li>a<pre><code>b\n  c</code></pre></li><li>d</li></ul>'],
];

describe('GitHub\'s dialect', () => {
  for (const [name, source, html] of examples) {
    it(`has ${name}, also one character at a time`, () => {
      const whole = shown(source, {highlight: false});
      expect(outline(whole)).to.equal(outlineOfHtml(html));
      expect(tree(streamed(source, everywhere(source), {highlight: false}))).to.equal(tree(whole));
    });
  }
});
