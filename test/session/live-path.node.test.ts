import assert from 'node:assert/strict';
import {test} from 'node:test';
import {differences, isTouching, keepParts, valueAt, withValueAt} from '../../src/session/live-path.ts';

const root = {trip: {nights: 3, people: {adults: 2}}, tags: ['sea', 'sun'], note: 'x'};

test('a value is read by its path; what is not there is undefined', () => {
  assert.equal(valueAt(root, 'trip.people.adults'), 2);
  assert.equal(valueAt(root, ''), root);
  assert.equal(valueAt(root, 'trip.nights.deeper'), undefined);
  assert.equal(valueAt(root, 'toString'), undefined);
});

test('setting a value makes the way to it and leaves the rest as it is', () => {
  const next = withValueAt(root, 'trip.hotel.name', 'Graça');
  assert.deepEqual(valueAt(next, 'trip.hotel'), {name: 'Graça'});
  assert.equal(valueAt(next, 'trip.people'), root.trip.people);
  assert.equal(valueAt(next, 'tags'), root.tags);
});

test('removing a value that is not there changes nothing', () => {
  assert.equal(withValueAt(root, 'nothing.there', undefined), root);
  assert.deepEqual(withValueAt(root, 'note', undefined), {trip: root.trip, tags: root.tags});
});

test('a tree that says the same is the same, part by part', () => {
  assert.equal(keepParts(root, structuredClone(root)), root);
  const next = keepParts(root, {...structuredClone(root), note: 'y'});
  assert.notEqual(next, root);
  assert.equal(valueAt(next, 'trip'), root.trip);
  assert.equal(valueAt(next, 'tags'), root.tags);
});

test('differences are told at the deepest place', () => {
  const next = {trip: {nights: 4, people: {adults: 2}}, tags: ['sea'], extra: {a: 1}};
  assert.deepEqual(differences(root, next, 'remote'), [
    {path: 'trip.nights', previous: 3, value: 4, origin: 'remote'},
    {path: 'tags', previous: ['sea', 'sun'], value: ['sea'], origin: 'remote'},
    {path: 'note', previous: 'x', value: undefined, origin: 'remote'},
    {path: 'extra', previous: undefined, value: {a: 1}, origin: 'remote'},
  ]);
});

test('a change touches its own place, those above it and those below it', () => {
  assert.equal(isTouching({path: 'trip.nights'}, 'trip'), true);
  assert.equal(isTouching({path: 'trip'}, 'trip.nights'), true);
  assert.equal(isTouching({path: 'trip2'}, 'trip'), false);
  assert.equal(isTouching({path: 'note'}, ''), true);
});
