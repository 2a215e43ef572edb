import {expect} from '@open-wc/testing';
import {finishedSentences, spokenText} from '../../src/controllers/spoken-text.ts';

describe('spoken text', () => {
  const spoken = (markdown: string): string => spokenText(markdown, 'Code block.');

  it('says what Markdown says, without its marks', () => {
    expect(spoken('## Where to *stay*\n\n- **Alfama** for `fado`\n- [Chiado](https://example.com)')).to.equal('Where to stay Alfama for fado Chiado');
  });

  it('names code blocks instead of reading them out', () => {
    expect(spoken('Look:\n\n```ts\nconst a = 1;\n```\n\nDone.')).to.equal('Look: Code block. Done.');
  });

  it('reads tables cell by cell', () => {
    expect(spoken('| Day | Plan |\n|---|---|\n| 1 | Alfama |')).to.equal('Day, Plan, 1, Alfama');
  });

  it('leaves alone what only looks like a mark', () => {
    expect(spoken('snake_case_name costs 3 * 4')).to.equal('snake_case_name costs 3 * 4');
  });

  const finished = (text: string): string => text.slice(0, finishedSentences(text, 0, 'en'));

  it('holds back the sentence that is still being written', () => {
    expect(finished('It is done. It is not')).to.equal('It is done. ');
    expect(finished('Not yet')).to.equal('');
  });

  it('holds back a code block until it is closed', () => {
    expect(finished('Look at this.\n\n```ts\na. b. c.')).to.contain('Look at this.').and.not.to.contain('a.');
    expect(finished('Look at this.\n\n```ts\na. b. c.\n```\n')).to.contain('c.\n```');
  });
});
