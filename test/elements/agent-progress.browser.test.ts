import '../../src/define.ts';
import {expect} from '@open-wc/testing';
import {SessionError} from '../../src/session/index.ts';
import {createMemorySession, type MemorySession} from '../../src/testing/index.ts';
import {elementContract} from '../helpers/element-contract.ts';
import {itPrefers, prefer} from '../helpers/media.ts';
import {drawn, place, shownText} from '../helpers/page.ts';
import {tell, trip, useProgress} from '../helpers/progress.ts';
import {useFakeOpener} from '../helpers/sessions.ts';

elementContract('agent-progress', {
  states: {
    'empty': () => undefined,
    'with tasks of all kinds': (element) => tell(element.session as MemorySession),
    'by agent': (element) => {
      element.setAttribute('group-by', 'agent');
      tell(element.session as MemorySession);
    },
    'without the right to read': (element) => (element.session as MemorySession).state.setStatus({status: 'failed', error: new SessionError('No right.', {kind: 'capability'})}),
  },
});

describe('<agent-progress>', () => {
  const page = useProgress();

  it('shows what goes on, then what is over, the latest first', async () => {
    tell(page.session);
    await page.show();
    expect(page.labels()).to.deep.equal(['Planning', 'Finding flights', 'Finding rooms', 'Calling', 'Reading', 'Searching hostels']);
    expect(page.row('flights')).to.contain('Finding flights').and.to.contain('On the 14th').and.to.contain('3 of 8').and.to.contain('Running');
    expect(page.row('rooms')).to.contain('Queued');
    expect(page.row('read')).to.contain('Done').and.to.contain('0:07');
    expect(page.row('call')).to.contain('Failed').and.to.contain('Nobody answered.').and.to.contain('0:08');
    expect(page.row('hostels')).to.contain('Cancelled');
  });

  it('puts parts inside the task that they are parts of', async () => {
    tell(page.session);
    await page.show();
    expect(page.task('flights').parentElement!.closest('.task')).to.equal(page.task('plan'));
  });

  it('keeps a task with what goes on as long as any part of it does', async () => {
    tell(page.session, {plan: {...trip.plan, state: 'done'}, flights: trip.flights});
    await page.show({show: 'active'});
    expect(page.labels()).to.deep.equal(['Planning', 'Finding flights']);
    page.session.state.receive('progress.flights.state', 'done');
    await page.settle();
    expect(page.labels()).to.deep.equal([]);
    expect(shownText(page.element)).to.equal('Nothing is being worked on');
  });

  it('has bars that say what they measure', async () => {
    tell(page.session, {...trip, share: {agent: 'a', label: 'Share', state: 'running', value: 0.5, max: 1}, count: {agent: 'a', label: 'Count', state: 'running', value: 7}});
    await page.show();
    expect([page.bar('flights').value, page.bar('flights').max, page.bar('flights').getAttribute('aria-label'), page.bar('flights').getAttribute('aria-valuetext')]).to.deep.equal([3, 8, 'Finding flights', '3 of 8']);
    expect(page.bar('share').getAttribute('aria-valuetext')).to.equal('50%');
    expect(page.bar('count').position).to.equal(-1);
    expect(page.row('count')).to.contain('7');
    expect(page.task('rooms').querySelector('.row progress')).to.equal(null);
  });

  it('follows a counter', async () => {
    tell(page.session);
    await page.show();
    page.session.state.receive('progress.flights.value', 5, {isCounter: true});
    await page.settle();
    expect(page.bar('flights').value).to.equal(5);
  });

  it('shows one agent\'s tasks together on demand', async () => {
    page.session.enter('hotels', {type: 'agent', name: 'The hotels'});
    tell(page.session, {...trip, rooms: {...trip.rooms, parent: null}});
    await page.show({groupBy: 'agent'});
    const groups = [...page.element.renderRoot.querySelectorAll('.group')];
    expect(groups.map((group) => shownText(group.querySelector('.heading')!))).to.deep.equal(['T The hotels', 'P planner']);
    expect(page.labels('.group:first-child .task')).to.deep.equal(['Finding rooms', 'Calling', 'Searching hostels']);
  });

  it('shows only the history on demand, and all of it when asked', async () => {
    tell(page.session, Object.fromEntries(Array.from({length: 12}, (_, index) => [`t${index}`, {agent: 'a', label: `Task ${index}`, state: 'done', endedAt: index}])));
    await page.show({show: 'history'});
    expect(page.labels()).to.have.length(8);
    expect(page.labels()[0]).to.equal('Task 11');
    page.element.renderRoot.querySelector('button')!.click();
    await drawn(page.element);
    expect(page.labels()).to.have.length(12);
    expect(shownText(page.element)).to.contain('Show fewer');
  });

  it('shows a running task as lost when its agent is gone, and as running when it is back', async () => {
    tell(page.session);
    page.session.enter('flights', {type: 'agent', name: 'Flights'});
    await page.show();
    page.session.leave('flights');
    await page.settle();
    expect(page.row('flights')).to.contain('Lost').and.to.contain('flights has gone without ending this');
    expect(page.row('read')).not.to.contain('Lost');
    page.session.enter('flights', {type: 'agent'});
    await page.settle();
    expect(page.row('flights')).not.to.contain('Lost');
  });

  it('skips what is no task, with one warning', async () => {
    const warnings: string[] = [];
    const warn = console.warn;
    console.warn = (text: string) => warnings.push(text);
    page.session.state.receive('odd.a', 'nonsense');
    page.session.state.receive('odd.b', {label: 'No agent'});
    page.session.state.receive('odd.c', trip.read);
    await page.show({path: 'odd'});
    page.session.state.receive('odd.d', 7);
    await page.settle();
    console.warn = warn;
    expect(page.labels()).to.deep.equal(['Reading']);
    expect(warnings.filter((text) => /skips entries/.test(text))).to.have.length(1);
  });

  it('follows its path', async () => {
    tell(page.session);
    await page.show({path: 'elsewhere.deep'});
    expect(shownText(page.element)).to.equal('Nothing is being worked on');
    page.session.state.receive('elsewhere.deep.one', {agent: 'a', label: 'Deep down', state: 'running'});
    await page.settle();
    expect(page.labels()).to.deep.equal(['Deep down']);
    page.element.path = 'progress';
    await drawn(page.element);
    expect(page.labels()).to.have.length(6);
  });

  it('says why the state cannot be read, what to do, and tells the page once', async () => {
    const errors: string[] = [];
    document.body.addEventListener('agent-error', ({error}) => errors.push(error.message), {once: true});
    const {state} = page.session;
    await page.show();
    state.setStatus({status: 'failed', error: new SessionError('The token lacks object-subscribe.', {kind: 'capability', hint: 'Add it to the token.'})});
    await page.settle();
    expect(shownText(page.element)).to.contain('The token lacks object-subscribe.').and.to.contain('Add it to the token.');
    expect(errors).to.deep.equal(['The token lacks object-subscribe.']);
  });

  it('holds the state open while it is in the page, and only then', async () => {
    await page.show();
    expect(page.session.state.holders).to.equal(1);
    page.element.remove();
    expect(page.session.state.holders).to.equal(0);
    await place(page.element);
    expect(page.session.state.holders).to.equal(1);
    page.element.session = createMemorySession();
    await drawn(page.element);
    expect(page.session.state.holders).to.equal(0);
  });

  it('works with nothing but its own attributes', async () => {
    const opener = useFakeOpener();
    page.element = document.createElement('agent-progress');
    page.element.setAttribute('channel', 'alone');
    await place(page.element);
    tell(opener.sessionOf('alone') as MemorySession);
    (opener.sessionOf('alone') as MemorySession).state.flush();
    await drawn(page.element);
    expect(page.labels()).to.include('Planning');
  });

  it('fits into 240 px, and speaks German', async () => {
    tell(page.session, {...trip, long: {agent: 'a'.repeat(80), label: 'b'.repeat(80), detail: 'c'.repeat(80), state: 'running'}});
    const box = document.createElement('div');
    box.style.setProperty('width', '240px');
    await place(box);
    await page.show({locale: 'de'});
    box.append(page.element);
    await drawn(page.element);
    expect(box.scrollWidth).to.be.at.most(240);
    expect(shownText(page.element)).to.contain('3 von 8').and.to.contain('Fehlgeschlagen');
  });

  itPrefers('keeps still where that is wanted', async () => {
    tell(page.session, {...trip, long: {agent: 'a', label: 'b', state: 'running'}});
    await page.show();
    expect(getComputedStyle(page.bar('long')).animationName).not.to.equal('none');
    await prefer({reducedMotion: true});
    expect(getComputedStyle(page.bar('long')).animationName).to.equal('none');
    await prefer();
  });
});
