import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {mayBeSlow} from '../../src/render/code-cost.ts';
import {grammarOf} from '../../src/render/highlight-grammars.ts';
import {codeTokens} from '../../src/render/highlighter.ts';
import {limits} from '../../src/render/limits.ts';

const languages = ('bash c cpp csharp css diff dockerfile go graphql ini java javascript json kotlin lua php powershell python r ruby rust scss ' +
  'sql swift typescript xml yaml').split(' ');

/** What is slow again and again in one of the languages at least: seconds for 20,000 characters of it, without limits. */
const repeated = ['a', '_', 'a b ', 'import ', '.0', '-', '\\"', '"', '^', '\\', ']', '\n', '<a>', '@a(', 'def a(', 'r#"', 'a::b ', '((a', '[{', "'\n"];

const filled = (part: string): string => part.repeat(limits.highlight / part.length);

/** In lines of 150 characters. */
const inLines = (text: string): string => text.replace(/[^]{150}/g, '$&\n').slice(0, limits.highlight);

/** CPU time of this process, in milliseconds, that `run` takes; other processes do not count. */
function cpuTime(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const {user, system} = process.cpuUsage(before);
  return (user + system) / 1_000;
}

describe('Colouring code', () => {
  for (const language of languages) {
    it(`ends soon, whatever the code is: ${language}`, async () => {
      const grammar = grammarOf(language);
      assert.ok(grammar);
      const {default: rules} = await grammar.load();
      codeTokens('a b "c" 1', grammar.name, rules);
      for (const part of repeated) {
        for (const text of [filled(part), inLines(filled(part))]) {
          const took = cpuTime(() => codeTokens(text, grammar.name, rules));
          // The budget is 50 ms by the clock, and each limit stands for some 30 ms on a quiet machine. Without them: up to 2,600.
          assert.ok(took < 200, `${language}, ${JSON.stringify(part)}: ${took} ms`);
        }
      }
    });
  }

  it('gives up where its time is over, and leaves the code plain', async () => {
    const grammar = grammarOf('javascript');
    assert.ok(grammar);
    const {default: rules} = await grammar.load();
    assert.equal(codeTokens('const a = 1;\n', grammar.name, rules, -1), undefined);
    assert.equal(codeTokens('const a = 1;\n', grammar.name, rules, Infinity)?.map(({text}) => text).join(''), 'const a = 1;\n');
  });

  it('takes what people write for no such code', () => {
    const hash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
    const prose = 'The quick brown fox jumps over the lazy dog and over another one\n';
    const code = {
      'a list of hashes': `${hash}  file.js;\n`.repeat(60),
      'a token of 300 characters': `const token = '${'eyJhbGciOi'.repeat(30)}';\n`,
      'prose in a comment': `# ${prose}`.repeat(30),
      'JSX': '<li class="a"><b>{name}</b> and <i>{value}</i></li>\n'.repeat(100),
      'one line of 4,000 characters': `[${'{"a":1,"b":[2]},'.repeat(250)}]`,
      'a ruler above each of 40 sections': `// ${'-'.repeat(76)}\ncall(a, b);\n`.repeat(40),
    };
    for (const language of languages) for (const [what, text] of Object.entries(code)) assert.equal(mayBeSlow(text, language), false, `${language}: ${what}`);
  });

  it('leaves alone what the highlighter would look through again and again', () => {
    for (const text of [filled('a'), filled('a b '), filled('\n'), filled('-'), filled('"'), filled('aGVsbG8g')]) assert.equal(mayBeSlow(text, 'java'), true, text.slice(0, 20));
    assert.equal(mayBeSlow(inLines(filled('<a>')), 'typescript'), true);
    assert.equal(mayBeSlow(inLines(filled('<a>')), 'xml'), false);
  });
});
