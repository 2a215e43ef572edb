import '../../src/define.ts';
import {expect} from '@open-wc/testing';
import {SessionError} from '../../src/session/index.ts';
import {createMemorySession, type MemorySession} from '../../src/testing/index.ts';
import {useClock} from '../helpers/clock.ts';
import {elementContract} from '../helpers/element-contract.ts';
import {itPrefers, prefer} from '../helpers/media.ts';
import {clearPage, drawn, place, shownText} from '../helpers/page.ts';

type Status = HTMLElementTagNameMap['agent-status'];

/** Agents in every state there is, and two people. */
function everybody(session: MemorySession): void {
  session.enter('me', {type: 'person', name: 'Ana'});
  session.enter('bo', {type: 'person', name: 'Bo'});
  for (const id of ['activities', 'flights', 'hotels', 'planner', 'scout', 'trains', 'weather']) session.enter(id, {type: 'agent', status: 'idle'});
  session.enter('flights', {type: 'agent', name: 'Flights', status: 'thinking'});
  session.startRun({id: 'r1', clientId: 'hotels'}).append('I have');
  session.startRun({id: 'r2', clientId: 'planner'}).end('suspended');
  session.startRun({id: 'r3', clientId: 'scout'}).end('error', new SessionError('The model answered 529.', {kind: 'agent'}));
  session.startRun({id: 'r4', clientId: 'trains'});
  session.leave('trains');
  session.leave('weather');
}

const variants = ['list', 'line', 'badge', 'avatars'] as const;

elementContract('agent-status', {
  states: Object.fromEntries(['empty', ...variants].map((name) => [name, (element): void => {
    element.setAttribute('show', 'all');
    if (name === 'empty') return;
    element.setAttribute('variant', name);
    everybody(element.session as MemorySession);
  }])),
});

describe('<agent-status>', () => {
  let session: MemorySession;
  let element: Status;

  async function show(fields: Partial<Status> = {}): Promise<void> {
    element = Object.assign(document.createElement('agent-status'), {session, ...fields});
    await place(element);
  }
  async function settle(): Promise<void> {
    session.flush();
    await drawn(element);
  }
  const rows = (): string[] => [...element.renderRoot.querySelectorAll('[part~=row]')].map(shownText);
  const state = (selector: string): HTMLElement => element.renderRoot.querySelector<HTMLElement>(selector)!;

  beforeEach(() => {
    session = createMemorySession();
  });
  afterEach(clearPage);

  it('says in words what each agent does', async () => {
    everybody(session);
    await show();
    expect(rows().map((text) => text.replace(/ since .*/, ''))).to.deep.equal([
      'A activities Idle', 'F Flights Thinking', 'H hotels Writing', 'P planner Waiting for a person',
      'S scout Failed The model answered 529.', 'T trains Lost', 'W weather Offline',
    ]);
  });

  it('says why one that was answered does not go on, rather than that it waits for a person', async () => {
    session.startRun({id: 'r1', clientId: 'planner'}).end('suspended', new SessionError('The agent answered 503.', {kind: 'agent'}));
    await show();
    expect(rows()).to.deep.equal(['P planner Failed The agent answered 503.']);
  });

  it('shows an agent as lost whose connection broke while it was at work on no run of its own, until it is back', async () => {
    session.enter('hotels', {type: 'agent', name: 'Hotels', status: 'thinking'});
    await show();
    session.vanish('hotels');
    await settle();
    expect(rows().join()).to.match(/hotels.*Lost/i);
    session.enter('hotels', {type: 'agent', name: 'Hotels', status: 'idle'});
    await settle();
    expect(rows().join()).to.match(/Hotels.*Idle/);
  });

  it('gives each state a shape and a colour of its own', async () => {
    everybody(session);
    await show();
    const marks = [...element.renderRoot.querySelectorAll('.mark')];
    const shapeOf = (mark: Element): string => [...mark.querySelectorAll('svg *')].map((shape) => [...shape.attributes].map(({value}) => value).join(' ')).join();
    expect(new Set(marks.map(shapeOf)).size).to.equal(7);
    expect(new Set(marks.map((mark) => getComputedStyle(mark).color)).size).to.be.at.least(4);
  });

  it('says since when somebody does what they do', async () => {
    const at = new Date(2026, 4, 1, 10, 42).getTime();
    session = createMemorySession({now: () => at});
    session.enter('planner', {type: 'agent', status: 'thinking'});
    await show();
    expect(shownText(element)).to.match(/since 10:42.AM/);
    expect(state('time').getAttribute('datetime')).to.equal(new Date(at).toISOString());
  });

  it('shows people on demand, and tells the person which of them they are', async () => {
    everybody(session);
    await show({show: 'people'});
    expect(rows().map((text) => text.replace(/ since .*/, ''))).to.deep.equal(['B Bo Here', 'A Ana (you) Here']);
    element.show = 'all';
    await drawn(element);
    expect(rows()).to.have.length(9);
  });

  it('shows the one agent it is asked for, also before it was ever there', async () => {
    await show({agent: 'planner'});
    expect(rows()).to.deep.equal(['P planner Offline']);
    session.enter('planner', {type: 'agent', name: 'Planner', status: 'streaming'});
    session.enter('flights', {type: 'agent'});
    await settle();
    expect(rows()[0]).to.match(/^P Planner Writing since/);
    expect(rows()).to.have.length(1);
  });

  it('does not call anybody offline before the line is up', async () => {
    session.setConnection('connecting');
    await show({agent: 'planner'});
    expect(shownText(element)).to.equal('Connecting…');
  });

  it('sums several up in one line, what is urgent first', async () => {
    everybody(session);
    await show({variant: 'line'});
    expect(shownText(element)).to.equal('1 lost 1 failed 1 waiting for a person 1 writing 1 thinking 1 idle 1 offline');
    element.show = 'people';
    await drawn(element);
    expect(shownText(element)).to.equal('2 people here');
    element.show = 'agents';
    element.agent = 'flights';
    await drawn(element);
    expect(shownText(element)).to.match(/^Flights Thinking since/);
  });

  it('names everybody in badges and behind avatars', async () => {
    everybody(session);
    await show({variant: 'badge'});
    expect(rows()).to.include('Flights Thinking');
    element.variant = 'avatars';
    await drawn(element);
    expect(rows()).to.include('F Flights: Thinking');
    expect(shownText(element)).not.to.contain('1 more');
    session.enter('zeppelins', {type: 'agent'});
    await settle();
    expect(shownText(element)).to.contain('2 more');
  });

  it('follows runs and presence as they change', async () => {
    session.enter('planner', {type: 'agent', status: 'idle'});
    await show();
    const run = session.startRun({clientId: 'planner'});
    await settle();
    expect(rows()[0]).to.contain('Thinking');
    run.append('Hello');
    await settle();
    expect(rows()[0]).to.contain('Writing');
    session.leave('planner');
    await settle();
    expect(rows()[0]).to.contain('Lost');
  });

  it('tells the page what changed, of those it shows', async () => {
    session.enter('planner', {type: 'agent', status: 'idle'});
    session.enter('flights', {type: 'agent', status: 'idle'});
    await show({agent: 'planner'});
    const seen: string[] = [];
    document.body.addEventListener('agent-status-changed', ({agent, previous}) => seen.push(`${agent.clientId} ${String(previous)} ${agent.state}`));
    session.enter('flights', {type: 'agent', status: 'thinking'});
    session.enter('planner', {type: 'agent', status: 'thinking'});
    await settle();
    session.enter('planner', {type: 'agent', status: 'thinking', name: 'Planner'});
    await settle();
    expect(seen).to.deep.equal(['planner idle thinking']);
  });

  it('says that the line is down, and why there is none', async () => {
    everybody(session);
    await show();
    session.setConnection('offline');
    await settle();
    expect(shownText(element)).to.contain('Connection lost. Reconnecting…').and.to.contain('Flights');
    session.setConnection('failed', new SessionError('auth-url answered 404.', {kind: 'auth', hint: 'Check auth-url.'}));
    await settle();
    expect(shownText(element)).to.contain('Signing in did not work').and.to.contain('Check auth-url.');
  });

  it('speaks German', async () => {
    everybody(session);
    await show({locale: 'de', variant: 'line'});
    expect(shownText(element)).to.contain('1 wartet auf einen Menschen').and.to.contain('1 denkt nach');
  });

  itPrefers('keeps still for people who want no motion', async () => {
    everybody(session);
    await show();
    const dot = state('.thinking .moving > *');
    expect(getComputedStyle(dot).animationName).not.to.equal('none');
    await prefer({reducedMotion: true});
    expect(getComputedStyle(dot).animationName).to.equal('none');
    await prefer();
  });

  it('fits into 240 px whatever names are', async () => {
    session.enter('a'.repeat(80), {type: 'agent', status: 'thinking'});
    everybody(session);
    for (const variant of variants) {
      await show({variant, show: 'all'});
      const box = document.createElement('div');
      box.style.setProperty('width', '240px');
      box.append(element);
      await place(box);
      expect(box.scrollWidth, variant).to.be.at.most(240);
    }
  });

  it('warns of words it does not know, and goes on', async () => {
    everybody(session);
    await show();
    element.setAttribute('variant', 'grid');
    await drawn(element);
    expect(rows()).to.have.length(7);
  });

  describe('to people who do not see it', () => {
    const clock = useClock();
    const spoken = (): string => state('.announcer').textContent;
    async function change(...statuses: ('idle' | 'thinking' | 'streaming')[]): Promise<void> {
      for (const status of statuses) {
        session.enter('planner', {type: 'agent', status});
        session.flush();
      }
      await drawn(element);
    }

    beforeEach(async () => {
      session.enter('planner', {type: 'agent', status: 'idle'});
      await show();
    });

    it('says that an agent works and that it is done, not each step between', async () => {
      await change('thinking', 'streaming', 'thinking');
      await clock.pass(1000);
      expect(spoken()).to.equal('planner is working.');
      await change('streaming');
      await clock.pass(4000);
      expect(spoken()).to.equal('');
      await change('idle');
      await clock.pass(1000);
      expect(spoken()).to.equal('planner: Idle.');
    });

    it('says nothing of what has passed already', async () => {
      await change('thinking', 'idle');
      await clock.pass(1000);
      expect(spoken()).to.equal('');
    });

    it('does not read out a crowd', async () => {
      for (const status of ['idle', 'thinking'] as const) {
        for (let count = 0; count < 30; count++) session.enter(`agent-${count}`, {type: 'agent', status});
        session.flush();
      }
      await clock.pass(1000);
      expect(spoken()).to.equal('30 agents have changed what they are doing.');
    });
  });
});
