import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ContestedEdits, type Place} from '../../src/ably/contested-edits.ts';
import type {Edit} from '../../src/ably/live-edits.ts';

const edit: Edit = {type: 'set', path: 'form.name', value: 'Ana'};
const form = (madeAt: number, name = 'mine'): Place => ({path: 'form', id: `map:${name}@${madeAt}`});

function contested(): {edits: ContestedEdits; at: (now: number) => void; lost: (standing: string | undefined) => readonly Edit[]} {
  let now = 10_000;
  const edits = new ContestedEdits(() => now);
  return {edits, at: (time) => (now = time), lost: (standing) => edits.takeLost((path) => (path === 'form' ? standing : undefined))};
}

test('what was done in a new map is done again when another one stands in its place, once', () => {
  const {edits, lost} = contested();
  edits.note(edit, [form(9_000)]);
  assert.deepEqual(lost('map:mine@9000'), []);
  assert.deepEqual(lost('map:theirs@9001'), [edit]);
  assert.deepEqual(lost('map:theirs@9001'), []);
});

test('a map on the way that another one replaces counts as well, though nothing stands below it yet', () => {
  const {edits} = contested();
  edits.note({...edit, path: 'a.form.name'}, [{path: 'a', id: 'map:a@9000'}, {path: 'a.form', id: 'map:f@9001'}]);
  assert.equal(edits.takeLost((path) => (path === 'a' ? 'map:other@9002' : undefined)).length, 1);
});

test('what was removed stays removed, by others and by this page', () => {
  const {edits, lost} = contested();
  edits.note(edit, [form(9_000)]);
  assert.deepEqual(lost(undefined), []);
  edits.note(edit, [form(9_000)]);
  edits.overrule('form');
  assert.deepEqual(lost('map:theirs@9001'), []);
});

test('what was made five seconds before the one that replaces it is replaced on purpose', () => {
  const {edits, lost} = contested();
  edits.note(edit, [form(1_000)]);
  assert.deepEqual(lost('map:theirs@6000'), []);
  edits.note(edit, [form(1_000)]);
  assert.deepEqual(lost('map:theirs@5999'), [edit]);
});

test('it makes no difference how late this page is told of its own map, or of the other one', () => {
  const {edits, at, lost} = contested();
  at(40_000);
  edits.note(edit, [form(9_000)]);
  at(150_000);
  assert.deepEqual(lost('map:mine@9000'), []);
  assert.deepEqual(lost('map:theirs@9001'), [edit]);
});

test('the clock of this page may be wrong by any time', () => {
  for (const now of [0, 90_000_000]) {
    const {edits, at, lost} = contested();
    at(now);
    edits.note(edit, [form(9_000)]);
    assert.deepEqual(lost('map:theirs@8000'), [edit]);
  }
});

test('an edit is remembered only as long as what others made may be under way, and not at all in an old map', () => {
  const {edits, at, lost} = contested();
  edits.note(edit, [form(9_000)]);
  at(130_000);
  assert.deepEqual(lost('map:mine@9000'), []);
  edits.note(edit, [form(9_000)]);
  assert.deepEqual(lost('map:theirs@9001'), []);
});

test('an edit that was refused is not done again', () => {
  const {edits, lost} = contested();
  edits.note(edit, [form(9_000)]);
  edits.forget(edit);
  assert.deepEqual(lost('map:theirs@9001'), []);
});
