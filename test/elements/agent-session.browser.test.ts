import '../../src/define.ts';
import {expect} from '@open-wc/testing';
import type {AgentErrorEvent} from '../../src/events.ts';
import {SessionError} from '../../src/session/index.ts';
import {createMemorySession, type MemorySession} from '../../src/testing/index.ts';
import {answered, ask, said} from '../helpers/conversation.ts';
import {elementContract} from '../helpers/element-contract.ts';
import {clearPage, drawn, place, shownText} from '../helpers/page.ts';
import {useFakeOpener} from '../helpers/sessions.ts';

elementContract('agent-session');

describe('<agent-session>', () => {
  let session: MemorySession;

  async function provider(): Promise<HTMLElementTagNameMap['agent-session']> {
    const element = document.createElement('agent-session');
    element.session = session;
    return place(element);
  }

  beforeEach(() => {
    session = createMemorySession();
  });
  afterEach(clearPage);

  it('tells the state of the session', async () => {
    session.load([said('1', 'Hello')]);
    const element = await provider();
    expect(element.connection.state).to.equal('connected');
    expect(element.messages.map(({id}) => id)).to.deep.equal(['1']);
    await ask(session);
    expect(element.runs.map(({status}) => status)).to.deep.equal(['active']);
  });

  it('tells which agents there are, and gives the state that is shared with them', async () => {
    const element = document.createElement('agent-session');
    expect([element.agents, element.state]).to.deep.equal([[], undefined]);
    element.session = session;
    await place(element);
    session.enter('planner', {type: 'agent', name: 'Planner'});
    session.flush();
    expect(element.agents.map(({name, state}) => `${name} ${state}`)).to.deep.equal(['Planner idle']);
    const close = element.state!.open();
    await element.state!.set('trip.to', 'Lisbon');
    expect(element.state!.snapshot.root).to.deep.equal({trip: {to: 'Lisbon'}});
    close();
  });

  it('steers', async () => {
    const element = await provider();
    await ask(session);
    expect(await element.steer('By train')).to.be.true;
    expect(session.dispatched.at(-1)).to.deep.equal({type: 'send', text: 'By train', policy: 'steer'});
    expect(element.messages.at(-1)?.steer, 'what becomes of it').to.exist;
    expect(element.runs, 'no run of its own').to.have.length(1);
  });

  it('carries out what its methods ask', async () => {
    const element = await provider();
    await element.send('Hello', {policy: 'alongside'});
    await element.cancel();
    await element.loadOlder(3);
    expect(session.dispatched).to.deep.equal([
      {type: 'send', text: 'Hello', policy: 'alongside'},
      {type: 'cancel', run: undefined},
      {type: 'load-older', limit: 3},
    ]);
  });

  it('edits, asks again, goes between versions and decides', async () => {
    const element = await provider();
    session.load([said('1', 'Hello'), answered('2', 'Hi')]);
    await element.edit('1', 'Good day');
    const run = session.startRun();
    run.part({type: 'tool-book', toolCallId: 'call', state: 'approval-requested', input: {}, approval: {id: 'call'}});
    run.end('suspended');
    expect(element.approvals.map(({state}) => state)).to.deep.equal(['pending']);
    await element.respond('call', {approved: false, reason: 'No'});
    expect(element.approvals.map(({state}) => state)).to.deep.equal(['decided']);
    await element.regenerate(run.messageId);
    await element.selectBranch(element.messages[0]!.id, 0);
    expect(element.messages.map(({id}) => id)).to.deep.equal(['1', '2']);
    expect(session.dispatched.map(({type}) => type)).to.deep.equal(['edit', 'respond', 'regenerate', 'select-branch']);
  });

  it('can be asked right after it was put in the page', async () => {
    const opener = useFakeOpener();
    const element = document.createElement('agent-session');
    element.channel = 'early';
    document.body.append(element);
    await element.send('Hello');
    expect(opener.sessionOf('early').snapshot.messages).to.have.length(1);
  });

  it('lets the page prevent what is asked', async () => {
    const element = await provider();
    element.addEventListener('agent-intent', (event) => event.preventDefault());
    expect(await element.send('Hello')).to.be.false;
    expect(session.dispatched).to.be.empty;
  });

  it('rejects, and says so once more in an event, when something cannot be done', async () => {
    const element = await provider();
    const errors: string[] = [];
    element.addEventListener('agent-error', ({error, intent}) => errors.push(`${intent?.type}: ${error.message}`));
    const error = await element.send('  ').catch((cause: unknown) => cause);
    expect(error).to.be.instanceOf(SessionError);
    expect(errors).to.deep.equal(['send: The message is empty, so it was not sent.']);
  });

  it('tells when runs start and end, and how', async () => {
    const element = await provider();
    const seen: string[] = [];
    element.addEventListener('agent-run-started', ({run}) => seen.push(`started ${run.key}`));
    element.addEventListener('agent-run-ended', ({run}) => seen.push(`ended ${run.key} ${run.status}`));
    const run = await ask(session);
    session.flush();
    run.append('Hi');
    run.end('cancelled');
    session.flush();
    expect(seen).to.deep.equal(['started run-2', 'ended run-2 cancelled']);
  });

  it('tells what others say, and nothing of what history brings', async () => {
    session.setHistory({state: 'loading'});
    const element = await provider();
    const seen: string[] = [];
    element.addEventListener('agent-message-received', ({message}) => seen.push(message.id));
    session.load([said('old', 'Long ago', {clientId: 'ana'})]);
    session.flush();
    session.receive(said('1', 'Hi', {clientId: 'ana'}));
    session.receive(answered('2', 'Hello'));
    await session.dispatch({type: 'send', text: 'Mine'});
    session.flush();
    expect(seen).to.deep.equal(['1', '2']);
  });

  it('tells when the line goes, and once when it fails for good', async () => {
    const element = await provider();
    const states: string[] = [];
    element.addEventListener('agent-connection-changed', ({connection, previous}) => states.push(`${previous.state} ${connection.state}`));
    session.setConnection('offline');
    session.flush();
    expect(states).to.deep.equal(['connected offline']);
    const failed = new Promise<AgentErrorEvent>((resolve) => element.addEventListener('agent-error', resolve, {once: true}));
    const error = new SessionError('The token was refused.', {kind: 'auth'});
    session.setConnection('failed', error);
    expect((await failed).error).to.equal(error);
  });

  it('tells once that no token can be had, however often that is tried', async () => {
    const element = await provider();
    const errors: string[] = [];
    element.addEventListener('agent-error', ({error}) => errors.push(error.message));
    for (let attempt = 0; attempt < 3; attempt++) {
      session.setConnection('offline', new SessionError('The token endpoint answered 404.', {kind: 'auth'}));
      session.flush();
    }
    expect(errors).to.deep.equal(['The token endpoint answered 404.']);
  });

  it('speaks once for the session: elements inside add no events of their own', async () => {
    const element = await provider();
    element.append(document.createElement('agent-chat'));
    await drawn(element);
    let count = 0;
    document.body.addEventListener('agent-run-started', () => count++, {once: true});
    element.addEventListener('agent-run-started', () => count++);
    await ask(session);
    session.flush();
    expect(count).to.equal(2);
  });

  it('gives the session to elements that were there before it', async () => {
    const outer = document.createElement('section');
    outer.append(document.createElement('agent-chat'));
    await place(outer);
    const chat = outer.firstElementChild as HTMLElementTagNameMap['agent-chat'];
    const element = document.createElement('agent-session');
    element.session = session;
    session.load([said('1', 'Hello there')]);
    // Moving the chat in is what a framework does when it wraps what is shown.
    element.append(chat);
    await place(element, outer);
    await drawn(chat);
    expect(shownText(chat)).to.contain('Hello there');
  });

  it('gives the session of the nearest one, also when that comes last', async () => {
    const other = createMemorySession();
    other.load([said('1', 'From the inner one')]);
    const outer = document.createElement('agent-session');
    outer.session = session;
    const card = document.createElement('div');
    const root = card.attachShadow({mode: 'open'});
    const slot = document.createElement('slot');
    root.append(slot);
    const chat = document.createElement('agent-chat');
    card.append(chat);
    outer.append(card);
    await place(outer);
    const late = document.createElement('agent-session');
    late.session = other;
    late.append(slot);
    root.append(late);
    await drawn(chat);
    expect(shownText(chat)).to.contain('From the inner one');
  });

  it('takes no room of its own', async () => {
    const element = await provider();
    expect(getComputedStyle(element).display).to.equal('contents');
  });

  it('gives its language to the elements in it', async () => {
    const element = await provider();
    element.locale = 'de';
    element.append(document.createElement('agent-chat'));
    await drawn(element);
    expect(shownText(element.firstElementChild!)).to.contain('Noch keine Nachrichten');
  });
});
