import '../../src/define.ts';
import {expect} from '@open-wc/testing';
import {SessionError} from '../../src/session/index.ts';
import {createMemorySession, type MemorySession} from '../../src/testing/index.ts';
import {askApproval} from '../helpers/chat.ts';
import {elementContract} from '../helpers/element-contract.ts';
import {type} from '../helpers/keys.ts';
import {clearPage, drawn, place, shownText} from '../helpers/page.ts';
import {type FakeOpener, useFakeOpener} from '../helpers/sessions.ts';

type Inbox = HTMLElementTagNameMap['approval-inbox'];

elementContract('approval-inbox', {
  states: {
    'empty': () => undefined,
    'with what waits': async (element) => {
      await askApproval(element.session as MemorySession, {note: 'Held for ten minutes.'});
    },
    'with what was decided': async (element) => {
      const session = element.session as MemorySession;
      await askApproval(session);
      session.flush();
      await drawn(element);
      session.approvals.decide('call', {approved: false, reason: 'Too dear', clientId: 'bo'});
    },
  },
});

describe('<approval-inbox>', () => {
  let opener: FakeOpener;
  let inbox: Inbox;

  beforeEach(() => {
    opener = useFakeOpener();
  });
  afterEach(clearPage);

  async function show(attributes: Record<string, string>, fields: Partial<Inbox> = {}): Promise<void> {
    inbox = Object.assign(document.createElement('approval-inbox'), fields);
    for (const [name, value] of Object.entries(attributes)) inbox.setAttribute(name, value);
    await place(inbox);
  }
  const session = (channel: string): MemorySession => opener.sessionOf(channel) as MemorySession;
  async function settle(...channels: string[]): Promise<void> {
    for (const channel of channels) {
      session(channel).flush();
      session(channel).state.flush();
    }
    await drawn(inbox);
    await drawn(inbox);
  }
  const cards = (): HTMLElement[] => [...inbox.renderRoot.querySelectorAll<HTMLElement>('[data-approval]')];
  const entries = (): string[] => [...inbox.renderRoot.querySelectorAll('.entry')].map(shownText);
  /** What is said aloud next. */
  async function spoken(): Promise<string> {
    const region = inbox.renderRoot.querySelector('.announcer')!;
    await new Promise((resolve) => {
      new MutationObserver(resolve).observe(region, {childList: true});
    });
    return region.textContent;
  }
  const button = (name: string): HTMLButtonElement => [...inbox.renderRoot.querySelectorAll('button')].find(({textContent}) => textContent.trim() === name)!;

  it('lists what waits in several conversations, the oldest first, and where', async () => {
    await show({channels: 'trip:porto  trip:rome trip:porto'});
    expect(opener.opened.map(({channel}) => channel)).to.deep.equal(['trip:porto', 'trip:rome']);
    await askApproval(session('trip:rome'), {toolCallId: 'first'});
    await new Promise((resolve) => setTimeout(resolve, 2));
    await askApproval(session('trip:porto'), {toolCallId: 'second', note: 'Two seats left.'});
    await settle('trip:porto', 'trip:rome');
    expect(cards().map(({dataset}) => dataset.approval)).to.deep.equal(['first', 'second']);
    expect(entries()[0]).to.contain('trip:rome');
    expect(entries()[1]).to.contain('trip:porto').and.to.contain('Two seats left.');
  });

  it('decides in the conversation that asks, and leaves the others be', async () => {
    await show({channels: 'a b'});
    await askApproval(session('a'));
    await settle('a', 'b');
    button('Approve').focus();
    await type('{Enter}');
    await settle('a', 'b');
    expect(session('a').dispatched.at(-1)).to.deep.equal({type: 'respond', toolCallId: 'call', approved: true});
    expect(session('b').dispatched).to.deep.equal([]);
    expect(shownText(inbox)).to.contain('Nothing waits').and.to.contain('Decided').and.to.contain('Approved by you');
  });

  it('is cleared by a decision that is made elsewhere, and says whose it was', async () => {
    await show({channels: 'a'});
    await askApproval(session('a'));
    await settle('a');
    session('a').approvals.decide('call', {approved: false, reason: 'Too dear', clientId: 'bo'});
    await settle('a');
    expect(button('Approve')).to.equal(undefined);
    expect(shownText(inbox)).to.contain('Denied by bo').and.to.contain('Too dear');
  });

  it('keeps the focus on a conversation or a card when what waits there is decided elsewhere', async () => {
    await show({channels: 'a b'});
    await askApproval(session('a'));
    await askApproval(session('b'), {toolCallId: 'other'});
    await settle('a', 'b');
    const link = (channel: string): HTMLElement | undefined => [...inbox.renderRoot.querySelectorAll<HTMLElement>('.conversation')].find(({textContent}) => textContent.trim() === channel);
    link('a')!.focus();
    session('a').approvals.decide('call', {approved: true, clientId: 'bo'});
    await settle('a', 'b');
    expect(entries()[1]).to.contain('Approved by bo');
    expect(inbox.shadowRoot!.activeElement === link('a')).to.equal(true);
    button('Approve').focus();
    session('b').approvals.decide('other', {approved: true, clientId: 'bo'});
    await settle('a', 'b');
    expect(shownText(inbox.shadowRoot!.activeElement!)).to.contain('Approved by bo');
  });

  it('does not show what was decided before anybody looked', async () => {
    await show({channels: 'a'});
    await askApproval(session('a'));
    session('a').approvals.decide('call', {approved: true, clientId: 'bo'});
    await settle('a');
    expect(cards()).to.have.length(0);
    expect(shownText(inbox)).to.contain('Nothing waits');
  });

  it('waits for it again where the agent refuses a decision', async () => {
    await show({channels: 'a'});
    await askApproval(session('a'));
    await settle('a');
    session('a').approvals.decide('call', {approved: true, clientId: 'mallory'});
    await settle('a');
    session('a').approvals.refuse('call', {clientId: 'mallory', reason: 'not a supervisor'});
    await settle('a');
    expect(button('Approve')).not.to.equal(undefined);
    expect(shownText(inbox)).to.contain('mallory').and.to.contain('not a supervisor');
  });

  it('follows the index that agents keep, and tells of what has left it', async () => {
    await show({'index-channel': 'approvals', 'auth-url': '/token'});
    expect(opener.opened.map(({channel, authUrl}) => [channel, authUrl])).to.deep.equal([['approvals', '/token']]);
    session('approvals').state.receive('approvals', {'trip:rome': {since: 5}});
    await settle('approvals');
    expect(opener.opened.map(({channel}) => channel)).to.deep.equal(['approvals', 'trip:rome']);
    await askApproval(session('trip:rome'));
    await settle('approvals', 'trip:rome');
    expect(cards()).to.have.length(1);
    session('trip:rome').approvals.decide('call', {approved: true, clientId: 'bo'});
    session('approvals').state.receive('approvals', {});
    await settle('approvals', 'trip:rome');
    expect(shownText(inbox)).to.contain('Nothing waits').and.to.contain('Approved by bo');
  });

  it('opens a conversation by a link where the page says where it is, and by an event', async () => {
    const chosen: string[] = [];
    document.addEventListener('agent-conversation-chosen', ({channel}) => chosen.push(channel), {once: true});
    await show({'channels': 'trip:a/b', 'conversation-url': '/operator?session={channel}'});
    await askApproval(session('trip:a/b'));
    await settle('trip:a/b');
    const link = inbox.renderRoot.querySelector('a')!;
    expect(link.getAttribute('href')).to.equal('/operator?session=trip%3Aa%2Fb');
    link.addEventListener('click', (event) => event.preventDefault());
    link.click();
    expect(chosen).to.deep.equal(['trip:a/b']);
    inbox.removeAttribute('conversation-url');
    await drawn(inbox);
    expect(inbox.renderRoot.querySelector('a')).to.equal(null);
    expect(inbox.renderRoot.querySelector('button.conversation')).not.to.equal(null);
  });

  it('shows what waits without letting anybody decide, where it is for reading', async () => {
    await show({channels: 'a', readonly: ''});
    await askApproval(session('a'));
    await settle('a');
    expect(cards()).to.have.length(1);
    expect(button('Approve')).to.equal(undefined);
  });

  it('keeps what was typed and says why when a decision cannot be sent', async () => {
    await show({channels: 'a'});
    await askApproval(session('a'));
    await settle('a');
    button('Deny').click();
    await drawn(inbox);
    await type('Too dear');
    session('a').dispatch = () => Promise.reject(new SessionError('The line is down.', {kind: 'connection'}));
    await type('{Enter}');
    await settle('a');
    expect(shownText(inbox)).to.contain('The line is down.');
    expect(inbox.renderRoot.querySelector('input')!.value).to.equal('Too dear');
  });

  it('lets everything go when it leaves the page, and has it again when it returns', async () => {
    await show({'channels': 'a b', 'index-channel': 'approvals'});
    await settle('approvals', 'a', 'b');
    expect(opener.held).to.equal(3);
    inbox.remove();
    await new Promise((resolve) => setTimeout(resolve));
    expect(opener.held).to.equal(0);
    expect(session('approvals').state.holders).to.equal(0);
    document.body.append(inbox);
    await settle('approvals', 'a', 'b');
    expect(opener.held).to.equal(3);
    await askApproval(session('b'));
    await settle('b');
    expect(cards()).to.have.length(1);
  });

  it('keeps nothing of a conversation that has left it', async () => {
    await show({channels: 'a b'});
    const controllers = new Set<unknown>();
    const [add, remove] = [inbox.addController.bind(inbox), inbox.removeController.bind(inbox)];
    inbox.addController = (controller) => {
      controllers.add(controller);
      add(controller);
    };
    inbox.removeController = (controller) => {
      controllers.delete(controller);
      remove(controller);
    };
    await askApproval(session('a'));
    await settle('a', 'b');
    expect(controllers.size).to.equal(1);
    inbox.setAttribute('channels', 'b');
    await settle('b');
    expect(controllers.size).to.equal(0);
  });

  it('keeps what is typed while it is out of the page with a session of the page', async () => {
    const own = createMemorySession();
    await show({}, {session: own});
    await askApproval(own);
    own.flush();
    await drawn(inbox);
    button('Deny').click();
    await drawn(inbox);
    await type('Too dear');
    inbox.remove();
    await new Promise((resolve) => setTimeout(resolve));
    await drawn(inbox);
    await place(inbox);
    await drawn(inbox);
    expect(inbox.renderRoot.querySelector('input')!.value).to.equal('Too dear');
  });

  it('says once that lines are down', async () => {
    await show({channels: 'a b c'});
    for (const channel of ['a', 'b', 'c']) session(channel).setConnection('offline');
    await settle('a', 'b', 'c');
    expect(inbox.renderRoot.querySelectorAll('.line-view')).to.have.length(1);
  });

  it('refuses a key in an attribute before anything is opened', async () => {
    await show({'channels': 'a', 'auth-url': 'app.key:secret-that-is-long-enough'});
    await drawn(inbox);
    expect(opener.opened).to.have.length(0);
    expect(shownText(inbox)).to.contain('API key');
  });

  it('says aloud what has come, not what was there', async () => {
    await show({channels: 'a'});
    await askApproval(session('a'));
    await settle('a');
    expect(await spoken()).to.contain('asks for approval: Book flight');
  });

  it('says nothing of what waited before its past was read', async () => {
    const own = createMemorySession();
    own.setHistory({state: 'loading'});
    await show({}, {session: own});
    await askApproval(own, {toolCallId: 'old'});
    own.setHistory({state: 'ready'});
    own.flush();
    await drawn(inbox);
    await askApproval(own, {toolCallId: 'new'});
    own.flush();
    expect((await spoken()).match(/Book flight/g)).to.have.length(1);
  });

  it('says aloud what waits in a conversation that comes into the index', async () => {
    await show({channels: 'trip:rome'});
    await askApproval(session('trip:rome'));
    await settle('trip:rome');
    await show({'index-channel': 'approvals'});
    await settle('approvals');
    session('approvals').state.receive('approvals', {'trip:rome': {since: 5}});
    await settle('approvals', 'trip:rome');
    expect(await spoken()).to.contain('Book flight');
  });
});

it('an inbox around a session of a page that it does not own reads that one', async () => {
  const session = createMemorySession();
  await askApproval(session);
  const inbox = Object.assign(document.createElement('approval-inbox'), {session});
  await place(inbox);
  session.flush();
  await drawn(inbox);
  expect(inbox.renderRoot.querySelectorAll('[data-approval]')).to.have.length(1);
  clearPage();
});
