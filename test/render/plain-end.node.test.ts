import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {PlainEnd} from '../../src/render/plain-end.ts';

/** What each of several deltas adds to what shows after `source`. */
const taken = (source: string, ...deltas: string[]): unknown[] => {
  const end = PlainEnd.of(source);
  return deltas.map((delta) => end?.take(delta));
};

describe('The end of a text', () => {
  it('takes words, and spaces once something follows them', () => {
    assert.deepEqual(taken('- one two', 'three', ' ', ' ', 'four, (5)', '. ', 'Six'), ['three', '', '', '  four, (5)', '.', ' Six']);
  });

  it('takes what follows a marked word only behind a space', () => {
    assert.deepEqual(taken('some `code`', 's', ' and'), [undefined, ' and']);
    assert.deepEqual(taken('see https://a.example/b', ' and more', ' words'), [' and more', ' words']);
  });

  it('leaves to the grammar what may mean something', () => {
    for (const delta of ['*', ' a_b', ' [link', '`', '<', ' a@b', '/', '\n', ' \\', '&amp', ' #', ' | b', ' www.', '\t', ' now!']) {
      assert.deepEqual(taken('some words', delta), [undefined], delta);
    }
    assert.deepEqual(taken('some ww', 'w.a'), [undefined]);
  });

  it('leaves to the grammar a line that may still become something else', () => {
    for (const source of ['', '1', 'words\n', 'words\n2', 'words\n\n- ', '## ', '# words #', '<style', 'words\n> - <pre ', 'x'.repeat(100)]) {
      assert.equal(PlainEnd.of(source), undefined, JSON.stringify(source));
    }
  });
});
