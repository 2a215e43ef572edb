import {expect} from '@open-wc/testing';
import type {DataPart, ToolPart} from '../../src/session/index.ts';
import type {MountedPart, PartContext, PartMounter} from '../../src/index.ts';
import {useChat} from '../helpers/chat.ts';
import {answered, ask, exchange} from '../helpers/conversation.ts';
import {useLongChat} from '../helpers/long-chat.ts';
import {drawn, nextFrame, shownText} from '../helpers/page.ts';

const tool = (fields: Partial<ToolPart> = {}): ToolPart => ({type: 'tool-getWeather', toolCallId: 'call', state: 'output-available', input: {city: 'Lisbon'}, output: {degrees: 24}, ...fields});

/** Mounts a component as a framework does: made once, told of what changed, ended once. */
class Mounter implements PartMounter {
  readonly places: HTMLElement[] = [];
  readonly parts: (ToolPart & DataPart)[] = [];
  context: PartContext | undefined;
  unmounted = 0;
  failing: 'mount' | 'update' | undefined;

  mount(place: HTMLElement, part: ToolPart & DataPart, context: PartContext): MountedPart {
    if (this.failing === 'mount') throw new Error('broken component');
    this.places.push(place);
    const component = document.createElement('p');
    component.className = 'component';
    place.append(component);
    const update = (next: ToolPart & DataPart): void => {
      if (this.failing === 'update') throw new Error('broken component');
      this.parts.push(next);
      component.textContent = `${((next.output ?? next.data) as {degrees: number}).degrees} degrees`;
    };
    this.context = context;
    update(part);
    return {update, unmount: () => (this.unmounted += 1)};
  }
}

describe('<agent-chat>, with components of the page’s own,', () => {
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

  const component = (): HTMLElement => {
    const found = page.chat.querySelector<HTMLElement>('.component');
    if (!found) throw new Error('No component is mounted.');
    return found;
  };

  it('mounts one in a child of its own, in the place of the part and under the styles of the page', async () => {
    const styles = new CSSStyleSheet();
    styles.replaceSync('.component { letter-spacing: 7px; }');
    document.adoptedStyleSheets.push(styles);
    const run = await ask(page.session);
    run.part(tool());
    const mounter = new Mounter();
    await page.show({renderers: {getWeather: mounter}});
    expect(component().parentElement?.parentElement).to.equal(page.chat);
    expect(shownText(page.find('.own'))).to.equal('24 degrees');
    expect(page.has('.tool')).to.be.false;
    expect(component().offsetHeight).to.be.above(0);
    expect(getComputedStyle(component()).letterSpacing).to.equal('7px');
    expect(getComputedStyle(component()).color).to.equal(getComputedStyle(page.find('.own')).color);
    expect(mounter.context).to.include({session: page.session, streaming: true, locale: 'en'});
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== styles);
  });

  it('tells it of every change of the part, by another object, and of nothing beside it', async () => {
    const run = await ask(page.session);
    run.part(tool({output: {degrees: 1}}));
    const mounter = new Mounter();
    await page.show({renderers: {getWeather: mounter}});
    const first = component();
    run.part(tool({output: {degrees: 2}}));
    await page.settle();
    expect(component()).to.equal(first);
    expect(first.textContent).to.equal('2 degrees');
    const {length} = mounter.parts;
    expect(new Set(mounter.parts).size).to.equal(2);
    run.append('It is warm.');
    await page.settle();
    expect(mounter.parts).to.have.length(length);
    expect(mounter.places).to.have.length(1);
  });

  it('mounts one for each part, and takes it away where its message goes', async () => {
    const run = await ask(page.session);
    run.part(tool());
    run.part(tool({toolCallId: 'second', output: {degrees: 3}}));
    const mounter = new Mounter();
    await page.show({renderers: {getWeather: mounter}});
    expect([...page.chat.querySelectorAll('.component')].map(({textContent}) => textContent)).to.deep.equal(['24 degrees', '3 degrees']);
    page.session.load([answered('other', 'Another conversation')]);
    await page.settle();
    expect(mounter.unmounted).to.equal(2);
    expect(page.chat.childElementCount).to.equal(0);
  });

  it('unmounts where the conversation leaves the page, and mounts again with what has come where it is back', async () => {
    const run = await ask(page.session);
    run.part(tool());
    const mounter = new Mounter();
    await page.show({renderers: {getWeather: mounter}});
    page.chat.remove();
    expect(mounter.unmounted, 'not while a framework removes it').to.equal(0);
    await nextFrame();
    expect(mounter.unmounted).to.equal(1);
    expect(page.chat.childElementCount).to.equal(0);
    run.part(tool({output: {degrees: 9}}));
    document.body.append(page.chat);
    await page.settle();
    expect(component().textContent).to.equal('9 degrees');
    expect(mounter.places).to.have.length(2);
    expect(page.chat.childElementCount).to.equal(1);
  });

  it('leaves it alone where the conversation is only moved', async () => {
    const run = await ask(page.session);
    run.part(tool());
    const mounter = new Mounter();
    await page.show({renderers: {getWeather: mounter}});
    const first = component();
    document.body.append(document.createElement('main'));
    document.querySelector('main')?.append(page.chat);
    await drawn(page.chat);
    expect(component()).to.equal(first);
    expect(mounter.unmounted).to.equal(0);
  });

  it('takes another renderer in its place', async () => {
    const run = await ask(page.session);
    run.part(tool());
    const [first, second] = [new Mounter(), new Mounter()];
    await page.show({renderers: {getWeather: first}});
    page.chat.renderers = {getWeather: second};
    await drawn(page.chat);
    expect([first.unmounted, second.places.length]).to.deep.equal([1, 1]);
    page.chat.renderers = {getWeather: () => 'text'};
    await drawn(page.chat);
    expect(second.unmounted).to.equal(1);
    expect(page.chat.childElementCount).to.equal(0);
    expect(shownText(page.find('.own'))).to.equal('text');
    page.chat.renderers = {};
    await drawn(page.chat);
    expect(page.has('.tool')).to.be.true;
  });

  for (const failing of ['mount', 'update'] as const) {
    it(`shows the default card, with one warning, where ${failing} fails`, async () => {
      const run = await ask(page.session);
      const type = `tool-fails-to-${failing}` as const;
      run.part(tool({type}));
      const mounter = new Mounter();
      if (failing === 'mount') mounter.failing = failing;
      await page.show({renderers: {[`fails-to-${failing}`]: mounter}});
      mounter.failing = failing;
      run.part(tool({type, output: {degrees: 4}}));
      await page.settle();
      expect(page.has('.tool')).to.be.true;
      expect(page.has('.own')).to.be.false;
      expect(page.chat.childElementCount).to.equal(0);
      expect(warnings.filter((text) => text.includes('broken component'))).to.have.length(1);
    });
  }
});

describe('<agent-chat>, with a component of the page’s own far from what is shown,', () => {
  const page = useLongChat();

  it('keeps it while a person is at work in it, and no longer', async () => {
    const messages = exchange(300);
    messages.splice(292, 1, {id: 'with-data', role: 'assistant', parts: [{type: 'data-weather', data: {degrees: 24}}]});
    page.session.load(messages);
    const mounter = new Mounter();
    await page.show({renderers: {'data-weather': mounter}}, '600px');
    await page.atRest();
    const [place] = mounter.places;
    const field = document.createElement('input');
    place!.append(field);
    field.focus({preventScroll: true});
    await page.scrollTo(0);
    await page.atRest();
    expect(document.activeElement === field).to.be.true;
    field.value = 'typed';
    field.blur();
    await page.scrollTo(1000);
    await page.atRest();
    expect(field.isConnected).to.be.true;
    field.value = '';
    await page.scrollTo(0);
    await page.atRest();
    expect(field.isConnected).to.be.false;
    expect([mounter.places.length, mounter.unmounted]).to.deep.equal([1, 1]);
  });
});
