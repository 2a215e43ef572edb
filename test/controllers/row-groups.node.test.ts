import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {groupSize, RowGroups} from '../../src/controllers/row-groups.ts';
import type {SessionMessage, TimelineItem} from '../../src/session/index.ts';

function message(id: string, text = 'Hello'): TimelineItem {
  const said: SessionMessage = {
    id, role: 'user', clientId: 'me', mine: true, createdAt: 0, runId: undefined, delivery: 'sent', error: undefined, steer: undefined, branch: undefined,
    parts: [{type: 'text', text}],
  };
  return {type: 'message', key: id, message: said, streaming: false};
}

const day = (date: number): TimelineItem => ({type: 'day', key: `day:${date}`, date});
const messages = (from: number, to: number): TimelineItem[] => Array.from({length: to - from}, (_, index) => message(`m${from + index}`));

/** Takes lists over one after the other; gives the keys of the rows of each group in the end. */
function grouped(groups: RowGroups, ...lists: TimelineItem[][]): string[][] {
  for (const items of lists) groups.update(items);
  return groups.all.map(({start, end}) => groups.items.slice(start, end).map(({key}) => key));
}

describe('the groups of rows', () => {
  test('cover all rows in order, and are full at the end', () => {
    const found = grouped(new RowGroups(), messages(0, 2 * groupSize + 1));
    assert.deepEqual(found.map(({length}) => length), [1, groupSize, groupSize]);
    assert.deepEqual(found.flat(), messages(0, 2 * groupSize + 1).map(({key}) => key));
  });

  test('stay the same objects when rows come before and behind', () => {
    const groups = new RowGroups();
    grouped(groups, messages(100, 100 + 3 * groupSize));
    const [first, second, third] = groups.all;
    const found = grouped(groups, messages(50, 103 + 3 * groupSize));
    assert.ok([first, second, third].every((group) => group && groups.all.includes(group)));
    assert.deepEqual(found.flat(), messages(50, 103 + 3 * groupSize).map(({key}) => key));
    for (const length of found.map((keys) => keys.length)) assert.ok(length <= groupSize);
  });

  test('keep a day with the message behind it, and a run with the one before', () => {
    const run = {type: 'run', key: 'run:r', retryId: undefined} as TimelineItem; // Groups look at no more of it than that.
    const items = messages(0, 3 * groupSize).flatMap((item, index) => [...(index % 3 === 0 ? [day(index)] : []), item, ...(index === groupSize - 1 ? [run] : [])]);
    for (const keys of grouped(new RowGroups(), items)) {
      assert.ok(!keys.at(-1)?.startsWith('day:'));
      assert.ok(!keys[0]?.startsWith('run:'));
    }
  });

  test('follow a branch that is changed for another', () => {
    const groups = new RowGroups();
    const other = [...messages(0, 10), ...messages(200, 230)];
    assert.deepEqual(grouped(groups, messages(0, 40), other).flat(), other.map(({key}) => key));
    assert.deepEqual(grouped(groups, messages(0, 40)).flat(), messages(0, 40).map(({key}) => key));
    assert.deepEqual(grouped(groups, []), []);
  });

  test('cover all rows whatever comes and goes', () => {
    let seed = 7;
    const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
    const groups = new RowGroups();
    let items = messages(0, 30);
    for (let step = 0; step < 500; step++) {
      const at = random(items.length + 1);
      const added = messages(1000 + step * 10, 1000 + step * 10 + random(9));
      items = [...items.slice(0, at), ...added, ...items.slice(at + random(9))];
      assert.deepEqual(grouped(groups, items).flat(), items.map(({key}) => key));
    }
  });

  test('guess heights by what the others turned out to be', () => {
    const groups = new RowGroups();
    groups.setWidth(700);
    groups.update(messages(0, 2 * groupSize));
    const [first, second] = groups.all;
    assert.ok(first && second);
    const guess = groups.heightOf(second);
    first.height = 2 * groups.heightOf(first);
    groups.correct();
    assert.ok(Math.abs(groups.heightOf(second) - 2 * guess) < 0.01);
    groups.setWidth(350);
    assert.notEqual(groups.heightOf(first), first.height);
  });
});
