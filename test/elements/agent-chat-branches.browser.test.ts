import {expect, waitUntil} from '@open-wc/testing';
import {SessionError} from '../../src/session/index.ts';
import {useChat} from '../helpers/chat.ts';
import {answered, ask, said} from '../helpers/conversation.ts';
import {type} from '../helpers/keys.ts';
import {drawn, shownText} from '../helpers/page.ts';

describe('<agent-chat>, where things are said more than once,', () => {
  const page = useChat();

  const focused = (): Element | null => page.chat.shadowRoot!.activeElement;
  const editor = (): HTMLTextAreaElement => page.find('.editor textarea') as HTMLTextAreaElement;
  const texts = (): string[] => page.articles.map((row) => row.querySelector('.content')!.textContent.trim());
  const edit = async (id: string): Promise<void> => {
    page.article(id).querySelector<HTMLElement>('[part="edit-button"]')!.click();
    await page.settle();
  };
  const announced = async (line: string): Promise<void> => {
    await waitUntil(() => page.find('.announcer').textContent.includes(line), `it says: ${line}`);
  };

  beforeEach(() => {
    page.session.load([said('1', 'Where to?'), answered('2', 'To Lisbon.'), said('3', 'And eat?'), answered('4', 'Fish.')]);
  });

  describe('changing an own message', () => {
    it('opens an editor with its text and the focus, accessibly', async () => {
      await page.show();
      await edit('3');
      expect(editor().value).to.equal('And eat?');
      expect(focused()).to.equal(editor());
      expect(editor().selectionStart).to.equal('And eat?'.length);
      await expect(page.chat).to.be.accessible();
    });

    it('sends by Enter what is typed, with the files of the message, and keeps what was said before', async () => {
      page.session.load([{id: '1', role: 'user', parts: [
        {type: 'text', text: 'Look'}, {type: 'file', mediaType: 'text/plain', filename: 'a.txt', url: 'https://example.com/a.txt'},
      ]}, answered('2', 'Seen.')]);
      await page.show();
      await edit('1');
      await type(' again{Shift+Enter}please{Enter}');
      await page.settle();
      expect(page.session.dispatched.at(-1)).to.deep.equal({type: 'edit', messageId: '1', text: 'Look again\nplease', files: [
        {type: 'file', mediaType: 'text/plain', filename: 'a.txt', url: 'https://example.com/a.txt'},
      ]});
      expect(shownText(page.articles[0]!)).to.contain('Look again').and.to.contain('2 of 2');
      expect(page.articles).to.have.length(1);
      expect(page.articles[0]!.contains(focused())).to.be.true;
    });

    it('leaves it as it was by Escape, and gives the focus back', async () => {
      await page.show();
      await edit('3');
      await type(' nothing{Escape}');
      await page.settle();
      expect(texts()).to.deep.equal(['Where to?', 'To Lisbon.', 'And eat?', 'Fish.']);
      expect(focused()).to.equal(page.article('3').querySelector('[part="edit-button"]'));
      expect(page.session.dispatched).to.be.empty;
    });

    it('sends nothing that is empty, nor the Enter of an input method', async () => {
      await page.show();
      await edit('3');
      editor().dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true}));
      editor().value = '   ';
      editor().dispatchEvent(new Event('input'));
      await type('{Enter}');
      await page.settle();
      expect(page.session.dispatched).to.be.empty;
    });

    it('tells that an answer will be stopped, as long as one is being written', async () => {
      const run = await ask(page.session);
      run.append('So');
      await page.show();
      await edit('3');
      expect(shownText(page.article('3'))).to.contain('will be stopped');
      run.end();
      await page.settle();
      expect(shownText(page.article('3'))).not.to.contain('will be stopped');
    });

    it('says that it is on its way, and why it failed, without losing a word', async () => {
      await page.show();
      let refuse: (error: Error) => void = () => undefined;
      page.session.dispatch = () => new Promise((_, reject) => (refuse = reject));
      await edit('3');
      await type('?!{Enter}');
      await page.settle();
      expect(shownText(page.article('3'))).to.contain('Sending…');
      await expect(page.chat).to.be.accessible();
      refuse(new SessionError('The line is down.', {kind: 'connection'}));
      await page.settle();
      await drawn(page.chat);
      expect(shownText(page.article('3'))).to.contain('The message was not changed').and.to.contain('The line is down.');
      expect(editor().value).to.equal('And eat??!');
      await expect(page.chat).to.be.accessible();
    });

    it('keeps what is typed while the conversation goes on', async () => {
      await page.show();
      await edit('3');
      await type(' now');
      page.session.receive(said('x', 'Wait', {clientId: 'ana'}));
      page.chat.locale = 'de';
      await page.settle();
      expect(editor().value).to.equal('And eat? now');
      expect(focused()).to.equal(editor());
    });

    it('leaves the focus where the person writes, when two are open and the conversation goes on or is moved', async () => {
      await page.show();
      await edit('3');
      await edit('1');
      const [first, second] = page.chat.renderRoot.querySelectorAll<HTMLTextAreaElement>('.editor textarea');
      expect(focused()).to.equal(first);
      page.chat.locale = 'de';
      await page.settle();
      expect(focused()).to.equal(first);
      page.textarea.focus();
      const section = document.createElement('section');
      document.body.append(section);
      section.append(page.chat);
      await page.settle();
      await type('x');
      expect([first!.value, second!.value]).to.deep.equal(['Where to?', 'And eat?']);
    });

    it('leaves the focus where the person writes, when it fails', async () => {
      await page.show();
      let refuse: (error: Error) => void = () => undefined;
      page.session.dispatch = () => new Promise((_, reject) => (refuse = reject));
      await edit('3');
      await type('?!{Enter}');
      page.input.focus();
      refuse(new SessionError('The line is down.', {kind: 'connection'}));
      await page.settle();
      expect(editor().value).to.equal('And eat??!');
      expect(focused()).to.equal(page.input);
    });

    it('keeps what is typed when the page prevents it', async () => {
      await page.show();
      page.chat.addEventListener('agent-intent', (event) => event.preventDefault());
      await edit('3');
      await type('?!{Enter}');
      await page.settle();
      await drawn(page.chat);
      expect(editor().value).to.equal('And eat??!');
      expect(editor().readOnly, 'and it can be changed on').to.be.false;
      expect(focused()).to.equal(editor());
    });

    it('is for own messages only, and not where the conversation is readonly', async () => {
      page.session.load([said('1', 'Hers', {clientId: 'ana'}), said('2', 'Mine')]);
      await page.show();
      expect(page.article('1').querySelector('[part="edit-button"]')).to.not.exist;
      expect(page.article('2').querySelector('[part="edit-button"]')).to.exist;
      page.chat.readonly = true;
      await drawn(page.chat);
      expect(page.has('[part="edit-button"]')).to.be.false;
    });
  });

  it('asks for another answer', async () => {
    await page.show();
    page.article('4').querySelector<HTMLElement>('[part="regenerate-button"]')!.click();
    await page.settle();
    expect(page.session.dispatched.at(-1)).to.deep.equal({type: 'regenerate', messageId: '4'});
    const run = page.session.startRun();
    run.append('Meat.');
    run.end();
    await page.settle();
    expect(texts()).to.deep.equal(['Where to?', 'To Lisbon.', 'And eat?', 'Meat.']);
    expect(shownText(page.articles.at(-1)!)).to.contain('2 of 2');
  });

  it('says before it that another answer is stopped for it, as long as one is being written', async () => {
    await page.show();
    const again = (): HTMLElement => page.article('4').querySelector<HTMLElement>('[part="regenerate-button"]')!;
    const names = (): (string | null)[] => [again().getAttribute('aria-label'), again().title];
    expect(names()).to.deep.equal(['Answer again', 'Answer again']);
    const run = await ask(page.session, 'And the weather?');
    run.append('Sunny.');
    await page.settle();
    expect(names()).to.deep.equal(['Stop and answer again', 'Stop and answer again']);
    run.end();
    await page.settle();
    expect(names()).to.deep.equal(['Answer again', 'Answer again']);
  });

  it('leads away from an answer that is being written to the one before, and back, and keeps the focus as it ends', async () => {
    await page.show();
    page.article('4').querySelector<HTMLElement>('[part="regenerate-button"]')!.click();
    await page.settle();
    const run = page.session.startRun();
    run.append('Meat.');
    await page.settle();
    const last = (part: string): HTMLElement | null => page.articles.at(-1)!.querySelector(part);
    expect(shownText(page.articles.at(-1)!)).to.contain('2 of 2');
    expect([last('[part="regenerate-button"]'), last('[part="copy-button"]')]).to.deep.equal([null, null]);
    await expect(page.chat).to.be.accessible();
    last('[data-step="-1"]')!.focus();
    await type('{Enter}');
    await page.settle();
    await drawn(page.chat);
    expect(texts().at(-1)).to.equal('Fish.');
    await type('{ArrowRight}');
    await page.settle();
    await drawn(page.chat);
    expect(texts().at(-1)).to.equal('Meat.');
    expect(focused()).to.equal(last('[data-step="1"]'));
    run.end();
    await page.settle();
    expect(last('[part="regenerate-button"]')).to.exist;
    expect(focused()).to.equal(last('[data-step="1"]'));
  });

  it('offers that under the last message of an answer alone, once it has ended', async () => {
    const run = await ask(page.session, 'And the weather?');
    run.append('Sunny.');
    await page.session.dispatch({type: 'send', text: 'In June', policy: 'steer'});
    run.consume();
    run.append('Hot.');
    await page.show();
    const offering = (): string[] => page.articles.filter((row) => row.querySelector('[part="regenerate-button"]')).map((row) => row.querySelector('.content')!.textContent.trim());
    expect(offering()).to.not.include('Hot.');
    run.end();
    await page.settle();
    expect(texts().slice(-3)).to.deep.equal(['Sunny.', 'In June', 'Hot.']);
    expect(offering()).to.deep.equal(['To Lisbon.', 'Fish.', 'Hot.']);
  });

  describe('going between versions', () => {
    async function versions(): Promise<void> {
      page.session.branches.add('3', [said('3b', 'And drink?'), answered('4b', 'Wine.')]);
      await page.session.dispatch({type: 'select-branch', messageId: '3b', index: 0});
      await page.show();
    }

    it('goes by its buttons, says which one is shown, and keeps the focus', async () => {
      await versions();
      expect(shownText(page.article('3'))).to.contain('1 of 2');
      await expect(page.chat).to.be.accessible();
      page.article('3').querySelector<HTMLElement>('[data-step="1"]')!.focus();
      await type('{Enter}');
      await page.settle();
      await drawn(page.chat);
      expect(texts().slice(2)).to.deep.equal(['And drink?', 'Wine.']);
      expect(focused()).to.equal(page.article('3b').querySelector('[data-step="1"]'));
      await announced('Version 2 of 2 is shown.');
      expect(page.find('.announcer').textContent).not.to.contain('Wine');
    });

    it('goes by arrow keys, and does nothing at its ends', async () => {
      await versions();
      page.article('3').querySelector<HTMLElement>('[data-step="-1"]')!.focus();
      await type('{ArrowLeft}');
      await page.settle();
      expect(page.session.dispatched).to.have.length(1);
      await type('{ArrowRight}');
      await page.settle();
      await drawn(page.chat);
      expect(texts().at(-1)).to.equal('Wine.');
      expect(page.article('3b').contains(focused())).to.be.true;
    });

    it('follows the direction of the text', async () => {
      document.documentElement.dir = 'rtl';
      await versions();
      page.article('3').querySelector<HTMLElement>('[data-step="1"]')!.focus();
      await type('{ArrowLeft}');
      await page.settle();
      document.documentElement.removeAttribute('dir');
      expect(texts().at(-1)).to.equal('Wine.');
    });

    it('is there in a readonly conversation too', async () => {
      await versions();
      page.chat.readonly = true;
      await drawn(page.chat);
      page.article('3').querySelector<HTMLElement>('[data-step="1"]')!.click();
      await page.settle();
      expect(texts().at(-1)).to.equal('Wine.');
      await expect(page.chat).to.be.accessible();
    });

    it('does not tell the page that what it shows was received', async () => {
      await versions();
      let count = 0;
      page.chat.addEventListener('agent-message-received', () => count++);
      page.article('3').querySelector<HTMLElement>('[data-step="1"]')!.click();
      await page.settle();
      expect(count).to.equal(0);
    });
  });
});
