import {expect} from '@open-wc/testing';
import {lockScroll} from '../../src/controllers/scroll-lock.ts';

describe('The lock on scrolling', () => {
  it('holds the page until the last one lets go', () => {
    const one = lockScroll();
    const other = lockScroll();
    one();
    one();
    expect(document.documentElement.style.overflow).to.equal('hidden');
    other();
    expect(document.documentElement.style.overflow).to.equal('');
  });
});
