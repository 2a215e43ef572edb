import {expect} from '@open-wc/testing';
import {html, LitElement, type TemplateResult} from 'lit';
import type {DataPart, SessionMessage, ToolPart} from '../../src/session/index.ts';
import type {PartRenderer} from '../../src/index.ts';
import {askApproval, useChat} from '../helpers/chat.ts';
import {ask} from '../helpers/conversation.ts';
import {drawn, place, shownText} from '../helpers/page.ts';

const tool = (fields: Partial<ToolPart> = {}): ToolPart => ({type: 'tool-getWeather', toolCallId: 'call', state: 'output-available', input: {city: 'Lisbon'}, output: {degrees: 24}, ...fields});

class WeatherCard extends LitElement {
  static override properties = {messagePart: {attribute: false}, message: {attribute: false}};
  declare messagePart?: ToolPart;
  declare message?: SessionMessage;
  draws = 0;

  protected override render(): TemplateResult {
    this.draws++;
    const {degrees} = (this.messagePart?.output ?? {}) as {degrees?: number};
    return html`${degrees} degrees`;
  }
}
customElements.define('weather-card', WeatherCard);

class BrokenFromTheStart extends HTMLElement {
  constructor() {
    super();
    throw new Error('broken from the start');
  }
}
customElements.define('broken-from-the-start', BrokenFromTheStart);

class PickyCard extends LitElement {
  static override properties = {messagePart: {attribute: false}};
  declare messagePart?: ToolPart;

  protected override render(): TemplateResult {
    const {degrees} = (this.messagePart?.output ?? {}) as {degrees?: number};
    if (degrees === undefined || degrees < 0) throw new Error(`no such weather: ${String(degrees)}`);
    return html`${degrees} degrees`;
  }
}
customElements.define('picky-card', PickyCard);

describe('<agent-chat>, with views of the page’s own,', () => {
  const page = useChat();
  let warnings: string[] = [];
  const {warn} = console;

  beforeEach(() => {
    warnings = [];
    console.warn = (...words: unknown[]) => warnings.push(words.join(' '));
  });
  afterEach(() => {
    console.warn = warn;
  });

  async function shown(name: string, renderer: PartRenderer | string, part: ToolPart | DataPart = tool()): Promise<void> {
    const run = await ask(page.session);
    run.part(part);
    await page.show({renderers: {[name]: renderer}});
  }

  it('shows the node, the template or the text that a function gives, and text never as HTML', async () => {
    const node = document.createElement('b');
    node.textContent = 'a node';
    await shown('getWeather', () => node);
    expect(page.find('.own').firstElementChild).to.equal(node);
    page.chat.renderers = {getWeather: ({output}) => html`<i>${(output as {degrees: number}).degrees} degrees</i>`};
    await drawn(page.chat);
    expect(shownText(page.find('.own'))).to.equal('24 degrees');
    page.chat.renderers = {getWeather: () => '<b>text</b>'};
    await drawn(page.chat);
    expect(page.find('.own').textContent).to.equal('<b>text</b>');
    expect(page.has('.own b')).to.be.false;
    expect(warnings).to.be.empty;
  });

  it('tells a function of the message, the session, and whether it is being written', async () => {
    let seen: unknown;
    await shown('data-weather', (part, context) => {
      seen = {type: part.type, id: context.message.id, session: context.session, streaming: context.streaming, locale: context.locale};
      return '';
    }, {type: 'data-weather', data: 1});
    expect(seen).to.deep.equal({type: 'data-weather', id: 'run-2-message', session: page.session, streaming: true, locale: 'en'});
  });

  it('leaves a part that a function has no view of to the default card, and shows nothing where it gives null', async () => {
    await shown('getWeather', () => undefined);
    expect(page.find('.tool').dataset.state).to.equal('done');
    page.chat.renderers = {getWeather: () => null};
    await drawn(page.chat);
    expect(page.has('.tool')).to.be.false;
  });

  it('keeps an element as its part changes, gives it the new one, and leaves it alone for the text beside it', async () => {
    const run = await ask(page.session);
    run.part(tool({output: {degrees: 1}}));
    await page.show({renderers: {getWeather: 'weather-card'}});
    const element = page.find('weather-card') as WeatherCard;
    expect(element.message?.id).to.equal(run.messageId);
    run.part(tool({output: {degrees: 2}}));
    await page.settle();
    expect(shownText(element)).to.equal('2 degrees');
    const {draws} = element;
    run.append('It is warm.');
    await page.settle();
    expect(element.draws).to.equal(draws);
    expect(page.find('weather-card')).to.equal(element);
  });

  it('falls back to the default card, with one warning, where a function throws', async () => {
    const run = await ask(page.session);
    run.part(tool());
    run.part(tool({toolCallId: 'second'}));
    await page.show({renderers: {getWeather: () => {
      throw new Error('broken view');
    }}});
    expect(page.chat.renderRoot.querySelectorAll('.tool')).to.have.length(2);
    expect(warnings.filter((text) => text.includes('broken view'))).to.have.length(1);
  });

  it('falls back where a template of a function cannot be drawn, and recovers', async () => {
    let isBroken = true;
    const bad = {
      get degrees(): number {
        if (isBroken) throw new Error('late failure');
        return 24;
      },
    };
    const run = await ask(page.session);
    run.part(tool());
    await page.show({renderers: {getWeather: () => html`${[1].map(() => bad.degrees)}`}});
    expect(page.has('.tool')).to.be.true;
    isBroken = false;
    run.part(tool({output: {degrees: 3}}));
    await page.settle();
    expect(shownText(page.find('.own'))).to.equal('24');
  });

  it('warns once of a function that fails in many ways', async () => {
    const run = await ask(page.session);
    run.part(tool({type: 'tool-readText', output: '{"a'}));
    await page.show({renderers: {readText: ({output}) => JSON.stringify(JSON.parse(output as string))}});
    run.part(tool({type: 'tool-readText', output: '{"ab": "'}));
    await page.settle();
    expect(page.has('.tool')).to.be.true;
    run.part(tool({type: 'tool-readText', output: '{"ab": "c"}'}));
    await page.settle();
    expect(page.has('.tool')).to.be.false;
    expect(shownText(page.find('.own'))).to.equal('{"ab":"c"}');
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.contain('"readText"').and.to.contain('SyntaxError');
  });

  it('falls back, with one warning, where an element cannot be made', async () => {
    await shown('makeNothing', 'broken-from-the-start', tool({type: 'tool-makeNothing'}));
    expect(page.find('.tool').dataset.state).to.equal('done');
    expect(page.has('broken-from-the-start')).to.be.false;
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.contain('"makeNothing"').and.to.contain('broken from the start');
  });

  it('falls back, with one warning, where an element cannot draw what it was given, and asks it again with the next', async () => {
    const part = (degrees: number): ToolPart => tool({type: 'tool-pickWeather', output: {degrees}});
    const run = await ask(page.session);
    run.part(part(-1));
    await page.show({renderers: {pickWeather: 'picky-card'}});
    expect(page.find('.tool').dataset.state).to.equal('done');
    expect(page.has('picky-card')).to.be.false;
    run.part(part(5));
    await page.settle();
    expect(shownText(page.find('picky-card'))).to.equal('5 degrees');
    expect(page.has('.tool')).to.be.false;
    run.part(part(-2));
    await page.settle();
    expect(page.has('.tool')).to.be.true;
    expect(page.has('picky-card')).to.be.false;
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.contain('"pickWeather"').and.to.contain('no such weather: -1');
  });

  it('falls back with one warning where a tag is not defined, until it is', async () => {
    await shown('getWeather', 'late-card');
    expect(page.has('.tool')).to.be.true;
    expect(warnings.filter((text) => text.includes('<late-card>'))).to.have.length(1);
    customElements.define('late-card', class extends HTMLElement {});
    await drawn(page.chat);
    await drawn(page.chat);
    expect(page.has('late-card')).to.be.true;
    expect(page.has('.tool')).to.be.false;
  });

  it('knows renderers by their own names only', async () => {
    await shown('other', () => 'other', tool({type: 'tool-toString'}));
    expect(page.has('.tool')).to.be.true;
  });

  it('asks the person all the same, whatever the page makes of the tool', async () => {
    await askApproval(page.session);
    await page.show({renderers: {bookFlight: () => 'My view'}});
    expect(shownText(page.find('.own'))).to.equal('My view');
    expect(page.button('Approve')).to.exist;
  });

  it('takes those of the <agent-session> around it too, the nearer one first, also when they come later', async () => {
    const run = await ask(page.session);
    run.part(tool());
    run.part({type: 'data-weather', data: 1});
    const around = document.createElement('agent-session');
    around.session = page.session;
    around.renderers = {'getWeather': () => 'from around', 'data-weather': () => 'data from around'};
    const chat = document.createElement('agent-chat');
    chat.renderers = {getWeather: () => 'from the chat'};
    around.append(chat);
    await place(around);
    await drawn(chat);
    expect(shownText(chat)).to.contain('from the chat').and.to.contain('data from around').and.not.to.contain('from around from');
    around.renderers = {'data-weather': () => 'later'};
    await drawn(around);
    await drawn(chat);
    expect(shownText(chat)).to.contain('from the chat').and.to.contain('later').and.not.to.contain('data from around');
    chat.renderers = undefined;
    await drawn(chat);
    expect(shownText(chat)).to.contain('Get weather');
  });
});
