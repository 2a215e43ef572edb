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

test('an old map is replaced on purpose, and so is one after five seconds', () => {
  const {edits, at, lost} = contested();
  edits.note(edit, [form(1_000)]);
  assert.deepEqual(lost('map:theirs@9001'), []);
  edits.note(edit, [form(9_000)]);
  at(16_000);
  assert.deepEqual(lost('map:theirs@15999'), []);
});

test('an edit that was refused is not done again', () => {
  const {edits, lost} = contested();
  edits.note(edit, [form(9_000)]);
  edits.forget(edit);
  assert.deepEqual(lost('map:theirs@9001'), []);
});
