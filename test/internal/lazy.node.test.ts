import assert from 'node:assert/strict';
import {describe, it, mock} from 'node:test';
import {Lazy} from '../../src/internal/lazy.ts';

describe('a part that is loaded when it is needed', () => {
  it('is loaded once, whoever asks', async () => {
    const load = mock.fn(() => Promise.resolve({name: 'cards'}));
    const lazy = new Lazy(load, 'Nothing shows');
    assert.equal(lazy.loaded, undefined);
    assert.equal(load.mock.callCount(), 0);
    const [first, second] = await Promise.all([lazy.load(), lazy.warmUp()]);
    assert.equal(first, second);
    assert.equal(lazy.loaded, first);
    assert.equal(load.mock.callCount(), 1);
  });

  it('is tried again after a failure, which is said once', async () => {
    const warn = mock.method(console, 'warn', () => undefined);
    let isThere = false;
    const lazy = new Lazy(() => (isThere ? Promise.resolve('part') : Promise.reject(new Error('404'))), 'No cards show');
    await assert.rejects(lazy.load(), /404/);
    assert.equal(await lazy.warmUp(), undefined);
    assert.equal(warn.mock.callCount(), 1);
    assert.match(String(warn.mock.calls[0]?.arguments[0]), /No cards show, because .*404/);
    isThere = true;
    assert.equal(await lazy.load(), 'part');
    warn.mock.restore();
  });
});
