import {expect, waitUntil} from '@open-wc/testing';
import {LocalQueueStore, localQueues, type QueueStore} from '../../src/ably/queue-store.ts';
import {enqueue, type Queue, takeFromQueue} from '../../src/session/queue.ts';
import type {QueuedMessage} from '../../src/session/snapshot.ts';

const entry = (id: string): QueuedMessage => ({id, text: id, files: [], createdAt: 1});
const ids = ({entries}: Queue): string[] => entries.map(({id}) => id);

describe('a queue in the storage of a browser', () => {
  let scope: string;
  let frame: HTMLIFrameElement;
  const open: QueueStore[] = [];

  beforeEach(() => {
    scope = crypto.randomUUID();
    // Another document of the same origin: what it does to the storage is told to this one, as between tabs.
    frame = document.createElement('iframe');
    document.body.append(frame);
  });
  afterEach(() => {
    for (const store of open.splice(0)) store.close();
    frame.remove();
    for (const key of Object.keys(localStorage)) if (key.includes(scope)) localStorage.removeItem(key);
  });

  function openStore(clientId: string | undefined = 'ana', onLead = (): Promise<void> => Promise.resolve()): QueueStore {
    const store = localQueues(scope)(clientId, {onChange: () => undefined, onLead});
    open.push(store);
    return store;
  }

  const keyOf = (): string => Object.keys(localStorage).find((key) => key.includes(scope)) ?? '';
  const elsewhere = (): Storage => {
    if (!frame.contentWindow) throw new Error('The frame has no document.');
    return frame.contentWindow.localStorage;
  };

  it('is kept for pages that come later', async () => {
    await openStore().change((queue) => enqueue(queue, entry('one')));
    expect(ids(openStore().queue)).to.deep.equal(['one']);
  });

  it('shows what another tab changes', async () => {
    const store = openStore();
    expect(store).to.be.instanceOf(LocalQueueStore);
    await store.change((queue) => enqueue(queue, entry('one')));
    const kept = JSON.parse(elsewhere().getItem(keyOf()) ?? '') as Queue;
    elsewhere().setItem(keyOf(), JSON.stringify({...kept, entries: [...kept.entries, entry('two')]}));
    await waitUntil(() => ids(store.queue).join() === 'one,two');
    elsewhere().clear();
    await waitUntil(() => store.queue.entries.length === 0);
  });

  it('loses no change of two that are made at once', async () => {
    const [one, two] = [openStore(), openStore()];
    await Promise.all([
      one.change((queue) => enqueue(queue, entry('one'))),
      two.change((queue) => enqueue(queue, entry('two'))),
      one.change((queue) => enqueue(queue, entry('three'))),
    ]);
    expect(ids(openStore().queue)).to.have.members(['one', 'two', 'three']);
  });

  it('is sent by one page at a time, and by the next one when that is gone', async () => {
    const first = openStore();
    await waitUntil(() => first.isLeading);
    let prepared = 0;
    const second = openStore('ana', () => {
      prepared++;
      return Promise.resolve();
    });
    await second.change((queue) => enqueue(queue, entry('one')));
    expect([second.isLeading, prepared]).to.deep.equal([false, 0]);
    first.close();
    await waitUntil(() => second.isLeading);
    expect([first.isLeading, prepared]).to.deep.equal([false, 1]);
  });

  it('is another one for each person', async () => {
    await openStore('ana').change((queue) => enqueue(queue, entry('one')));
    expect(openStore('bo').queue.entries).to.deep.equal([]);
  });

  it('leaves nothing behind when it is empty', async () => {
    const store = openStore();
    await store.change((queue) => enqueue(queue, entry('one')));
    await store.change((queue) => takeFromQueue(queue, 'one'));
    expect(keyOf()).to.equal('');
  });

  it('takes what is not a queue for none', async () => {
    await openStore().change((queue) => enqueue(queue, entry('one')));
    for (const rubbish of ['{', '7', '{"entries":[1],"isStopped":false}']) {
      localStorage.setItem(keyOf(), rubbish);
      expect(openStore().queue.entries).to.deep.equal([]);
    }
  });

  it('passes on why a change was refused, and changes nothing', async () => {
    const store = openStore();
    await store.change((queue) => enqueue(queue, entry('one')));
    let refusal: unknown;
    await store.change(() => {
      throw new Error('full');
    }).catch((error: unknown) => (refusal = error));
    expect(String(refusal)).to.contain('full');
    expect(ids(store.queue)).to.deep.equal(['one']);
  });
});
