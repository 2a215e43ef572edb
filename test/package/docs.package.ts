import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, it} from 'node:test';

const root = join(import.meta.dirname, '../..');
const guide = readFileSync(join(root, 'docs/guides/frameworks.md'), 'utf8');

/** Code that names the file it is from, in a comment before it. */
const samples = [...guide.matchAll(/<!-- (examples\/\S+) -->\n```\w+\n([^]*?)\n```/g)].map(([, file = '', code = '']) => ({file, code}));

describe('The guide for frameworks', () => {
  it('names where all of its code is from', () => {
    assert.equal(samples.length, [...guide.matchAll(/^```\w+$/gm)].length);
  });

  for (const {file, code} of samples) {
    it(`shows ${file} as it is`, () => assert.ok(readFileSync(join(root, file), 'utf8').includes(code), code));
  }

  it('is about code of at most 60 lines each', () => {
    for (const file of new Set(samples.map((sample) => sample.file))) {
      const lines = readFileSync(join(root, file), 'utf8').trimEnd().split('\n').length;
      assert.ok(lines <= 60, `${file} has ${lines}`);
    }
  });
});
