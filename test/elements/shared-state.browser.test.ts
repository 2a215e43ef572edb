import {expect} from '@open-wc/testing';
import {type LiveValue, SessionError} from '../../src/session/index.ts';
import {createMemorySession, type MemorySession} from '../../src/testing/index.ts';
import {make, useBoundPage} from '../helpers/bound-page.ts';
import {countLeftovers} from '../helpers/count-leftovers.ts';
import {elementContract} from '../helpers/element-contract.ts';
import {drawn, place, shownText} from '../helpers/page.ts';

const noRight = new SessionError('The token lacks object-publish.', {kind: 'capability', hint: 'Add it to the token.'});

elementContract('shared-state', {
  states: {
    'empty': () => undefined,
    'a tree': (element) => {
      element.setAttribute('editable', '');
      (element.session as MemorySession).state.receive('trip', {nights: 3, hotel: {name: 'Graça'}, tags: ['a', 'b'], pets: true});
      (element.session as MemorySession).state.receive('votes', 2, {isCounter: true});
    },
    'bound fields': (element) => {
      element.append(make('label', {}, 'City ', make('input', {name: 'city'})));
    },
    'without the right to write': async (element) => {
      element.append(make('label', {}, 'City ', make('input', {name: 'city'})));
      (element.session as MemorySession).state.setStatus({isWritable: false});
      await drawn(element);
    },
  },
});

class TestStars extends HTMLElement {
  static readonly formAssociated = true;
  #value = 0;
  get value(): number {
    return this.#value;
  }
  set value(value: number) {
    this.#value = value;
  }
}

describe('<shared-state>', () => {
  const page = useBoundPage();
  const type: typeof page.type = (...edit) => page.type(...edit);

  describe('with form controls', () => {
    it('binds every kind of control both ways', async () => {
      if (!customElements.get('test-stars')) customElements.define('test-stars', TestStars);
      const option = (value: string): HTMLOptionElement => make('option', {value}, value);
      const box = (name: string, value = 'on'): HTMLInputElement => make('input', {type: 'checkbox', name, value});
      const radio = (value: string): HTMLInputElement => make('input', {type: 'radio', name: 'class', value});
      const controls = {
        text: make('input', {name: 'trip.city'}), number: make('input', {type: 'number', name: 'nights'}), area: make('textarea', {name: 'notes'}),
        date: make('input', {type: 'date', name: 'from'}), range: make('input', {type: 'range', name: 'budget', max: '2000'}), flag: box('pets'),
        a: box('tags', 'a'), b: box('tags', 'b'), first: radio('first'), second: radio('second'),
        select: make('select', {name: 'room'}, option('single'), option('double')), many: make('select', {name: 'meals', multiple: true}, option('lunch'), option('dinner')),
        stars: document.createElement('test-stars') as TestStars,
      };
      controls.stars.setAttribute('name', 'stars');
      await page.show({path: 'form', content: [make('fieldset', {}, ...Object.values(controls))]});
      const values = {trip: {city: 'Lisbon'}, nights: 3, notes: 'Quiet', from: '2026-05-01', budget: 1200, pets: true, tags: ['b'], class: 'second', room: 'double', meals: ['dinner'], stars: 4};
      await page.receive('form', values);
      expect([controls.text.value, controls.number.value, controls.area.value, controls.date.value, controls.range.value]).to.deep.equal(['Lisbon', '3', 'Quiet', '2026-05-01', '1200']);
      expect([controls.flag, controls.a, controls.b, controls.first, controls.second].map(({checked}) => checked)).to.deep.equal([true, false, true, false, true]);
      expect([controls.select.value, [...controls.many.selectedOptions].map(({value}) => value), controls.stars.value]).to.deep.equal(['double', ['dinner'], 4]);

      await type(controls.text, 'Porto', 'change');
      await type(controls.number, '5', 'change');
      await type(controls.area, 'Loud', 'change');
      await type(controls.date, '2026-06-02', 'change');
      await type(controls.range, '900', 'change');
      for (const control of [controls.flag, controls.a, controls.first]) control.click();
      controls.select.value = 'single';
      for (const each of controls.many.options) each.selected = true;
      controls.stars.value = 2;
      for (const control of [controls.select, controls.many, controls.stars]) control.dispatchEvent(new Event('change', {bubbles: true}));
      await page.settle();
      expect(page.root).to.deep.equal({form: {
        trip: {city: 'Porto'}, nights: 5, notes: 'Loud', from: '2026-06-02', budget: 900, pets: false, tags: ['a', 'b'], class: 'first', room: 'single', meals: ['lunch', 'dinner'], stars: 2,
      }});
    });

    it('leaves what the page wrote until the state has something to say, and writes nothing by itself', async () => {
      const input = make('input', {name: 'city', value: 'Lisbon'});
      await page.show({content: [input]});
      expect(page.root).to.deep.equal({});
      expect(input.value).to.equal('Lisbon');
      await page.receive('city', 'Porto');
      await page.receive('city', undefined);
      expect(input.value).to.equal('');
    });

    it('removes a number that is emptied, and writes nothing that is no number yet', async () => {
      const input = make('input', {type: 'number', name: 'nights'});
      await page.show({content: [input]});
      await page.receive('nights', 3);
      await type(input, '', 'change');
      expect(page.root).to.deep.equal({});
    });

    it('adds to a counter instead of overwriting it', async () => {
      const input = make('input', {type: 'number', name: 'votes'});
      await page.show({content: [input]});
      page.session.state.receive('votes', 5, {isCounter: true});
      await page.settle();
      await type(input, '7', 'change');
      expect(page.session.state.kindOf('votes')).to.equal('counter');
      expect(page.root).to.deep.equal({votes: 7});
    });

    it('keeps secrets, files, hidden fields and buttons to the page, and fields of another state to that', async () => {
      const inner = make('shared-state', {path: 'inner', session: page.session}, make('input', {name: 'deep'}));
      const secret = make('input', {type: 'password', name: 'secret'});
      const hidden = make('input', {type: 'hidden', name: 'hidden'});
      await page.show({content: [secret, hidden, inner]});
      await type(secret, 'abc', 'input', 'change');
      await type(hidden, 'abc', 'change');
      await type(inner.querySelector('input')!, 'x', 'change');
      expect(page.root).to.deep.equal({inner: {deep: 'x'}});
    });

    it('binds controls and options that come later', async () => {
      const select = make('select', {name: 'room'});
      const section = make('section', {}, select);
      await page.show({content: [section]});
      await page.receive('', {city: 'Lisbon', room: 'double'});
      const input = make('input', {name: 'city'});
      section.append(make('p', {}, input));
      select.append(make('option', {value: 'single'}), make('option', {value: 'double'}));
      await page.settle();
      expect([input.value, select.value]).to.deep.equal(['Lisbon', 'double']);
      input.remove();
      await page.settle();
      await type(input, 'Porto', 'change');
      expect((page.root as {city: string}).city).to.equal('Lisbon');
    });

    it('shows values in texts, and what the page wrote where there is none', async () => {
      const [city, list, none] = ['trip.city', 'tags', 'gone'].map((name) => {
        const element = make('span', {}, 'nothing yet');
        element.dataset.bind = name;
        return element;
      });
      await page.show({content: [city!, list!, none!]});
      await page.receive('', {trip: {city: '<b>Lisbon</b>'}, tags: ['sea', 'sun']});
      expect([city, list, none].map((element) => element!.textContent)).to.deep.equal(['<b>Lisbon</b>', 'sea, sun', 'nothing yet']);
      expect(city!.children).to.have.length(0);
      await page.receive('trip', undefined);
      expect(city!.textContent).to.equal('nothing yet');
    });
  });

  describe('for the page\'s own code', () => {
    it('gives and takes values', async () => {
      await page.show({path: 'trip'});
      await page.element.set('city', 'Lisbon');
      await page.element.increment('votes');
      await page.element.increment('votes', 4);
      await page.element.set('gone', 1);
      await page.element.remove('gone');
      expect(page.element.value).to.deep.equal({city: 'Lisbon', votes: 5});
      page.element.value = {city: 'Porto'};
      expect(page.root).to.deep.equal({trip: {city: 'Porto'}});
    });

    it('can still be taken out of the page', async () => {
      await page.show();
      page.element.remove();
      expect(page.element.isConnected).to.equal(false);
    });

    it('tells what changed, where, and by whom', async () => {
      await page.show({path: 'trip'});
      const seen: [string, LiveValue | undefined, LiveValue | undefined, string][] = [];
      page.element.addEventListener('agent-state-changed', ({path, previous, value, origin}) => seen.push([path, previous, value, origin]));
      await page.receive('elsewhere', 1);
      await page.receive('trip.city', 'Lisbon');
      await page.element.set('city', 'Porto');
      await page.settle();
      await page.receive('trip', undefined);
      expect(seen).to.deep.equal([
        ['trip', undefined, {city: 'Lisbon'}, 'remote'], ['trip.city', 'Lisbon', 'Porto', 'local'], ['trip', {city: 'Porto'}, undefined, 'remote'],
      ]);
    });

    it('rejects what is refused, says so once in an event, and has the value before', async () => {
      await page.show();
      await page.element.set('city', 'Lisbon');
      page.session.state.refuseWrites(new SessionError('Too fast.', {kind: 'channel'}));
      const errors: string[] = [];
      page.element.addEventListener('agent-error', ({error}) => errors.push(error.message));
      const error: unknown = await page.element.set('city', 'Porto').catch((cause: unknown) => cause);
      expect(error).to.be.instanceOf(SessionError);
      expect(errors).to.deep.equal(['Too fast.']);
      expect(page.element.value).to.deep.equal({city: 'Lisbon'});
    });

    it('waits with what it is asked until the state is here', async () => {
      await page.show();
      page.session.state.setStatus({status: 'loading'});
      let isSet = false;
      void page.element.set('city', 'Lisbon').then(() => {
        isSet = true;
      });
      await page.settle();
      expect(isSet).to.equal(false);
      page.session.state.setStatus({status: 'ready'});
      await page.settle();
      expect(isSet).to.equal(true);
    });

    it('takes a value that was set before it was upgraded', async () => {
      const element = document.implementation.createHTMLDocument().createElement('shared-state');
      Object.assign(element, {session: page.session, path: 'early', value: {a: 1}});
      await place(element);
      page.session.state.flush();
      await drawn(element);
      expect(page.root).to.deep.equal({early: {a: 1}});
    });
  });

  describe('publishing the page', () => {
    const before = {title: document.title, path: location.pathname + location.search};
    afterEach(() => {
      document.title = before.title;
      history.replaceState(null, '', before.path);
    });

    it('writes where the person is, and follows the title and the history', async () => {
      document.title = 'Flights';
      await page.show({publish: 'page', hidden: true, path: 'context'});
      await page.settle();
      expect(page.root).to.deep.equal({context: {currentPage: {path: location.pathname, title: 'Flights'}}});
      history.pushState(null, '', '/hotels?secret=1');
      document.title = 'Hotels';
      await page.settle();
      expect(page.root).to.deep.equal({context: {currentPage: {path: '/hotels', title: 'Hotels'}}});
    });

    it('does not fight another person who is elsewhere', async () => {
      document.title = 'Here';
      await page.show({publish: 'page'});
      await page.receive('currentPage', {path: '/there', title: 'There'});
      await page.settle();
      expect(page.root).to.deep.equal({currentPage: {path: '/there', title: 'There'}});
    });

    it('leaves nothing behind when it leaves the page, and goes on when it returns', async () => {
      document.title = 'Flights';
      const left = await countLeftovers(async (settle) => {
        await page.show({publish: 'page'});
        page.element.remove();
        await settle();
      });
      expect(left).to.deep.equal({listeners: 0, timers: 0, observers: 0});
      await place(page.element);
      document.title = 'Hotels';
      await page.settle();
      expect(page.root).to.deep.equal({currentPage: {path: location.pathname, title: 'Hotels'}});
    });
  });

  it('says what right is missing to read, and keeps what can only be read from being typed in', async () => {
    const [input, select] = [make('input', {name: 'city', title: 'Where to'}), make('select', {name: 'room'})];
    await page.show({content: [input, select]});
    page.session.state.setStatus({isWritable: false});
    await page.settle();
    expect([input.readOnly, select.disabled]).to.deep.equal([true, true]);
    expect(input.getAttribute('aria-description')).to.contain('object-publish');
    expect(shownText(page.element)).to.contain('object-publish');
    page.session.state.setStatus({isWritable: true});
    await page.settle();
    expect([input.readOnly, select.disabled, input.title, input.hasAttribute('aria-description')]).to.deep.equal([false, false, 'Where to', false]);
    page.session.state.setStatus({status: 'failed', error: new SessionError('The token lacks object-subscribe.', {kind: 'capability'})});
    await page.settle();
    expect(shownText(page.element)).to.contain('object-subscribe');
    expect([input.readOnly, input.getAttribute('aria-description')]).to.deep.equal([true, 'The token lacks object-subscribe.']);
  });

  it('gives controls back as they were when it leaves the page', async () => {
    const input = make('input', {name: 'city'});
    await page.show({content: [input]});
    page.session.state.refuseWrites(noRight);
    await type(input, 'Porto', 'change');
    expect(input.readOnly).to.equal(true);
    page.element.remove();
    expect(input.readOnly).to.equal(false);
    expect(page.session.state.holders).to.equal(0);
  });

  it('is a tree only as long as it has no content', async () => {
    await page.show({session: createMemorySession()});
    expect(shownText(page.element)).to.equal('Nothing is shared yet');
    page.element.append(make('p', {}, 'Content'));
    await drawn(page.element);
    expect(shownText(page.element)).to.equal('Content');
  });
});
