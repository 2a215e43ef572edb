import {expect} from '@open-wc/testing';
import {LocalOutboxStore} from '../../src/ably/outbox-store.ts';
import type {OutboxEntry} from '../../src/session/outbox.ts';

const entry = (id: string): OutboxEntry => ({
  id, parts: [{type: 'text', text: id}], createdAt: 1, clientId: 'ana', state: 'queued', isPublished: false, error: undefined,
});

describe('unsent messages in the storage of a browser', () => {
  let scope: string;
  const open: LocalOutboxStore[] = [];
  beforeEach(() => {
    scope = crypto.randomUUID();
  });
  afterEach(() => {
    for (const store of open.splice(0)) store.close();
    for (const key of Object.keys(localStorage)) if (key.includes(scope)) localStorage.removeItem(key);
  });

  function openStore(): LocalOutboxStore {
    const store = new LocalOutboxStore(scope);
    open.push(store);
    return store;
  }
  const kept = (): string[] => Object.keys(localStorage).filter((key) => key.includes(scope)).flatMap((key) => (JSON.parse(localStorage.getItem(key) ?? '[]') as OutboxEntry[]).map(({id}) => id));

  it('are there when they are said to be kept, the first ones of a page too', async () => {
    const store = openStore();
    store.save([entry('one')]);
    store.save([entry('one'), entry('two')]);
    await store.whenKept();
    expect(kept()).to.deep.equal(['one', 'two']);
  });

  it('are left to the page that wrote them as long as it lives, and taken over then', async () => {
    const store = openStore();
    store.save([entry('one')]);
    await store.whenKept();
    const other = openStore();
    expect(await other.takeOver()).to.deep.equal([]);
    store.close();
    // The lock is let go in a task of the browser's own.
    while ((await navigator.locks.query()).held?.filter(({name}) => name?.includes(scope)).length === 2) await Promise.resolve();
    expect((await other.takeOver()).map(({id}) => id)).to.deep.equal(['one']);
  });

  it('count as kept where there are no locks to be had', async () => {
    Object.defineProperty(navigator, 'locks', {configurable: true, value: {request: () => Promise.reject(new Error('not here'))}});
    const store = openStore();
    store.save([entry('one')]);
    await store.whenKept();
    Reflect.deleteProperty(navigator, 'locks');
    expect(kept()).to.deep.equal([]);
  });
});
