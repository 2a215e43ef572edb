import {expect} from '@open-wc/testing';
import {useBoundPage} from '../helpers/bound-page.ts';
import {askApproval, useChat} from '../helpers/chat.ts';
import {answered} from '../helpers/conversation.ts';
import {type} from '../helpers/keys.ts';

// eslint-disable-next-line @typescript-eslint/no-deprecated -- Deprecated, yet what tells a composition's Escape in Safari.
const taken: KeyboardEventInit = {keyCode: 229};

/** Escape, as Safari gives it when an input method has taken it. */
function escapeComposition(field: HTMLElement): void {
  field.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape', bubbles: true, composed: true, cancelable: true, ...taken}));
}

describe('An Escape that ends a composition in Safari', () => {
  describe('in a conversation', () => {
    const page = useChat();

    it('leaves the reason of a denial open', async () => {
      await askApproval(page.session);
      await page.show();
      page.find('[part="deny-button"]').click();
      await page.settle();
      escapeComposition(page.find('.approval-form input'));
      await page.settle();
      expect(page.has('.approval-form')).to.be.true;
    });

    it('leaves the words about an answer open', async () => {
      page.session.load([answered('1', 'Hello')]);
      await page.show({feedback: true});
      page.button('Bad answer').click();
      await page.settle();
      escapeComposition(page.find('.feedback input'));
      await page.settle();
      expect(page.has('.feedback')).to.be.true;
    });
  });

  describe('in a state that is shown as a tree', () => {
    const page = useBoundPage();

    it('leaves the value open', async () => {
      page.session.state.receive('', {city: 'Lisbon'});
      await page.show({editable: true});
      const root = page.element.renderRoot;
      root.querySelector<HTMLElement>('[data-path="city"]')!.focus();
      await type('{Enter}');
      await page.settle();
      escapeComposition(root.querySelector<HTMLElement>('[role=treeitem] form :is(input, textarea)')!);
      await page.settle();
      expect(root.querySelector('[role=treeitem] form')).to.exist;
    });
  });
});
