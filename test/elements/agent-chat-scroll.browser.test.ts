import '../../src/define.ts';
import {expect, waitUntil} from '@open-wc/testing';
import {SessionError} from '../../src/session/index.ts';
import {createMemorySession, type MemorySession} from '../../src/testing/index.ts';
import {ask, exchange, said} from '../helpers/conversation.ts';
import {type} from '../helpers/keys.ts';
import {clearPage, deep, drawn, nextFrame, place, shownText} from '../helpers/page.ts';

describe('<agent-chat>, scrolling,', () => {
  let session: MemorySession;
  let chat: HTMLElementTagNameMap['agent-chat'];
  let scroller: HTMLElement;

  beforeEach(async () => {
    session = createMemorySession({pageSize: 20});
    session.load(exchange(60));
    chat = Object.assign(document.createElement('agent-chat'), {session});
    chat.style.setProperty('height', '500px');
    await place(chat);
    scroller = deep(chat.renderRoot, '.scroller')!;
  });
  afterEach(clearPage);

  const distanceToEnd = (): number => scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
  const row = (id: string): Element => deep(chat.renderRoot, `article[data-message-id="${id}"]`)!;
  const jump = (): HTMLElement | undefined => deep(chat.renderRoot, '.jump');
  async function scrollTo(top: number): Promise<void> {
    scroller.scrollTop = top;
    await nextFrame();
    await drawn(chat);
  }
  async function settle(): Promise<void> {
    session.flush();
    await drawn(chat);
  }

  it('begins at the end', () => {
    expect(distanceToEnd()).to.be.below(2);
    expect(jump()).to.not.exist;
  });

  it('follows an answer that grows while the reader is at the end', async () => {
    const run = await ask(session);
    for (let line = 0; line < 10; line++) {
      run.append(`Line ${line} of a long answer.\n\n`);
      await settle();
      expect(distanceToEnd()).to.be.below(2);
    }
  });

  it('stays where the reader is, to the pixel, while an answer grows', async () => {
    const run = await ask(session);
    run.append('It begins');
    await settle();
    await scrollTo(scroller.scrollTop - 300);
    const before = row('m58').getBoundingClientRect().top;
    for (let line = 0; line < 10; line++) {
      run.append(`Line ${line} of a long answer.\n\n`);
      await settle();
    }
    expect(row('m58').getBoundingClientRect().top).to.be.closeTo(before, 1);
  });

  it('begins at the end of another conversation, wherever the reader was in the one before', async () => {
    await scrollTo(scroller.scrollTop - 300);
    const other = createMemorySession({pageSize: 20});
    other.load(exchange(12).map((message) => ({...message, id: `other-${message.id}`})));
    other.flush();
    chat.session = other;
    await drawn(chat);
    expect(distanceToEnd()).to.be.below(2);
    expect(jump() === undefined, 'nothing to jump to').to.equal(true);
  });

  it('tells how much is new, and goes there', async () => {
    await scrollTo(scroller.scrollTop - 400);
    session.receive(said('n1', 'Hello', {clientId: 'ana'}));
    session.receive(said('n2', 'Anybody?', {clientId: 'ana'}));
    await session.dispatch({type: 'send', text: 'Mine, from another tab'});
    await settle();
    expect(jump()!.getAttribute('aria-label')).to.equal('Jump to latest, 2 new messages');
    jump()!.click();
    await waitUntil(() => distanceToEnd() < 2);
    await drawn(chat);
    expect(jump()).to.not.exist;
  });

  it('glides there where motion is welcome, and still follows what grows meanwhile', async () => {
    const run = await ask(session);
    run.append('It begins');
    await settle();
    await scrollTo(scroller.scrollTop - 1500);
    jump()!.click();
    expect(distanceToEnd(), 'it is not there at once').to.be.above(100);
    run.append('\n\nIt goes on.\n\nAnd on.');
    await waitUntil(() => distanceToEnd() < 2, 'it arrives at the end');
  });

  it('loads older messages ahead, and the reader stays in place to the pixel', async () => {
    await scrollTo(700);
    const before = row('m44').getBoundingClientRect().top;
    // What is drawn ahead may have changed how far that is from the start.
    await scrollTo(scroller.scrollTop - 300);
    await waitUntil(() => session.snapshot.messages.length === 40, 'a page was loaded');
    await settle();
    expect(row('m44').getBoundingClientRect().top).to.be.closeTo(before + 300, 1);
  });

  it('loads until the room is filled', async () => {
    clearPage();
    session = createMemorySession({pageSize: 2});
    session.load(exchange(30));
    chat = Object.assign(document.createElement('agent-chat'), {session});
    chat.style.setProperty('height', '1200px');
    await place(chat);
    scroller = deep(chat.renderRoot, '.scroller')!;
    await waitUntil(() => scroller.scrollHeight > scroller.clientHeight);
    expect(distanceToEnd()).to.be.below(2);
  });

  it('says when older messages could not be loaded, and tries again only when asked', async () => {
    const real = session.dispatch.bind(session);
    let count = 0;
    session.dispatch = () => {
      count++;
      return Promise.reject(new SessionError('No right to read history.', {kind: 'capability'}));
    };
    await scrollTo(100);
    await waitUntil(() => shownText(chat).includes('Older messages could not be loaded'));
    await scrollTo(50);
    await scrollTo(0);
    expect(count).to.equal(1);
    session.dispatch = real;
    deep(chat.renderRoot, '.older button')!.click();
    await waitUntil(() => session.snapshot.messages.length === 40);
  });

  it('goes to the end when the person says something', async () => {
    await scrollTo(scroller.scrollTop - 600);
    deep(chat.renderRoot, 'textarea')!.focus();
    await type('I am here{Enter}');
    await waitUntil(() => distanceToEnd() < 2);
  });

  it('stays at the end when the room gets smaller, as by a keyboard on a screen', async () => {
    chat.style.setProperty('height', '300px');
    await drawn(chat);
    expect(distanceToEnd()).to.be.below(2);
  });

  it('is where it was after it has been moved in the page', async () => {
    const section = document.createElement('section');
    document.body.append(section);
    section.append(chat);
    await drawn(chat);
    expect(distanceToEnd()).to.be.below(2);
  });
});
