import '../../src/define.ts';
import {expect, waitUntil} from '@open-wc/testing';
import {SessionError} from '../../src/session/index.ts';
import type {LoadedMessage, MemorySession} from '../../src/testing/index.ts';
import {clearPage, drawn, place, shownText} from '../helpers/page.ts';
import {type FakeOpener, useFakeOpener} from '../helpers/sessions.ts';

type Inbox = HTMLElementTagNameMap['approval-inbox'];

describe('<approval-inbox>, where what waits is far back,', () => {
  let opener: FakeOpener;
  let inbox: Inbox;

  beforeEach(() => {
    opener = useFakeOpener();
  });
  afterEach(clearPage);

  async function show(attributes: Record<string, string>): Promise<void> {
    inbox = document.createElement('approval-inbox');
    for (const [name, value] of Object.entries(attributes)) inbox.setAttribute(name, value);
    await place(inbox);
  }
  const session = (channel: string): MemorySession => opener.sessionOf(channel) as MemorySession;
  async function settle(channel: string): Promise<void> {
    session(channel).flush();
    session(channel).state.flush();
    await drawn(inbox);
    await drawn(inbox);
  }
  const cards = (): HTMLElement[] => [...inbox.renderRoot.querySelectorAll<HTMLElement>('[data-approval]')];

  const asking: LoadedMessage = {id: 'asks', role: 'assistant', parts: [{type: 'tool-bookFlight', toolCallId: 'call', state: 'approval-requested', input: {to: 'LIS'}, approval: {id: 'call'}}]};
  const said = (count: number): LoadedMessage[] => Array.from({length: count}, (_, index) => ({id: `m${index}`, role: 'user', parts: [{type: 'text', text: `Message ${index}`}]}));
  const loads = (channel: string): number => session(channel).dispatched.filter(({type: kind}) => kind === 'load-older').length;
  const isFound = (): Promise<void> => waitUntil(() => cards().length === 1, 'what waits is shown');

  async function showIndexed(messages: readonly LoadedMessage[]): Promise<void> {
    await show({'index-channel': 'approvals', 'conversation-url': '/operator?session={channel}'});
    session('approvals').state.receive('approvals', {'trip:rome': {since: 5}});
    await settle('approvals');
    session('trip:rome').load(messages);
    await settle('trip:rome');
  }
  function hide(isHidden: boolean): void {
    Object.defineProperty(document, 'visibilityState', {configurable: true, value: isHidden ? 'hidden' : 'visible'});
    document.dispatchEvent(new Event('visibilitychange'));
  }
  afterEach(() => Reflect.deleteProperty(document, 'visibilityState'));

  it('looks for it in the conversations of the index, page by page, and no further', async () => {
    await showIndexed([...said(150), asking, ...said(170)]);
    await isFound();
    await settle('trip:rome');
    expect(loads('trip:rome')).to.equal(2);
    expect(session('trip:rome').snapshot.history.hasOlder).to.be.true;
  });

  it('does not look while the page is hidden, nor where the index names nothing', async () => {
    hide(true);
    await showIndexed([asking, ...said(60)]);
    await settle('trip:rome');
    expect(loads('trip:rome')).to.equal(0);
    expect(shownText(inbox)).to.contain('Looking for what waits');
    hide(false);
    await isFound();
    inbox.remove();
    await show({channels: 'trip:porto'});
    session('trip:porto').load([asking, ...said(60)]);
    await settle('trip:porto');
    expect(loads('trip:porto')).to.equal(0);
  });

  it('says where it has looked far enough, and leads to the conversation', async () => {
    await showIndexed([asking, ...said(700)]);
    await waitUntil(() => inbox.renderRoot.querySelector('[part="further"]') !== null, 'it says that it has given up');
    expect(session('trip:rome').snapshot.messages).to.have.length(530);
    expect(shownText(inbox)).to.contain('trip:rome').and.to.contain('further back').and.not.to.contain('Nothing waits');
    expect(inbox.renderRoot.querySelector('a')!.getAttribute('href')).to.equal('/operator?session=trip%3Arome');
    await expect(inbox).to.be.accessible();
  });

  it('does not ask again for what cannot be had', async () => {
    await show({'index-channel': 'approvals'});
    session('approvals').state.receive('approvals', {'trip:rome': {since: 5}});
    await settle('approvals');
    let count = 0;
    session('trip:rome').dispatch = () => {
      count++;
      return Promise.reject(new SessionError('No right to read history.', {kind: 'capability'}));
    };
    session('trip:rome').load([asking, ...said(60)]);
    await settle('trip:rome');
    await waitUntil(() => inbox.renderRoot.querySelector('[part="further"]') !== null, 'it says that it has given up');
    expect(count).to.equal(1);
  });
});
