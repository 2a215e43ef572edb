import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import type {LiveValue} from '../../src/session/live-state.ts';
import {endOf, type ProgressTask, taskOf, TaskReader, taskTrees, type TaskTree} from '../../src/session/progress.ts';

const entry = {agent: 'flights', label: 'Search', state: 'running'} as const;

describe('an entry of the progress map', () => {
  const tasks: Record<string, [LiveValue, Partial<ProgressTask>]> = {
    'with all there is': [
      {...entry, detail: 'On the 14th', value: 3, max: 10, startedAt: 5, endedAt: 9, parent: 'trip', runId: 'r1', error: 'No seats'},
      {detail: 'On the 14th', value: 3, max: 10, startedAt: 5, endedAt: 9, parent: 'trip', runId: 'r1', error: 'No seats'},
    ],
    'with what is needed': [entry, {agent: 'flights', label: 'Search', state: 'running', value: undefined, max: undefined}],
    'with optional parts of other types': [{...entry, value: '3', max: 'many', startedAt: '2026', detail: 7, parent: null}, {value: undefined, max: undefined, startedAt: undefined, detail: undefined, parent: undefined}],
    'with nothing to do': [{...entry, value: 0, max: 0}, {value: 0, max: undefined}],
    'with a time that is none': [{...entry, startedAt: 1e300}, {startedAt: undefined}],
    'with more than it knows': [{...entry, colour: 'red'}, {label: 'Search'}],
  };
  for (const [name, [value, expected]] of Object.entries(tasks)) {
    test(`is a task ${name}`, () => {
      const task = taskOf('t1', value);
      assert.ok(task);
      assert.deepEqual({...task, ...expected}, task);
    });
  }

  const malformed: LiveValue[] = ['running', 7, null, [entry], {}, {...entry, agent: 1}, {...entry, label: ' '}, {...entry, state: 'resting'}, {agent: 'a', label: 'b'}];
  for (const value of malformed) {
    test(`is no task: ${JSON.stringify(value)}`, () => assert.equal(taskOf('t1', value), undefined));
  }
});

test('entries that are the same are the same tasks; those that are none are named', () => {
  const reader = new TaskReader();
  const first = reader.read({a: entry, b: 'nonsense'});
  const second = reader.read({b: 'nonsense', a: entry, c: {...entry}});
  assert.equal(second.tasks[0], first.tasks[0]);
  assert.notEqual(second.tasks[1], second.tasks[0]);
  assert.deepEqual(second.malformed, ['b']);
  assert.deepEqual(reader.read(undefined), {tasks: [], malformed: []});
});

describe('tasks and their parts', () => {
  const task = (id: string, fields: Partial<ProgressTask> = {}): ProgressTask => ({
    id, agent: 'a', label: id, state: 'running', detail: undefined, value: undefined, max: undefined, startedAt: undefined,
    endedAt: undefined, parent: undefined, runId: undefined, error: undefined, ...fields,
  });
  const outline = (trees: readonly TaskTree[]): unknown[] => trees.map(({task: {id}, children}) => (children.length === 0 ? id : [id, ...outline(children)]));

  test('stand under their parents, however deep, in the order in which they began', () => {
    const tasks = [task('c', {parent: 'a', startedAt: 3}), task('d', {parent: 'c'}), task('b', {parent: 'a', startedAt: 2}), task('a'), task('e', {startedAt: 1})];
    assert.deepEqual(outline(taskTrees(tasks)), ['e', ['a', 'b', ['c', 'd']]]);
  });

  test('are at the top without their parent, and in a circle', () => {
    assert.deepEqual(outline(taskTrees([task('a', {parent: 'gone'}), task('b', {parent: 'c'}), task('c', {parent: 'b'}), task('d', {parent: 'd'})])), ['a', 'b', 'c', 'd']);
  });

  test('are open as long as any part is', () => {
    const [tree] = taskTrees([task('a', {state: 'done'}), task('b', {parent: 'a', state: 'queued'})]);
    assert.equal(tree?.isOpen, true);
    assert.equal(taskTrees([task('a', {state: 'done'}), task('b', {parent: 'a', state: 'failed'})])[0]?.isOpen, false);
  });

  test('end when the last of them does', () => {
    const [tree] = taskTrees([task('a', {state: 'done', endedAt: 5}), task('b', {parent: 'a', state: 'failed', endedAt: 8})]);
    assert.equal(tree && endOf(tree), 8);
  });
});
