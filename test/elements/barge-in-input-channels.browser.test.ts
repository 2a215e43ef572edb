import {expect, waitUntil} from '@open-wc/testing';
import {SessionError} from '../../src/session/index.ts';
import {createMemorySession, type MemorySession} from '../../src/testing/index.ts';
import {ask} from '../helpers/conversation.ts';
import {useInput} from '../helpers/input.ts';
import {type} from '../helpers/keys.ts';
import {drawn, place} from '../helpers/page.ts';

describe('<barge-in-input>, when the page shows another conversation,', () => {
  const page = useInput();
  let porto: MemorySession;

  const sent = ({dispatched}: MemorySession): string[] => dispatched.flatMap((intent) => (intent.type === 'send' ? [intent.text] : []));
  const file = new File(['Hello'], 'a.txt', {type: 'text/plain'});

  async function go(session: MemorySession): Promise<void> {
    page.input.session = session;
    await drawn(page.input);
  }

  beforeEach(() => {
    porto = createMemorySession({channel: 'porto'});
  });
  afterEach(() => localStorage.clear());

  it('keeps for each what was typed for it', async () => {
    await page.show();
    await type('For Lisbon');
    await go(porto);
    expect(page.textarea.value).to.equal('');
    await type('For Porto');
    await go(page.session);
    expect(page.textarea.value).to.equal('For Lisbon');
    await go(porto);
    expect(page.textarea.value).to.equal('For Porto');
    await type('{Enter}');
    await waitUntil(() => sent(porto).length === 1, 'it is sent');
    expect(sent(porto)).to.deep.equal(['For Porto']);
    expect(sent(page.session)).to.be.empty;
    await go(page.session);
    expect(page.textarea.value).to.equal('For Lisbon');
  });

  it('keeps it also where the browser stores nothing', async () => {
    const {getItem, setItem} = Storage.prototype;
    Storage.prototype.getItem = Storage.prototype.setItem = () => {
      throw new DOMException('No storage here.', 'SecurityError');
    };
    try {
      await page.show();
      await type('For Lisbon');
      await go(porto);
      expect(page.textarea.value).to.equal('');
      await go(page.session);
      expect(page.textarea.value).to.equal('For Lisbon');
    } finally {
      Object.assign(Storage.prototype, {getItem, setItem});
    }
  });

  it('keeps it apart too when it was out of the page meanwhile', async () => {
    await page.show();
    await type('For Lisbon');
    page.input.remove();
    await drawn(page.input);
    page.input.session = porto;
    await place(page.input);
    expect(page.textarea.value).to.equal('');
  });

  it('shows the text that the page gives along with it, and keeps the other', async () => {
    await page.show();
    await type('For Lisbon');
    page.input.value = 'What is new in Porto?';
    await go(porto);
    expect(page.textarea.value).to.equal('What is new in Porto?');
    await go(page.session);
    expect(page.textarea.value).to.equal('For Lisbon');
  });

  it('leaves files, the failure and the chosen way behind', async () => {
    let signal: AbortSignal | undefined;
    await page.show({upload: (_, context) => new Promise(() => ({signal} = context))});
    const {dispatch} = page.session;
    page.session.dispatch = () => Promise.reject(new SessionError('The outbox is full.', {kind: 'input'}));
    page.input.value = 'Lost?';
    await page.input.send();
    page.session.dispatch = dispatch.bind(page.session);
    page.input.attach([file]);
    await page.settle();
    expect([page.has('#failure'), page.has('.file')]).to.deep.equal([true, true]);
    await go(porto);
    expect([page.has('#failure'), page.has('.file')]).to.deep.equal([false, false]);
    expect(signal?.aborted).to.equal(true);
    await go(page.session);
    expect(page.find('.remark').textContent, 'which files were beside the draft').to.contain('a.txt');
  });

  it('chooses anew how a message barges in', async () => {
    await ask(porto);
    await ask(page.session);
    await page.show({value: 'And?'});
    await waitUntil(() => page.has('[part="policy-button"]'), 'there is a menu');
    page.find('[part="policy-button"]').click();
    await page.settle();
    page.all('[part="policy-menu"] [role="menuitemradio"]')[2]!.click();
    await page.settle();
    const chosen = page.actionName;
    await go(porto);
    page.input.value = 'And?';
    await page.settle();
    expect(page.actionName).to.not.equal(chosen);
  });

  it('sends nothing there that waited for its files here', async () => {
    await page.show({value: 'For Lisbon', upload: () => new Promise(() => undefined)});
    page.input.attach([file]);
    const sending = page.input.send();
    await page.settle();
    expect(page.actionName).to.contain('Waiting for the files');
    await go(porto);
    await sending;
    expect([...sent(page.session), ...sent(porto)]).to.be.empty;
    await go(page.session);
    expect(page.textarea.value).to.equal('For Lisbon');
  });

  it('takes what is sent meanwhile out of its own draft', async () => {
    await page.show();
    let send = (): void => undefined;
    page.session.dispatch = () => new Promise((resolve) => (send = resolve));
    await type('For Lisbon{Enter}');
    await go(porto);
    await type('For Lisbon, not');
    send();
    await drawn(page.input);
    expect(page.textarea.value).to.equal('For Lisbon, not');
    await go(page.session);
    expect(page.textarea.value).to.equal('');
  });
});
