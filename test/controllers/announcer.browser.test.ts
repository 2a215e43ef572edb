import {expect} from '@open-wc/testing';
import {LitElement} from 'lit';
import {Announcer} from '../../src/controllers/announcer.ts';
import {type ConnectionProperties, connectionProperties} from '../../src/controllers/connection-properties.ts';
import {SessionError, textOf} from '../../src/session/index.ts';
import {createMemorySession, type MemorySession} from '../../src/testing/index.ts';
import {useClock} from '../helpers/clock.ts';
import {answered, ask, said} from '../helpers/conversation.ts';
import {clearPage} from '../helpers/page.ts';

class AnnouncingElement extends LitElement {
  static override properties = connectionProperties;
  readonly region = document.createElement('div');

  constructor() {
    super();
    new Announcer(this, {
      region: () => this.region,
      words: () => ({
        locale: 'en', codeBlock: 'Code block.', offline: 'Offline.', online: 'Online.',
        started: (run) => `${run.agentId ?? ''} starts.`,
        ended: (run) => `Ended: ${run.status}.`,
        asks: ({toolName}) => `asks: ${toolName}`,
        decided: ({toolName, decision}) => `${toolName}: ${decision?.clientId ?? ''}`,
        undelivered: ({delivery}) => `Mine: ${delivery}.`,
        said: (message, text) => `${message.clientId ?? ''}: ${text}`,
      }),
    });
  }
}
interface AnnouncingElement extends ConnectionProperties {}
customElements.define('test-announcing', AnnouncingElement);

describe('the announcer', () => {
  let session: MemorySession;
  let element: AnnouncingElement;
  const clock = useClock();
  /** What has been announced since the last time. */
  async function heard(ms: number): Promise<string> {
    element.region.replaceChildren();
    session.flush();
    await clock.pass(ms);
    return element.region.textContent;
  }

  beforeEach(async () => {
    session = createMemorySession({agentId: 'planner', schedule: () => () => undefined});
    element = new AnnouncingElement();
    element.session = session;
    document.body.append(element);
    await element.updateComplete;
  });
  afterEach(clearPage);

  it('says that an answer begins, then its finished sentences every few seconds, then how it ended', async () => {
    const run = await ask(session);
    expect(await heard(200)).to.equal('planner starts.');
    run.append('Lisbon is **mild**. It is al');
    expect(await heard(200)).to.equal('');
    expect(await heard(3200)).to.equal('Lisbon is mild.');
    run.append('so dry.');
    run.end();
    expect(await heard(200)).to.equal('It is also dry. Ended: complete.');
  });

  it('never floods: any number of tokens is one announcement', async () => {
    const run = await ask(session);
    await heard(200);
    const said: string[] = [];
    for (let token = 0; token < 40; token++) {
      run.append('A sentence. ');
      const now = await heard(100);
      if (now !== '') said.push(now);
    }
    expect(said).to.have.length(1);
  });

  it('says what others say at once, and nothing that the person said', async () => {
    session.receive(said('1', 'Hello', {clientId: 'ana'}));
    await session.dispatch({type: 'send', text: 'Mine'});
    expect(await heard(200)).to.equal('ana: Hello');
  });

  it('is silent about what history brings', async () => {
    session.setHistory({state: 'loading'});
    session.flush();
    session.load([answered('1', 'Long ago')]);
    expect(await heard(4000)).to.equal('');
  });

  it('is silent about what was said before its element came, also where the session has not told it yet', async () => {
    element.remove();
    session.load([answered('1', 'Long ago')]);
    session.startRun({id: 'r1'});
    document.body.append(element);
    await element.updateComplete;
    expect(await heard(4000)).to.equal('');
    session.receive(said('2', 'Hello', {clientId: 'ana'}));
    expect(await heard(200)).to.equal('ana: Hello');
  });

  it('is silent about what was said in another conversation that is shown instead', async () => {
    const other = createMemorySession({agentId: 'planner', schedule: () => () => undefined});
    other.load([answered('1', 'Long ago')]);
    other.flush();
    element.session = other;
    await element.updateComplete;
    expect(await heard(4000)).to.equal('');
  });

  it('says when the line goes and returns', async () => {
    session.setConnection('offline');
    expect(await heard(200)).to.equal('Offline.');
    session.setConnection('connected');
    expect(await heard(200)).to.equal('Online.');
  });

  it('says when a message of the person has to wait, or was refused', async () => {
    session.setConnection('offline');
    await session.dispatch({type: 'send', text: 'Hello'});
    expect(await heard(200)).to.equal('Offline. Mine: queued.');
    session.failMessage('message-1', new SessionError('No.', {kind: 'capability'}));
    expect(await heard(200)).to.equal('Mine: failed.');
  });

  it('leaves nothing to be read twice', async () => {
    session.setConnection('offline');
    expect(await heard(200)).to.equal('Offline.');
    await clock.pass(10_000);
    expect(element.region.textContent).to.equal('');
  });

  it('says nothing any more once its element has left', async () => {
    const run = await ask(session);
    run.append('One. Two. ');
    session.flush();
    element.remove();
    await clock.pass(5000);
    expect(element.region.textContent).to.equal('');
  });

  it('says the whole text of an answer', async () => {
    const run = await ask(session);
    let all = '';
    for (const piece of ['First. ', 'Sec', 'ond. Thi', 'rd. Fourth']) {
      run.append(piece);
      all += await heard(3300);
    }
    run.end();
    all += ` ${await heard(200)}`;
    for (const word of textOf(session.snapshot.messages.at(-1)!).split(' ')) expect(all).to.contain(word);
  });
});
