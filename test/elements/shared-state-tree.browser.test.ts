import {expect} from '@open-wc/testing';
import {SessionError} from '../../src/session/index.ts';
import {useBoundPage} from '../helpers/bound-page.ts';
import {type} from '../helpers/keys.ts';
import {drawn, place, shownText} from '../helpers/page.ts';

describe('<shared-state>, as a tree,', () => {
  const page = useBoundPage();
  const rows = (): HTMLElement[] => [...page.element.renderRoot.querySelectorAll<HTMLElement>('[role=treeitem]')];
  const row = (path: string): HTMLElement => {
    const found = rows().find(({dataset}) => dataset.path === path);
    if (!found) throw new Error(`${path} is not shown.`);
    return found;
  };
  const names = (): string[] => rows().map((each) => each.getAttribute('aria-label') ?? '');
  const focused = (): string | undefined => (page.element.shadowRoot!.activeElement as HTMLElement | null)?.dataset.path;
  async function press(path: string, name: string): Promise<void> {
    const button = [...row(path).querySelectorAll('button')].find((each) => each.getAttribute('aria-label')?.startsWith(name));
    if (!button) throw new Error(`There is no button ${name}.`);
    button.click();
    await page.settle();
  }
  async function keys(...pressed: string[]): Promise<void> {
    for (const key of pressed) {
      await type(key);
      await page.settle();
    }
  }

  beforeEach(async () => {
    page.session.state.receive('', {trip: {nights: 3, pets: false, hotel: {name: 'Graça'}}, city: 'Lisbon', tags: ['sea', 'sun']});
    page.session.state.receive('votes', 2, {isCounter: true});
    await page.show({editable: true});
  });

  it('shows every place with its value, its level and how many are beside it', () => {
    expect(names()).to.deep.equal(['trip, 3 entries', 'nights: 3', 'pets: false', 'hotel, 1 entry', 'name: Graça', 'city: Lisbon', 'tags: [sea, sun]', 'votes: 2']);
    expect(['aria-level', 'aria-posinset', 'aria-setsize'].map((name) => row('trip.hotel').getAttribute(name))).to.deep.equal(['2', '3', '3']);
  });

  it('follows the state', async () => {
    await page.receive('trip.hotel', 'Casa');
    expect(names()).to.include('hotel: Casa');
    page.element.path = 'trip';
    await drawn(page.element);
    expect(names()).to.deep.equal(['nights: 3', 'pets: false', 'hotel: Casa']);
  });

  it('is travelled through and folded by the keyboard', async () => {
    row('trip').focus();
    await keys('{ArrowDown}', '{ArrowDown}', '{ArrowDown}');
    expect(focused()).to.equal('trip.hotel');
    await keys('{ArrowLeft}');
    expect(row('trip.hotel').getAttribute('aria-expanded')).to.equal('false');
    await keys('{ArrowLeft}');
    expect(focused()).to.equal('trip');
    await keys('{End}');
    expect(focused()).to.equal('votes');
    await keys('{Home}', '{ArrowLeft}');
    expect(rows()).to.have.length(4);
    await keys('{ArrowRight}', '{ArrowRight}');
    expect(focused()).to.equal('trip.nights');
    expect(rows().filter(({tabIndex}) => tabIndex === 0)).to.have.length(1);
  });

  it('lets a person change a value, and leave it as it was', async () => {
    row('trip.nights').focus();
    await keys('{Enter}', '5', '{Enter}');
    expect(names()).to.include('nights: 5');
    expect(focused()).to.equal('trip.nights');
    await keys('{Enter}', '9', '{Escape}');
    expect(names()).to.include('nights: 5');
    row('city').focus();
    await keys('{F2}', '42', '{Enter}');
    expect(page.root).to.deep.include({city: '42'});
  });

  it('lets a person add, switch, count and remove', async () => {
    await press('trip.pets', 'Switch');
    await press('votes', 'Add 1');
    await press('trip.hotel', 'Remove');
    await press('trip', 'Add to');
    await keys('guests', '{Tab}', '2', '{Enter}');
    expect(page.root).to.deep.equal({trip: {nights: 3, pets: true, guests: 2}, city: 'Lisbon', tags: ['sea', 'sun'], votes: 3});
    expect(page.session.state.kindOf('votes')).to.equal('counter');
    expect(focused()).to.equal('trip.guests');
    row('city').focus();
    await keys('{Delete}');
    expect(page.root).not.to.have.property('city');
    expect(focused()).to.equal('tags');
  });

  it('says what is wrong with a name', async () => {
    await press('trip', 'Add to');
    await keys('a.b', '{Enter}');
    expect(shownText(page.element)).to.contain('A name is needed, without dots.');
    await keys('{Escape}');
    await press('trip', 'Add to');
    await keys('nights', '{Enter}');
    expect(shownText(page.element)).to.contain('There is a value of that name.');
  });

  it('keeps what was written when it is refused', async () => {
    page.session.state.refuseWrites(new SessionError('Too fast.', {kind: 'channel'}));
    row('city').focus();
    await keys('{Enter}', 'Porto', '{Enter}');
    expect(names()).to.include('city: Lisbon');
    expect(shownText(page.element)).to.contain('Not saved: city').and.to.contain('You wrote: Porto');
  });

  it('keeps the focus where it was when somebody else removes the row, also while it is being changed', async () => {
    row('city').focus();
    await page.receive('city', undefined);
    expect(focused()).to.equal('tags');
    await press('votes', 'Add 1');
    [...row('votes').querySelectorAll('button')].at(-1)?.focus();
    await page.receive('votes', undefined);
    expect(focused()).to.equal('tags');
    row('trip.nights').focus();
    await keys('{Enter}', '5');
    await page.receive('trip.nights', undefined);
    expect(focused()).to.equal('trip.pets');
    await page.receive('trip.nights', 4);
    expect(page.element.renderRoot.querySelectorAll('input')).to.have.length(0);
    await press('trip.hotel', 'Add to');
    await page.receive('trip.hotel', undefined);
    expect(focused()).to.equal('trip.nights');
  });

  it('goes to the button that adds a value when nothing is left', async () => {
    for (const path of ['trip', 'tags', 'votes']) page.session.state.receive(path, undefined);
    await page.settle();
    row('city').focus();
    await keys('{Delete}');
    expect(page.root).to.deep.equal({});
    expect((page.element.shadowRoot!.activeElement as HTMLElement).textContent).to.contain('Add a value');
  });

  it('goes back to where a value was to be added when the person leaves that', async () => {
    await press('trip', 'Add to');
    await keys('{Escape}');
    expect(focused()).to.equal('trip');
    page.element.renderRoot.querySelector<HTMLElement>('[part=add-button]')!.click();
    await page.settle();
    await keys('gu', '{Escape}');
    expect((page.element.shadowRoot!.activeElement as HTMLElement).textContent).to.contain('Add a value');
  });

  it('keeps the focus when a refused change is given up or tried again', async () => {
    page.session.state.refuseWrites(new SessionError('Too fast.', {kind: 'channel'}));
    for (const path of ['city', 'tags']) {
      row(path).focus();
      await keys('{Enter}', 'Porto', '{Enter}');
    }
    const answer = (name: string): HTMLElement | undefined => [...page.element.renderRoot.querySelectorAll<HTMLElement>('.answers button')].find(({textContent}) => textContent.includes(name));
    answer('Discard')?.focus();
    await keys('{Enter}');
    expect(page.element.shadowRoot!.activeElement === answer('Discard')).to.equal(true);
    page.session.state.refuseWrites(undefined);
    answer('Try again')?.focus();
    await keys('{Enter}');
    expect(page.root).to.deep.include({city: 'Lisbon', tags: 'Porto'});
    expect(focused()).to.equal('tags');
  });

  it('does not overwrite what is being typed', async () => {
    row('city').focus();
    await keys('{Enter}', 'Por');
    await page.receive('city', 'Faro');
    const field = page.element.renderRoot.querySelector('input')!;
    expect(field.value).to.equal('Por');
    await keys('{Escape}');
    expect(names()).to.include('city: Faro');
  });

  it('can only be looked at without editable, and without the right to write', async () => {
    page.element.editable = false;
    await drawn(page.element);
    row('city').focus();
    await keys('{Enter}', '{Delete}');
    expect(page.element.renderRoot.querySelectorAll('button, input')).to.have.length(0);
    expect(names()).to.include('city: Lisbon');
    page.element.editable = true;
    page.session.state.setStatus({isWritable: false});
    await page.settle();
    expect(page.element.renderRoot.querySelectorAll('.tree button')).to.have.length(0);
    expect(shownText(page.element)).to.contain('object-publish');
  });

  it('fits into 240 px whatever is in it', async () => {
    page.session.state.receive('long', {['k'.repeat(60)]: 'v'.repeat(200), deep: {deeper: {deepest: {far: {further: 'x'.repeat(80)}}}}});
    const box = document.createElement('div');
    box.style.setProperty('width', '240px');
    box.append(page.element);
    await place(box);
    await page.settle();
    expect(box.scrollWidth).to.be.at.most(240);
  });
});
