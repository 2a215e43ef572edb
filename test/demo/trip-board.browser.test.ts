import {expect} from '@open-wc/testing';
import {type SharedState, tripOf} from '../../demo/trip-state.ts';
import {TripBoardElement} from '../../demo/trip-board.ts';

/** A `<shared-state>` as the board uses it. */
class StandIn extends EventTarget {
  value: Record<string, unknown> = {};
  readonly asked: unknown[] = [];

  set(path: string, value: unknown): Promise<void> {
    this.asked.push(['set', path, value]);
    return Promise.resolve();
  }

  remove(path: string): Promise<void> {
    this.asked.push(['remove', path]);
    return Promise.resolve();
  }

  become(value: Record<string, unknown>): void {
    this.value = value;
    this.dispatchEvent(new Event('agent-state-changed'));
  }
}

const hotel = {id: 'h1', title: 'Casa Aurora', detail: 'Graça', price: 300};
const other = {id: 'h2', title: 'The Lantern', detail: 'the centre', price: 240};
const museum = {id: 'a1', title: 'MAAT', detail: 'with a ticket', price: 22};

customElements.define('trip-board', TripBoardElement);

describe('<trip-board>', () => {
  let board: TripBoardElement;
  let options: StandIn;
  let selection: StandIn;
  const cards = () => [...board.querySelectorAll<HTMLButtonElement>('section:not([hidden]) .card')];
  const titles = () => cards().map((card) => `${card.ariaPressed === 'true' ? '* ' : ''}${card.querySelector('b')?.textContent ?? ''}`);

  beforeEach(() => {
    options = new StandIn();
    selection = new StandIn();
    board = document.createElement('trip-board') as TripBoardElement;
    // The stand-ins have what the board uses of the elements.
    board.store = tripOf(options as unknown as SharedState, selection as unknown as SharedState);
    document.body.append(board);
  });
  afterEach(() => board.remove());

  it('shows nothing while nothing is found', () => {
    expect(board.innerText.trim()).to.equal('');
  });

  it('shows what is found, cheapest first, as it comes', () => {
    options.become({hotels: {h1: hotel}});
    const [first] = cards();
    options.become({hotels: {h1: hotel, h2: other}});
    expect(titles()).to.deep.equal(['The Lantern', 'Casa Aurora']);
    expect(cards()[1]).to.equal(first);
  });

  it('writes what is chosen, and takes it back', () => {
    options.become({hotels: {h1: hotel}, activities: {a1: museum}});
    for (const card of cards()) card.click();
    selection.become({hotel, activities: {a1: museum}});
    expect(titles()).to.deep.equal(['* Casa Aurora', '* MAAT']);
    expect(board.querySelector('.sum')?.textContent).to.equal('2 chosen, together 322 €');
    for (const card of cards()) card.click();
    expect(selection.asked).to.deep.equal([['set', 'hotel', hotel], ['set', 'activities.a1', museum], ['remove', 'hotel'], ['remove', 'activities.a1']]);
  });

  it('keeps what is chosen in sight when a later search no longer finds it', () => {
    selection.become({hotel});
    options.become({hotels: {h1: {...other, id: 'h1'}}});
    expect(titles()).to.deep.equal(['* Casa Aurora', 'The Lantern']);
  });

  it('skips what is no option', () => {
    options.become({hotels: {h1: 'nonsense', h2: null, h3: other}, flights: 7});
    expect(titles()).to.deep.equal(['The Lantern']);
  });
});
