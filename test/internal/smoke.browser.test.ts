import {expect} from '@open-wc/testing';
it('loads', () => { expect(1).to.equal(1); });
