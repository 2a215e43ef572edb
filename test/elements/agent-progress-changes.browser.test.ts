import {expect} from '@open-wc/testing';
import {useClock} from '../helpers/clock.ts';
import {ask, exchange} from '../helpers/conversation.ts';
import {drawn, nextFrame, place} from '../helpers/page.ts';
import {now, tell, trip, useProgress} from '../helpers/progress.ts';

describe('<agent-progress>, as tasks go on,', () => {
  const page = useProgress();

  describe('how much it draws', () => {
    /** The tasks whose rows change while something happens. */
    async function drawnTasks(happen: () => void | Promise<void>): Promise<Set<string | undefined>> {
      const records: MutationRecord[] = [];
      const observer = new MutationObserver((found) => records.push(...found));
      observer.observe(page.element.renderRoot, {subtree: true, childList: true, characterData: true, attributes: true});
      await happen();
      await drawn(page.element);
      records.push(...observer.takeRecords());
      observer.disconnect();
      return new Set(records.map(({target}) => (target instanceof Element ? target : target.parentElement)?.closest<HTMLElement>('[data-task-id]')?.dataset.taskId));
    }

    it('draws the row of the task that changed and no other, among a hundred', async () => {
      for (let index = 0; index < 100; index++) page.session.state.receive(`progress.t${index}`, {agent: `a${index % 3}`, label: `Task ${index}`, state: 'running', value: 0, max: 100});
      await page.show();
      const seen = await drawnTasks(() => {
        page.session.state.receive('progress.t42.value', 7);
        page.session.state.flush();
      });
      expect([...seen]).to.deep.equal(['t42']);
    });

    it('draws once a frame, however often tasks change', async () => {
      await page.show();
      for (let index = 0; index < 100; index++) page.session.state.receive(`progress.t${index}`, {agent: 'a', label: `Task ${index}`, state: 'running', value: 0, max: 100});
      await page.settle();
      let updates = 0;
      const update = page.element.requestUpdate.bind(page.element);
      page.element.requestUpdate = (...args) => {
        updates++;
        update(...args);
      };
      for (let round = 1; round <= 10; round++) for (let index = 0; index < 100; index++) page.session.state.receive(`progress.t${index}.value`, round);
      await nextFrame();
      await drawn(page.element);
      expect(updates).to.equal(1);
      expect(page.bar('t99').value).to.equal(10);
    });

    it('draws nothing for a token, and the conversation draws nothing for it', async () => {
      tell(page.session);
      page.session.load(exchange(6));
      page.session.enter('planner', {type: 'agent', status: 'idle'});
      const run = await ask(page.session);
      await page.show();
      const chat = await place(Object.assign(document.createElement('agent-chat'), {session: page.session}));
      run.append('One');
      page.session.flush();
      await drawn(chat);
      const seen = await drawnTasks(async () => {
        run.append(' two');
        page.session.flush();
        await drawn(chat);
      });
      expect(seen.size).to.equal(0);
      let chatUpdates = 0;
      const requestUpdate = chat.requestUpdate.bind(chat);
      chat.requestUpdate = (...args) => {
        chatUpdates++;
        requestUpdate(...args);
      };
      page.session.state.receive('progress.flights.value', 4);
      page.session.enter('planner', {type: 'agent', status: 'thinking'});
      await page.settle();
      expect(chatUpdates).to.equal(0);
      expect(page.bar('flights').value).to.equal(4);
    });
  });

  describe('over time', () => {
    const clock = useClock();
    const realNow = Date.now;
    let time = now;

    beforeEach(() => {
      time = now;
      Date.now = () => time;
    });
    afterEach(() => {
      Date.now = realNow;
    });
    async function pass(ms: number): Promise<void> {
      time += ms;
      await clock.pass(ms);
      await drawn(page.element);
    }

    it('tells how long a task has gone on, every second, and stops with the last', async () => {
      tell(page.session, {one: {agent: 'a', label: 'One', state: 'running', startedAt: now - 58_000}, ahead: {agent: 'a', label: 'Ahead', state: 'running', startedAt: now + 5000}});
      await page.show();
      expect(page.row('one')).to.contain('0:58');
      expect(page.row('ahead')).to.contain('0:00');
      await pass(3000);
      expect(page.row('one')).to.contain('1:01');
      for (const id of ['one', 'ahead']) page.session.state.receive(`progress.${id}`, {agent: 'a', label: id, state: 'done', startedAt: now - 58_000, endedAt: now + 3000});
      await page.settle();
      expect(page.row('one')).to.contain('1:01');
      let updates = 0;
      page.element.requestUpdate = () => {
        updates++;
      };
      await pass(5000);
      expect(updates).to.equal(0);
    });

    it('says how tasks end to people who do not see it, and nothing of how they were found', async () => {
      tell(page.session);
      await page.show();
      const spoken = (): string => page.element.renderRoot.querySelector('.announcer')!.textContent;
      await pass(5000);
      expect(spoken()).to.equal('');
      page.session.state.receive('progress.flights.value', 6);
      page.session.state.receive('progress.rooms', {...trip.rooms, state: 'failed', error: 'No rooms left.'});
      await page.settle();
      await pass(1000);
      expect(spoken()).to.equal('Finding rooms: Failed: No rooms left.');
    });
  });
});
