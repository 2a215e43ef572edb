import {expect, waitUntil} from '@open-wc/testing';
import {SessionError} from '../../src/session/index.ts';
import type {MemorySession} from '../../src/testing/index.ts';
import {useChat} from '../helpers/chat.ts';
import {answered, ask, exchange, said} from '../helpers/conversation.ts';
import {elementContract} from '../helpers/element-contract.ts';
import {type} from '../helpers/keys.ts';
import {drawn, place, shownText} from '../helpers/page.ts';

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
  const page = useChat();

  describe('who said what', () => {
    it('names each message by its author and time', async () => {
      const at = new Date(2026, 1, 3, 14, 5).getTime();
      page.session.load([said('1', 'Mine', {createdAt: at}), answered('2', 'The answer', {createdAt: at}), said('3', 'Hers', {clientId: 'ana', createdAt: at})]);
      await page.show({locale: 'de'});
      expect(page.articles.map((row) => row.getAttribute('aria-label'))).to.deep.equal(['Sie, 14:05', 'planner, 14:05', 'ana, 14:05']);
    });

    it('shows the client id of other people and of agents, once for messages in a row', async () => {
      page.session.load([said('1', 'One', {clientId: 'ana'}), said('2', 'Two', {clientId: 'ana'}), said('3', 'Three', {clientId: 'ben'}), answered('4', 'Four')]);
      await page.show();
      expect(page.articles.map((row) => row.querySelector('.name')?.textContent)).to.deep.equal(['ana', undefined, 'ben', 'planner']);
    });

    it('parts days by their names', async () => {
      const yesterday = Date.now() - 86_400_000;
      page.session.load([said('1', 'Then', {createdAt: yesterday}), said('2', 'Now', {createdAt: Date.now()})]);
      await page.show();
      expect(shownText(page.find('.rows'))).to.match(/Yesterday.*Then.*Today.*Now/);
    });

    it('shows what people write as they wrote it', async () => {
      page.session.load([said('1', '**not bold**\n<b>nor this</b>')]);
      await page.show();
      expect(page.article('1').querySelector('.content')!.textContent).to.contain('**not bold**\n<b>nor this</b>');
      expect(page.article('1').querySelector('b, strong')).to.not.exist;
    });
  });

  describe('while an answer streams', () => {
    it('shows it token by token, and changes nothing but that message', async () => {
      page.session.load(exchange(6));
      const run = await ask(page.session);
      run.append('It begins');
      // What has come before is history, of which nothing is announced.
      page.session.flush();
      await page.show();
      let draws = 0;
      page.chat.addController({hostUpdated: () => draws++});
      page.input.addController({hostUpdated: () => draws++});
      const row = page.article(run.messageId);
      const changed = new Set<Node>();
      const observer = new MutationObserver((records) => records.forEach(({target}) => changed.add(target)));
      observer.observe(page.chat.renderRoot, {subtree: true, childList: true, characterData: true, attributes: true});
      for (let token = 0; token < 30; token++) {
        run.append(` word${token}`);
        page.session.flush();
      }
      await drawn(page.chat);
      observer.disconnect();
      expect(row.textContent).to.contain('It begins word0').and.to.contain('word29');
      expect(draws).to.equal(0);
      expect(changed.size).to.be.above(0);
      for (const node of changed) expect(row.contains(node)).to.be.true;
    });

    it('says that an agent is at work, and no more once it has ended', async () => {
      await page.show();
      const run = await ask(page.session);
      await page.settle();
      expect(shownText(page.chat)).to.contain('planner is working');
      run.append('Done.');
      run.end();
      await page.settle();
      expect(page.has('.run')).to.be.false;
      expect(shownText(page.chat)).to.contain('Done.');
    });

    it('catches up with what was said while it was out of the page', async () => {
      const run = await ask(page.session);
      run.append('One');
      await page.show();
      page.chat.remove();
      run.append(' two');
      page.session.flush();
      await place(page.chat);
      expect(page.article(run.messageId).textContent).to.contain('One two');
    });
  });

  describe('slots', () => {
    it('has an input unless it is readonly', async () => {
      await page.show({placeholder: 'Ask away', bargeIn: 'alongside'});
      expect(page.textarea.placeholder).to.equal('Ask away');
      expect(page.input.policy).to.equal('alongside');
      page.chat.readonly = true;
      await drawn(page.chat);
      expect(page.has('barge-in-input')).to.be.false;
    });

    it('gives its session to an input of the page', async () => {
      await page.show();
      const own = document.createElement('barge-in-input');
      own.slot = 'input';
      page.chat.append(own);
      await drawn(page.chat);
      await drawn(own);
      expect(page.has('barge-in-input')).to.be.false;
      own.value = 'From my own';
      await own.send();
      expect(page.session.snapshot.messages).to.have.length(1);
    });

    it('shows starters as long as nothing was said', async () => {
      const starters = document.createElement('div');
      starters.slot = 'starters';
      starters.textContent = 'Plan a trip';
      await page.show();
      page.chat.append(starters);
      expect(shownText(page.chat)).to.contain('Plan a trip');
      await page.session.dispatch({type: 'send', text: 'Hello'});
      await page.settle();
      expect(shownText(page.chat)).not.to.contain('Plan a trip');
    });
  });

  describe('travelling by keys', () => {
    it('goes through the messages by arrows, Home and End', async () => {
      page.session.load([said('1', 'One'), answered('2', 'Two'), said('3', 'Three')]);
      await page.show();
      page.find('.scroller').focus();
      const at = (): string | null | undefined => page.chat.shadowRoot!.activeElement?.getAttribute('data-message-id');
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
      await page.show();
      page.textarea.focus();
      const run = await ask(page.session);
      run.append('Hello');
      run.end('error', broken);
      await page.settle();
      expect(page.input.matches(':focus-within, :focus')).to.be.true;
    });
  });

  it('copies an answer as it was written', async () => {
    let copied = '';
    Object.defineProperty(navigator, 'clipboard', {configurable: true, value: {writeText: (text: string) => Promise.resolve(void (copied = text))}});
    page.session.load([answered('1', 'Two **bold** words')]);
    await page.show();
    page.button('Copy answer').click();
    await waitUntil(() => shownText(page.article('1')).includes('Copied'));
    expect(copied).to.equal('Two **bold** words');
    Reflect.deleteProperty(navigator, 'clipboard');
  });

  it('opens no address that is not of the web', async () => {
    page.session.load([{id: '1', role: 'assistant', parts: [
      {type: 'source-url', sourceId: 's', url: 'javascript:alert(1)', title: 'Bad'},
      {type: 'file', mediaType: 'text/html', url: 'javascript:alert(2)', filename: 'bad.html'},
      {type: 'source-url', sourceId: 'g', url: 'https://example.com/good', title: 'Good'},
    ]}]);
    await page.show();
    expect([...page.article('1').querySelectorAll('a')].map(({href}) => href)).to.deep.equal(['https://example.com/good']);
    expect(shownText(page.article('1'))).to.contain('Bad').and.to.contain('bad.html');
  });
});
