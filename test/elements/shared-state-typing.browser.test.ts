import {expect} from '@open-wc/testing';
import {SessionError} from '../../src/session/index.ts';
import {make, useBoundPage} from '../helpers/bound-page.ts';
import {useClock} from '../helpers/clock.ts';
import {type as typeKeys} from '../helpers/keys.ts';
import {drawn, place, shownText} from '../helpers/page.ts';

const tooFast = new SessionError('Too many changes.', {kind: 'channel', hint: 'Wait a moment.'});
const noRight = new SessionError('The token lacks object-publish.', {kind: 'capability', hint: 'Add it to the token.'});

describe('<shared-state>, while people type,', () => {
  const page = useBoundPage();
  const clock = useClock();
  let input: HTMLInputElement;
  let city: HTMLElement;

  beforeEach(async () => {
    input = make('input', {name: 'city'});
    city = make('b');
    city.dataset.bind = 'city';
    await page.show({content: [input, city]});
    await page.receive('city', 'Lisbon');
  });
  const press = (name: string): void => {
    const button = [...page.element.renderRoot.querySelectorAll('button')].find((candidate) => candidate.textContent.includes(name));
    if (!button) throw new Error(`There is no button ${name}.`);
    button.click();
  };

  it('writes what is typed soon after the last key', async () => {
    await page.type(input, 'P', 'input');
    await clock.pass(100);
    await page.type(input, 'Porto', 'input');
    await clock.pass(100);
    expect(page.root).to.deep.equal({city: 'Lisbon'});
    await clock.pass(50);
    await page.settle();
    expect(page.root).to.deep.equal({city: 'Porto'});
    expect(city.textContent).to.equal('Porto');
  });

  it('writes it at once when the field is left', async () => {
    input.focus();
    await page.type(input, 'Porto', 'input');
    input.blur();
    expect(page.root).to.deep.equal({city: 'Porto'});
  });

  it('writes it also when the element leaves the page', async () => {
    await page.type(input, 'Porto', 'input');
    page.element.remove();
    expect(page.root).to.deep.equal({city: 'Porto'});
  });

  it('waits for the end of a composition', async () => {
    input.value = 'ぽ';
    input.dispatchEvent(new InputEvent('input', {bubbles: true, isComposing: true}));
    await clock.pass(1000);
    expect(page.root).to.deep.equal({city: 'Lisbon'});
    input.dispatchEvent(new CompositionEvent('compositionend', {bubbles: true}));
    await clock.pass(150);
    expect(page.root).to.deep.equal({city: 'ぽ'});
  });

  it('leaves the field alone that the person is in, and shows the last write when they leave it', async () => {
    input.focus();
    await page.receive('city', 'Faro');
    expect(input.value).to.equal('Lisbon');
    expect(city.textContent).to.equal('Faro');
    input.blur();
    expect(input.value).to.equal('Faro');
  });

  it('lets the person have the last word when they wrote last', async () => {
    input.focus();
    await page.type(input, 'Por', 'input');
    await page.receive('city', 'Faro');
    await page.type(input, 'Porto', 'input');
    input.blur();
    await page.settle();
    expect([input.value, page.root]).to.deep.equal(['Porto', {city: 'Porto'}]);
  });

  it('lets the other have the last word when they did', async () => {
    input.focus();
    await page.type(input, 'Porto', 'input');
    await clock.pass(150);
    await page.receive('city', 'Faro');
    expect(input.value).to.equal('Porto');
    input.blur();
    await page.settle();
    expect([input.value, page.root]).to.deep.equal(['Faro', {city: 'Faro'}]);
  });

  it('does not move the caret by its own writing', async () => {
    input.focus();
    input.setSelectionRange(3, 3);
    await typeKeys('x');
    await clock.pass(150);
    await page.settle();
    expect([input.value, input.selectionStart, page.root]).to.deep.equal(['Lisxbon', 4, {city: 'Lisxbon'}]);
  });

  it('updates other fields meanwhile', async () => {
    const other = make('input', {name: 'notes'});
    page.element.append(other);
    input.focus();
    await page.receive('notes', 'Quiet');
    expect(other.value).to.equal('Quiet');
  });

  it('shows an edit at once and takes it back when it is refused, with the reason and what was written', async () => {
    page.session.state.holdWrites();
    page.session.state.refuseWrites(tooFast);
    await page.type(input, 'Porto', 'change');
    expect(city.textContent).to.equal('Porto');
    const errors: string[] = [];
    page.element.addEventListener('agent-error', ({error}) => errors.push(error.message));
    page.session.state.answerWrites();
    await page.settle();
    expect([input.value, city.textContent]).to.deep.equal(['Lisbon', 'Lisbon']);
    expect(errors).to.deep.equal(['Too many changes.']);
    expect(shownText(page.element)).to.contain('Not saved: city').and.to.contain('Wait a moment.').and.to.contain('You wrote: Porto');
    page.session.state.refuseWrites(undefined);
    press('Try again');
    await page.settle();
    expect([input.value, page.root]).to.deep.equal(['Porto', {city: 'Porto'}]);
    expect(shownText(page.element)).not.to.contain('Not saved');
  });

  it('forgets a refused edit when the person gives it up', async () => {
    page.session.state.refuseWrites(tooFast);
    await page.type(input, 'Porto', 'change');
    press('Discard');
    await page.settle();
    expect(shownText(page.element)).not.to.contain('Porto');
  });

  it('gives the focus to the field when a refused edit is given up', async () => {
    page.session.state.refuseWrites(tooFast);
    await page.type(input, 'Porto', 'change');
    [...page.element.renderRoot.querySelectorAll('button')].at(-1)?.focus();
    await typeKeys('{Enter}');
    await page.settle();
    expect(shownText(page.element)).not.to.contain('Porto');
    expect(document.activeElement === input).to.equal(true);
    expect(input.value).to.equal('Lisbon');
  });

  it('keeps what is typed behind a refused edit', async () => {
    page.session.state.holdWrites();
    page.session.state.refuseWrites(tooFast);
    input.focus();
    await page.type(input, 'Por', 'input');
    await clock.pass(150);
    await page.type(input, 'Porto', 'input');
    page.session.state.answerWrites();
    await page.settle();
    expect(input.value).to.equal('Porto');
    page.session.state.refuseWrites(undefined);
    input.blur();
    await page.settle();
    expect(page.root).to.deep.equal({city: 'Porto'});
  });

  it('locks the fields when the right is missing, loses nothing, and unlocks them when it is there', async () => {
    page.session.state.refuseWrites(noRight);
    await page.type(input, 'Porto', 'change');
    expect([input.value, input.readOnly, input.getAttribute('aria-description')]).to.deep.equal(['Lisbon', true, 'The token lacks object-publish. Add it to the token.']);
    expect(shownText(page.element)).to.contain('This can be read but not changed').and.to.contain('Add it to the token.').and.to.contain('You wrote: Porto');
    page.session.state.refuseWrites(undefined);
    press('Try again');
    await page.settle();
    expect([input.value, input.readOnly, page.root]).to.deep.equal(['Porto', false, {city: 'Porto'}]);
  });

  it('locks a colour too, which no browser has as readonly', async () => {
    const colour = make('input', {name: 'colour', type: 'color'});
    await page.show({content: [input, colour]});
    page.session.state.refuseWrites(noRight);
    await page.type(input, 'Porto', 'change');
    expect(colour.matches(':disabled')).to.equal(true);
    page.session.state.refuseWrites(undefined);
    press('Try again');
    await page.settle();
    expect(colour.matches(':disabled')).to.equal(false);
  });

  it('keeps what was typed before the state was here', async () => {
    page.session.state.setStatus({status: 'loading'});
    await page.type(input, 'Porto', 'change');
    page.session.state.setStatus({status: 'ready'});
    await page.settle();
    await drawn(page.element);
    expect([input.value, page.root]).to.deep.equal(['Porto', {city: 'Porto'}]);
  });

  it('takes up what a person changed before the element was there, and nothing that the page wrote', async () => {
    const city = make('input', {name: 'city'});
    const isQuiet = make('input', {name: 'isQuiet', type: 'checkbox'});
    const board = make('select', {name: 'board'}, make('option', {}, 'none'), make('option', {}, 'breakfast'));
    const untouched = [
      make('input', {name: 'street', defaultValue: 'Rua Augusta'}), make('textarea', {name: 'notes', defaultValue: 'Late'}), make('select', {name: 'beds'}, make('option', {}, 'one')),
      make('input', {name: 'isLate', type: 'checkbox', defaultChecked: true}), make('input', {name: 'from', type: 'date'}),
    ];
    const form = make('form', {onsubmit: () => false}, city, isQuiet, board, ...untouched);
    await place(form);
    city.focus();
    await typeKeys('Porto{Tab} {Tab}{ArrowDown}{Tab}');
    form.requestSubmit();
    await page.show({content: [form]});
    await page.settle();
    expect(page.root).to.deep.equal({city: 'Porto', isQuiet: true, board: 'breakfast'});
  });

  it('follows a form that is reset', async () => {
    const form = make('form');
    input.defaultValue = 'Anywhere';
    page.element.append(form);
    form.append(input);
    await page.settle();
    form.reset();
    await clock.pass(0);
    await page.settle();
    expect(page.root).to.deep.equal({city: 'Anywhere'});
  });
});
