import {expect} from '@open-wc/testing';
import {SessionError} from '../../src/session/index.ts';
import {createMemorySession} from '../../src/testing/index.ts';
import {make, useBoundPage} from '../helpers/bound-page.ts';
import {useClock} from '../helpers/clock.ts';
import {drawn, place, shownText} from '../helpers/page.ts';

const tooFast = new SessionError('Too many changes.', {kind: 'channel', hint: 'Wait a moment.'});
const unreadable = new SessionError('The part that shares state could not be loaded.', {kind: 'connection', hint: 'Reload the page.'});

describe('<shared-state>, before all is there,', () => {
  const page = useBoundPage();
  const clock = useClock();
  let input: HTMLInputElement;

  beforeEach(() => {
    input = make('input', {name: 'city'});
  });
  const provide = async (provider: HTMLElementTagNameMap['agent-session']): Promise<void> => {
    provider.session = page.session;
    await drawn(provider);
    await page.settle();
  };
  /** As after sign-in: the provider is in the page, and has no session. */
  const showWithout = async (...content: HTMLElement[]): Promise<HTMLElementTagNameMap['agent-session']> => {
    const provider = await place(make('agent-session'));
    page.element = await place(make('shared-state', {}, ...content), provider);
    return provider;
  };

  it('keeps what is changed in a field until there is a session, and writes it then', async () => {
    const provider = await showWithout(input);
    await page.type(input, 'Porto', 'change');
    expect(shownText(page.element)).not.to.contain('Not saved');
    await provide(provider);
    expect([input.value, page.root]).to.deep.equal(['Porto', {city: 'Porto'}]);
    expect(shownText(page.element)).not.to.contain('Not saved');
  });

  it('keeps it also after it was said that no session is named', async () => {
    const provider = await showWithout(input);
    await clock.pass(400);
    await page.type(input, 'Porto', 'change');
    await drawn(page.element);
    expect(input.value).to.equal('Porto');
    expect(shownText(page.element)).not.to.contain('Not saved');
    await provide(provider);
    expect([input.value, page.root]).to.deep.equal(['Porto', {city: 'Porto'}]);
  });

  it('writes the value that the page gave it, too', async () => {
    const provider = await showWithout();
    page.element.value = {city: 'Porto'};
    await drawn(page.element);
    await provide(provider);
    expect(page.root).to.deep.equal({city: 'Porto'});
  });

  it('rejects what a script sets while there is no session', async () => {
    await showWithout(input);
    const refused = await page.element.set('city', 'Porto').catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(SessionError);
    expect((refused as SessionError).message).to.contain('There is no session yet');
  });

  it('keeps it over leaving the page and coming back with a session that was opened anew', async () => {
    await page.show({content: [input]});
    page.session.state.setStatus({status: 'loading'});
    await page.type(input, 'Porto', 'change');
    page.element.remove();
    await clock.pass(0);
    page.session = page.element.session = createMemorySession();
    await place(page.element);
    await page.settle();
    expect([input.value, page.root]).to.deep.equal(['Porto', {city: 'Porto'}]);
  });

  it('keeps it while the state cannot be read, and writes it when it can be again', async () => {
    await page.show({content: [input]});
    page.session.state.setStatus({status: 'loading'});
    await page.type(input, 'Porto', 'change');
    page.session.state.setStatus({status: 'failed', error: unreadable});
    await page.settle();
    expect([input.value, input.readOnly]).to.deep.equal(['Porto', true]);
    expect(shownText(page.element)).to.contain('could not be loaded');
    page.session.state.setStatus({status: 'ready', error: undefined});
    await page.settle();
    expect([input.value, input.readOnly, page.root]).to.deep.equal(['Porto', false, {city: 'Porto'}]);
  });

  it('takes nothing of it along into another conversation', async () => {
    await page.show({content: [input]});
    page.session.state.setStatus({status: 'loading'});
    await page.type(input, 'Porto', 'change');
    page.session = page.element.session = createMemorySession({channel: 'another'});
    page.session.state.receive('city', 'Faro');
    await drawn(page.element);
    await page.settle();
    expect([input.value, page.root]).to.deep.equal(['Faro', {city: 'Faro'}]);
  });

  it('keeps what was refused when the same conversation is opened anew, and forgets it in another one', async () => {
    await page.show({content: [input]});
    page.session.state.refuseWrites(tooFast);
    await page.type(input, 'Porto', 'change');
    page.session = page.element.session = createMemorySession();
    await drawn(page.element);
    await page.settle();
    expect(shownText(page.element)).to.contain('You wrote: Porto');
    page.session = page.element.session = createMemorySession({channel: 'another'});
    await drawn(page.element);
    await page.settle();
    expect(shownText(page.element)).not.to.contain('Porto');
  });

  it('adds to a counter that was not known yet, instead of overwriting it', async () => {
    const votes = make('input', {type: 'number', name: 'votes'});
    page.session.state.setStatus({status: 'loading'});
    await page.show({content: [votes]});
    await page.type(votes, '6', 'change');
    await page.type(votes, '7', 'change');
    page.session.state.receive('votes', 5, {isCounter: true});
    page.session.state.setStatus({status: 'ready'});
    await page.settle();
    await page.settle();
    expect([votes.value, page.root, page.session.state.kindOf('votes')]).to.deep.equal(['7', {votes: 7}, 'counter']);
    expect(page.writes).to.deep.equal([['increment', 'votes', 2]]);
  });

  it('removes a number that was emptied before it was known', async () => {
    const nights = make('input', {type: 'number', name: 'nights', value: '2'});
    page.session.state.setStatus({status: 'loading'});
    await page.show({content: [nights]});
    await page.type(nights, '', 'change');
    page.session.state.receive('nights', 3);
    page.session.state.setStatus({status: 'ready'});
    await page.settle();
    await page.settle();
    expect([nights.value, page.root]).to.deep.equal(['', {}]);
  });

  it('makes several early changes of one field one edit, of a control too that is gone by then', async () => {
    page.session.state.setStatus({status: 'loading'});
    await page.show({content: [input]});
    for (const text of ['Por', 'Port', 'Porto']) await page.type(input, text, 'change');
    input.remove();
    await page.settle();
    page.session.state.setStatus({status: 'ready'});
    await page.settle();
    expect(page.writes).to.deep.equal([['set', 'city', 'Porto']]);
  });
});
