import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Outbox, type OutboxEntry, type OutboxStore} from '../../src/session/outbox.ts';

class FakeStore implements OutboxStore {
  saved: readonly OutboxEntry[] = [];
  left: readonly OutboxEntry[] = [];
  readonly behind: readonly OutboxEntry[];
  constructor(behind: readonly OutboxEntry[] = []) {
    this.behind = behind;
  }
  takeOver(): Promise<readonly OutboxEntry[]> {
    return Promise.resolve(this.behind);
  }
  save(entries: readonly OutboxEntry[]): void {
    this.saved = entries;
  }
  leave(entries: readonly OutboxEntry[]): void {
    this.left = entries;
  }
  close(): void {
    return undefined;
  }
}

const entry = (id: string, fields: Partial<OutboxEntry> = {}): OutboxEntry => ({
  id, parts: [{type: 'text', text: id}], createdAt: 1, clientId: 'ana', state: 'queued', isPublished: false, error: undefined, ...fields,
});
const open = (store = new FakeStore()): {outbox: Outbox; store: FakeStore} => ({store, outbox: new Outbox(store, () => undefined)});

test('every change is kept in the store', () => {
  const {outbox, store} = open();
  outbox.add(entry('one'));
  outbox.change('one', {state: 'sending'});
  assert.deepEqual(store.saved.map(({id, state}) => [id, state]), [['one', 'sending']]);
  outbox.remove('one');
  assert.deepEqual(store.saved, []);
});

test('messages keep their order: the next one waits while one is on its way', () => {
  const {outbox} = open();
  const next = (): string | undefined => outbox.next()?.id;
  outbox.add(entry('one'));
  outbox.add(entry('two'));
  assert.equal(next(), 'one');
  outbox.change('one', {state: 'sending'});
  assert.equal(next(), undefined);
  outbox.change('one', {state: 'published', isPublished: true});
  assert.equal(next(), 'two');
});

test('a failed message does not hold up the next', () => {
  const {outbox} = open();
  outbox.add(entry('one'));
  outbox.add(entry('two'));
  outbox.change('one', {state: 'failed'});
  assert.equal(outbox.next()?.id, 'two');
});

test('what was being sent when the page went is queued again, before what was written since', async () => {
  const {outbox} = open(new FakeStore([entry('old', {state: 'sending', createdAt: 1})]));
  outbox.add(entry('new', {createdAt: 2}));
  await outbox.restore();
  assert.deepEqual(outbox.entries.map(({id, state}) => [id, state]), [['old', 'queued'], ['new', 'queued']]);
});

test('the messages of somebody else who used this browser are left for them', async () => {
  const {outbox, store} = open(new FakeStore([entry('hers', {clientId: 'ana'}), entry('his', {clientId: 'bo'}), entry('unknown', {clientId: undefined})]));
  await outbox.restore();
  outbox.keepOnlyOf('bo');
  assert.deepEqual(outbox.entries.map(({id}) => id), ['his', 'unknown']);
  assert.deepEqual(store.left.map(({id}) => id), ['hers']);
});
