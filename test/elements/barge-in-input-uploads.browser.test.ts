import {expect, waitUntil} from '@open-wc/testing';
import type {Upload} from '../../src/index.ts';
import {useInput} from '../helpers/input.ts';
import {place} from '../helpers/page.ts';

describe('the files of <barge-in-input>, where an upload ends as its signal aborts,', () => {
  const page = useInput();
  let signals: AbortSignal[] = [];
  const upload: Upload = (_, {signal}) => {
    signals.push(signal);
    return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new DOMException('Given up.', 'AbortError'))));
  };
  const text = (name: string): File => new File(['Hello'], name, {type: 'text/plain'});

  beforeEach(() => {
    signals = [];
  });

  it('are not uploaded while the element is out of the page', async () => {
    await page.show({upload});
    page.input.attach([text('a.txt')]);
    await page.settle();
    page.input.remove();
    await waitUntil(() => signals[0]!.aborted, 'it is given up');
    await page.settle();
    page.input.attach([text('b.txt')]);
    await page.settle();
    expect(signals, 'uploads that were begun').to.have.length(1);
    await place(page.input);
    await waitUntil(() => signals.length === 3, 'they begin again');
    expect(page.all('.file-name').map(({textContent}) => textContent)).to.deep.equal(['a.txt', 'b.txt']);
    expect(signals.slice(1).some(({aborted}) => aborted)).to.equal(false);
  });
});
