import '../../src/define.ts';
import {expect, oneEvent, waitUntil} from '@open-wc/testing';
import type {AgentErrorEvent} from '../../src/events.ts';
import type {Recording} from '../../src/replay/recording.ts';
import {createMemorySession} from '../../src/testing/index.ts';
import {said} from '../helpers/conversation.ts';
import {clearPage, place, shownText} from '../helpers/page.ts';

const recording: Recording = {
  format: 'agent-session-recording', version: 1, clientId: 'person-1', duration: 100_000,
  events: [
    {at: 0, type: 'message', message: {id: 'q', role: 'user', clientId: 'person-1', mine: true, delivery: 'sent', parts: [{type: 'text', text: 'Where to?'}]}},
    {at: 0, type: 'messages', ids: ['q']},
    {at: 100_000, type: 'message', message: {id: 'a', role: 'assistant', clientId: 'agent-1', mine: false, delivery: 'sent', parts: [{type: 'text', text: 'To Lisbon.', state: 'done'}]}},
    {at: 100_000, type: 'messages', ids: ['q', 'a']},
  ],
};

const addressOf = (value: unknown): string => URL.createObjectURL(new Blob([JSON.stringify(value)], {type: 'application/json'}));

type Provider = HTMLElementTagNameMap['agent-session'];

async function provider(attributes: Record<string, string>): Promise<{element: Provider; chat: HTMLElementTagNameMap['agent-chat']}> {
  const element = document.createElement('agent-session');
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  const chat = document.createElement('agent-chat');
  element.append(chat);
  await place(element);
  return {element, chat};
}

describe('<agent-session src>', () => {
  afterEach(clearPage);

  it('plays a recording into the elements in it', async () => {
    const {element, chat} = await provider({src: addressOf(recording)});
    await waitUntil(() => shownText(chat).includes('Where to?'), 'the beginning is shown');
    expect(shownText(chat)).not.to.contain('To Lisbon.');
    expect(element.messages.map(({mine}) => mine)).to.deep.equal([true]);
    expect(shownText(element)).not.to.contain('no session');
  });

  it('shows all of it at once where it is told to', async () => {
    const {chat} = await provider({'src': addressOf(recording), 'replay-speed': 'instant'});
    await waitUntil(() => shownText(chat).includes('To Lisbon.'), 'the end is shown');
  });

  it('plays it from the beginning when it is asked to', async () => {
    const {element, chat} = await provider({'src': addressOf(recording), 'replay-speed': 'instant'});
    await waitUntil(() => element.messages.length === 2, 'the end is shown');
    element.replaySpeed = 1;
    await element.replay();
    await waitUntil(() => !shownText(chat).includes('To Lisbon.'), 'it is at its beginning');
  });

  it('gives way to a session of the page, and leaves it when src goes', async () => {
    const {element, chat} = await provider({'src': addressOf(recording), 'replay-speed': 'instant'});
    await waitUntil(() => element.messages.length === 2, 'the end is shown');
    const session = createMemorySession();
    session.load([said('1', 'Hello')]);
    element.session = session;
    await waitUntil(() => shownText(chat).includes('Hello'), 'the session of the page is shown');
    element.removeAttribute('src');
    await element.updateComplete;
    expect(element.session).to.equal(session);
  });

  it('says which file is no recording, and what to do', async () => {
    const element = document.createElement('agent-session');
    element.src = addressOf({hello: 1});
    const told = oneEvent<AgentErrorEvent>(element, 'agent-error');
    await place(element);
    expect((await told).error.message).to.contain('is not a recorded session');
    await waitUntil(() => shownText(element).includes('exportRecording()'), 'it says what to give');
  });

  it('exports what went on since it was told to record, with names scrubbed, as a file that it plays itself', async () => {
    const {element} = await provider({record: ''});
    const session = createMemorySession({clientId: 'ana@example.org'});
    element.session = session;
    await element.updateComplete;
    await element.exportRecording();
    await element.send('Where to?');
    const run = session.startRun();
    run.append('To ');
    session.flush();
    run.append('Lisbon, ana@example.org.');
    session.flush();
    run.end();
    session.flush();
    const exported = await element.exportRecording();
    expect(exported.events.filter(({type}) => type === 'text')).to.have.length(1);
    expect(JSON.stringify(exported)).not.to.contain('ana@');
    const {element: player, chat} = await provider({'src': addressOf(exported), 'replay-speed': 'instant'});
    await waitUntil(() => shownText(chat).includes('To Lisbon, person-1.'), 'the export is shown');
    expect(player.messages.map(({mine}) => mine)).to.deep.equal([true, false]);
  });

  it('cannot export before there is a session', async () => {
    const element = await place(document.createElement('agent-session'));
    const failure: unknown = await element.exportRecording().catch((error: unknown) => error);
    expect(String(failure)).to.contain('There is no session yet');
  });
});
