import {expect} from '@open-wc/testing';
import {askApproval, useChat} from '../helpers/chat.ts';
import {type} from '../helpers/keys.ts';

describe('<agent-chat>, where a person changes a number that an agent proposes,', () => {
  const page = useChat();
  const field = (): HTMLInputElement => page.find('[data-approval] input') as HTMLInputElement;

  const numbers = [
    {locale: 'en', typed: '1,500', says: undefined},
    {locale: 'en', typed: '1.5', says: 1.5},
    {locale: 'en', typed: '-1500', says: -1500},
    {locale: 'de', typed: '1.500', says: undefined},
    {locale: 'de', typed: '1.500,5', says: undefined},
    {locale: 'de', typed: '1,5', says: 1.5},
    {locale: 'de', typed: '1.5', says: 1.5},
    {locale: 'de', typed: '0.125', says: 0.125},
    {locale: 'de', typed: '1.125', says: 'what it said'},
  ] as const;
  for (const {locale, typed, says} of numbers) {
    it(`reads ${typed} as ${says ?? 'no number'} in ${locale}`, async () => {
      await askApproval(page.session, {input: {amount: 1.125, purpose: 'Rent'}});
      await page.show({locale});
      page.find('[data-approval] [part="edit-button"]').click();
      await page.settle();
      field().select();
      field().focus();
      await type(`${typed}{Enter}`);
      await page.settle();
      const sent = page.session.dispatched.at(-1);
      if (says === undefined) {
        expect(sent?.type, 'nothing is decided').to.equal('send');
        expect(field().value).to.equal(typed);
        expect(field().getAttribute('aria-invalid')).to.equal('true');
      } else {
        expect(sent).to.deep.equal({
          type: 'respond', toolCallId: 'call', approved: true,
          ...(says === 'what it said' ? {} : {input: {amount: says, purpose: 'Rent'}}),
        });
      }
    });
  }
});
