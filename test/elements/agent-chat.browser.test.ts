import '../../src/define.ts';
import {expect, waitUntil} from '@open-wc/testing';
import {SessionError} from '../../src/session/index.ts';
import {createMemorySession, type MemorySession} from '../../src/testing/index.ts';
import {answered, ask, exchange, said} from '../helpers/conversation.ts';
import {elementContract} from '../helpers/element-contract.ts';
import {type} from '../helpers/keys.ts';
import {clearPage, deep, drawn, place, shownText} from '../helpers/page.ts';

type Chat = HTMLElementTagNameMap['agent-chat'];

const memory = (element: {session?: unknown}): MemorySession => element.session as MemorySession;
const broken = new SessionError('The model answered 529.', {kind: 'agent', hint: 'Try again in a moment.'});

elementContract('agent-chat', {
  states: {
    'empty': () => undefined,
    'loading': (element) => memory(element).setHistory({state: 'loading'}),
    'a conversation': (element) => memory(element).load([...exchange(4), said('o', 'Hi', {clientId: 'ana'})]),
    'an answer streams': async (element) => {
      (await ask(memory(element))).append('Half an **answer**');
    },
    'a run has failed': async (element) => (await ask(memory(element))).end('error', broken),
    'a run was stopped': async (element) => (await ask(memory(element))).end('cancelled'),
    'a run waits for a person': async (element) => (await ask(memory(element))).end('suspended'),
    'a message was refused': async (element) => {
      await memory(element).dispatch({type: 'send', text: 'Hello'});
      memory(element).failMessage(memory(element).snapshot.messages[0]!.id, broken);
    },
    'offline': async (element) => {
      memory(element).setConnection('offline', new SessionError('No answer for 10 s.', {kind: 'connection'}));
      await memory(element).dispatch({type: 'send', text: 'Hello'});
    },
    'the connection has failed': (element) => memory(element).setConnection('failed', new SessionError('Token refused.', {kind: 'auth'})),
    'tools, reasoning, files and sources': (element) => memory(element).load([{
      id: 'a', role: 'assistant', parts: [
        {type: 'reasoning', text: 'Thinking'},
        {type: 'tool-getWeather', toolCallId: 't', state: 'output-available', input: {city: 'Lisbon'}, output: {sky: 'clear'}},
        {type: 'file', mediaType: 'application/pdf', filename: 'plan.pdf', url: 'https://example.com/plan.pdf'},
        {type: 'source-url', sourceId: 's', url: 'https://example.com/', title: 'Example'},
        {type: 'data-weather', data: {degrees: 24}},
      ],
    }]),
  },
});

describe('<agent-chat>', () => {
  let session: MemorySession;
  let chat: Chat;

  async function show(fields: Partial<Chat> = {}): Promise<void> {
    chat = Object.assign(document.createElement('agent-chat'), {session, ...fields});
    chat.style.setProperty('height', '400px');
    await place(chat);
  }
  async function settle(): Promise<void> {
    session.flush();
    await drawn(chat);
  }
  const find = <T extends Element = HTMLElement>(selector: string): T => {
    const found = deep<T>(chat.renderRoot, selector);
    if (!found) throw new Error(`Nothing in the chat matches ${selector}.`);
    return found;
  };
  const article = (id: string): HTMLElement => find(`article[data-message-id="${id}"]`);
  const articles = (): HTMLElement[] => [...chat.renderRoot.querySelectorAll('article')];
  const button = (name: string): HTMLButtonElement => {
    const buttons = [...chat.renderRoot.querySelectorAll('button')];
    const found = buttons.find((candidate) => (candidate.getAttribute('aria-label') ?? candidate.textContent).includes(name));
    if (!found) throw new Error(`There is no button named ${name}.`);
    return found;
  };

  beforeEach(() => {
    session = createMemorySession({agentId: 'planner'});
  });
  afterEach(clearPage);

  describe('who said what', () => {
    it('names each message by its author and time', async () => {
      const at = new Date(2026, 1, 3, 14, 5).getTime();
      session.load([said('1', 'Mine', {createdAt: at}), answered('2', 'The answer', {createdAt: at}), said('3', 'Hers', {clientId: 'ana', createdAt: at})]);
      await show({locale: 'de'});
      expect(articles().map((row) => row.getAttribute('aria-label'))).to.deep.equal(['Sie, 14:05', 'planner, 14:05', 'ana, 14:05']);
    });

    it('shows the client id of other people and of agents, once for messages in a row', async () => {
      session.load([said('1', 'One', {clientId: 'ana'}), said('2', 'Two', {clientId: 'ana'}), said('3', 'Three', {clientId: 'ben'}), answered('4', 'Four')]);
      await show();
      expect(articles().map((row) => row.querySelector('.name')?.textContent)).to.deep.equal(['ana', undefined, 'ben', 'planner']);
    });

    it('parts days by their names', async () => {
      const yesterday = Date.now() - 86_400_000;
      session.load([said('1', 'Then', {createdAt: yesterday}), said('2', 'Now', {createdAt: Date.now()})]);
      await show();
      expect(shownText(find('.rows'))).to.match(/Yesterday.*Then.*Today.*Now/);
    });

    it('shows what people write as they wrote it', async () => {
      session.load([said('1', '**not bold**\n<b>nor this</b>')]);
      await show();
      expect(article('1').querySelector('.content')!.textContent).to.contain('**not bold**\n<b>nor this</b>');
      expect(article('1').querySelector('b, strong')).to.not.exist;
    });
  });

  describe('while an answer streams', () => {
    it('shows it token by token, and changes nothing but that message', async () => {
      session.load(exchange(6));
      const run = await ask(session);
      run.append('It begins');
      await show();
      let draws = 0;
      chat.addController({hostUpdated: () => draws++});
      find<HTMLElementTagNameMap['barge-in-input']>('barge-in-input').addController({hostUpdated: () => draws++});
      const row = article(run.messageId);
      const changed = new Set<Node>();
      const observer = new MutationObserver((records) => records.forEach(({target}) => changed.add(target)));
      observer.observe(chat.renderRoot, {subtree: true, childList: true, characterData: true, attributes: true});
      for (let token = 0; token < 30; token++) {
        run.append(` word${token}`);
        session.flush();
      }
      await drawn(chat);
      observer.disconnect();
      expect(row.textContent).to.contain('It begins word0').and.to.contain('word29');
      expect(draws).to.equal(0);
      expect(changed.size).to.be.above(0);
      for (const node of changed) expect(row.contains(node)).to.be.true;
    });

    it('says that an agent is at work, and no more once it has ended', async () => {
      await show();
      const run = await ask(session);
      await settle();
      expect(shownText(chat)).to.contain('planner is working');
      run.append('Done.');
      run.end();
      await settle();
      expect(chat.renderRoot.querySelector('.run')).to.not.exist;
      expect(shownText(chat)).to.contain('Done.');
    });

    it('catches up with what was said while it was out of the page', async () => {
      const run = await ask(session);
      run.append('One');
      await show();
      chat.remove();
      run.append(' two');
      session.flush();
      await place(chat);
      expect(article(run.messageId).textContent).to.contain('One two');
    });
  });

  describe('how runs end', () => {
    it('keeps the partial text of a stopped one, and says that it was stopped', async () => {
      const run = await ask(session);
      run.append('Half an ans');
      run.end('cancelled');
      await show();
      expect(shownText(chat)).to.contain('Half an ans').and.to.contain('Stopped');
    });

    it('says why one failed and what to do, and asks again by Retry', async () => {
      const run = await ask(session);
      run.end('error', broken);
      await show();
      expect(shownText(chat)).to.contain('The answer failed').and.to.contain('The model answered 529.').and.to.contain('Try again in a moment.');
      button('Retry').click();
      await settle();
      expect(session.dispatched.at(-1)).to.deep.equal({type: 'retry', messageId: 'message-1'});
      expect(shownText(chat)).to.contain('Waiting for the agent');
    });

    it('says when no agent answered', async () => {
      await session.dispatch({type: 'send', text: 'Hello?'});
      session.failAnswer('message-1', new SessionError('POST /chat answered 500.', {kind: 'agent'}));
      await show();
      expect(shownText(chat)).to.contain('No answer').and.to.contain('POST /chat answered 500.');
      expect(button('Retry')).to.exist;
    });

    it('says when one waits for a person, is being stopped, or does not confirm', async () => {
      session = createMemorySession({confirmsStops: false});
      const run = await ask(session);
      await show();
      await session.dispatch({type: 'cancel'});
      await settle();
      expect(shownText(chat)).to.contain('Stopping…');
      run.end('suspended');
      await settle();
      expect(shownText(chat)).to.contain('Waiting for a person');
    });

    it('says beside the button why a retry was refused', async () => {
      (await ask(session)).end('error', broken);
      await show();
      session.dispatch = () => Promise.reject(new SessionError('Not now.', {kind: 'closed'}));
      button('Retry').click();
      await settle();
      expect(shownText(find('.run'))).to.contain('Not now.');
    });
  });

  describe('messages on their way', () => {
    it('says that one waits for the line', async () => {
      session.setConnection('offline', new SessionError('No answer for 10 s.', {kind: 'connection'}));
      await session.dispatch({type: 'send', text: 'Later'});
      await show();
      expect(shownText(article('message-1'))).to.contain('Will be sent when you are back online');
      expect(shownText(find('.banner'))).to.contain('Reconnecting').and.to.contain('No answer for 10 s.');
      session.setConnection('connected');
      await settle();
      expect(shownText(article('message-1'))).not.to.contain('Will be sent');
      expect(chat.renderRoot.querySelector('.banner')).to.not.exist;
    });

    it('says why one was refused, and sends it again or gives it up', async () => {
      await session.dispatch({type: 'send', text: 'Hello'});
      session.failMessage('message-1', new SessionError('The token cannot publish.', {kind: 'capability', hint: 'Add publish to it.'}));
      await show();
      expect(shownText(article('message-1'))).to.contain('Not sent').and.to.contain('The token cannot publish.').and.to.contain('Add publish to it.');
      button('Discard').click();
      await settle();
      expect(articles()).to.be.empty;
    });

    it('keeps the focus in the conversation when the button that has it goes', async () => {
      await session.dispatch({type: 'send', text: 'Hello'});
      session.failMessage('message-1', broken);
      await show();
      button('Retry').focus();
      button('Retry').click();
      await settle();
      expect(chat.shadowRoot!.activeElement).to.equal(find('.scroller'));
    });
  });

  describe('the line and the history', () => {
    it('says what to do when the connection has failed', async () => {
      session.setConnection('failed', new SessionError('auth-url answered 404.', {kind: 'auth', hint: 'Check auth-url.'}));
      await show();
      expect(shownText(find('.banner'))).to.contain('Signing in did not work').and.to.contain('auth-url answered 404.').and.to.contain('Check auth-url.');
    });

    it('says that it is loading, and not that it is empty, until it has loaded', async () => {
      session.setHistory({state: 'loading'});
      await show();
      expect(shownText(chat)).to.contain('Loading the conversation');
      expect(shownText(chat)).not.to.contain('No messages yet');
      session.setHistory({state: 'ready'});
      await settle();
      expect(shownText(chat)).to.contain('No messages yet');
    });

    it('says when the history could not be loaded', async () => {
      session.setHistory({state: 'failed', error: new SessionError('No right to read history.', {kind: 'capability'})});
      await show();
      expect(shownText(chat)).to.contain('The conversation could not be loaded').and.to.contain('No right to read history.');
    });
  });

  describe('slots', () => {
    it('has an input unless it is readonly', async () => {
      await show({placeholder: 'Ask away', bargeIn: 'alongside'});
      expect(find<HTMLTextAreaElement>('textarea').placeholder).to.equal('Ask away');
      expect(find<HTMLElementTagNameMap['barge-in-input']>('barge-in-input').policy).to.equal('alongside');
      chat.readonly = true;
      await drawn(chat);
      expect(chat.renderRoot.querySelector('barge-in-input')).to.not.exist;
    });

    it('gives its session to an input of the page', async () => {
      await show();
      const own = document.createElement('barge-in-input');
      own.slot = 'input';
      chat.append(own);
      await drawn(chat);
      await drawn(own);
      expect(chat.renderRoot.querySelector('barge-in-input')).to.not.exist;
      own.value = 'From my own';
      await own.send();
      expect(session.snapshot.messages).to.have.length(1);
    });

    it('shows starters as long as nothing was said', async () => {
      const starters = document.createElement('div');
      starters.slot = 'starters';
      starters.textContent = 'Plan a trip';
      await show();
      chat.append(starters);
      expect(shownText(chat)).to.contain('Plan a trip');
      await session.dispatch({type: 'send', text: 'Hello'});
      await settle();
      expect(shownText(chat)).not.to.contain('Plan a trip');
    });
  });

  describe('travelling by keys', () => {
    it('goes through the messages by arrows, Home and End', async () => {
      session.load([said('1', 'One'), answered('2', 'Two'), said('3', 'Three')]);
      await show();
      find('.scroller').focus();
      const at = (): string | null | undefined => chat.shadowRoot!.activeElement?.getAttribute('data-message-id');
      await type('{ArrowUp}');
      expect(at()).to.equal('3');
      await type('{ArrowUp}');
      expect(at()).to.equal('2');
      await type('{Home}');
      expect(at()).to.equal('1');
      await type('{ArrowUp}');
      expect(at()).to.equal('1');
      await type('{End}');
      expect(at()).to.equal('3');
    });

    it('never takes the focus when something arrives', async () => {
      await show();
      find<HTMLTextAreaElement>('textarea').focus();
      const run = await ask(session);
      run.append('Hello');
      run.end('error', broken);
      await settle();
      expect(deep(chat.renderRoot, 'barge-in-input')!.matches(':focus-within, :focus')).to.be.true;
    });
  });

  it('copies an answer as it was written', async () => {
    let copied = '';
    Object.defineProperty(navigator, 'clipboard', {configurable: true, value: {writeText: (text: string) => Promise.resolve(void (copied = text))}});
    session.load([answered('1', 'Two **bold** words')]);
    await show();
    button('Copy answer').click();
    await waitUntil(() => shownText(article('1')).includes('Copied'));
    expect(copied).to.equal('Two **bold** words');
    Reflect.deleteProperty(navigator, 'clipboard');
  });

  it('opens no address that is not of the web', async () => {
    session.load([{id: '1', role: 'assistant', parts: [
      {type: 'source-url', sourceId: 's', url: 'javascript:alert(1)', title: 'Bad'},
      {type: 'file', mediaType: 'text/html', url: 'javascript:alert(2)', filename: 'bad.html'},
      {type: 'source-url', sourceId: 'g', url: 'https://example.com/good', title: 'Good'},
    ]}]);
    await show();
    expect([...article('1').querySelectorAll('a')].map(({href}) => href)).to.deep.equal(['https://example.com/good']);
    expect(shownText(article('1'))).to.contain('Bad').and.to.contain('bad.html');
  });
});
